// SPDX-License-Identifier: Apache-2.0
#include "audit/record.h"

#include <unistd.h>

#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "vocabulary/digest.h"
#include "vocabulary/version.h"

namespace pushguard {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
}

// A text of the push is cut here, once it is redacted.
constexpr size_t kMostTextBytes = 1000;

std::string cut(std::string_view text) {
  if (text.size() <= kMostTextBytes) return std::string(text);
  return fmt::format("{}... ({} bytes)", text.substr(0, kMostTextBytes), text.size());
}

// The places that a record lists: the first of each secret, and more, with all refs that reach
// them, until these take kMostBytes. All are counted.
class PlaceList {
 public:
  Json of(const Exposure& exposure) {
    Json list = Json::array();
    for (const Place& place : exposure.places) {
      if (!list.empty() && bytes_ > kMostBytes) break;
      list.push_back(place_json(place));
      if (place.refs) add_refs(list.back(), *place.refs);
      bytes_ += dump(list.back()).size();
    }
    return list;
  }

 private:
  static constexpr size_t kMostBytes = 500'000;

  static Json place_json(const Place& place);

  void add_refs(Json& json, const PlaceRefs& refs) const {
    size_t bytes = bytes_;
    Json& names = json["refs"] = Json::array();
    for (const std::string& name : refs.names) {
      names.push_back(cut(name));
      bytes += name.size();
      if (bytes > kMostBytes) break;
    }
    if (!refs.all || names.size() < refs.names.size()) json["more_refs"] = true;
  }

  size_t bytes_ = 0;
};

std::string id_or_empty(const Oid& id) { return id.size == 0 ? "" : id.hex(); }

std::string utc(std::chrono::system_clock::time_point time) {
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(millis);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(millis - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()),
                     unsigned(date.month()), unsigned(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

Json head(const Redacted<Push>* push, std::string_view verdict,
          std::chrono::system_clock::time_point time) {
  Json json{{"format", "pushguard-audit/1"}, {"time", utc(time)}, {"verdict", verdict},
            {"version", version()},          {"pid", getpid()},   {"uid", geteuid()}};
  if (!push) return json;
  json["repository"] = (*push)->repository;
  json["git_dir"] = (*push)->git_dir.native();
  json["pusher"] = {{"name", (*push)->pusher.name},
                    {"source", (*push)->pusher.source},
                    {"address", (*push)->pusher.address}};
  for (const RefUpdate& update : (*push)->updates) {
    json["refs"].push_back(
        {{"ref", update.ref}, {"old", update.old_id.hex()}, {"new", update.new_id.hex()}});
  }
  return json;
}

Json PlaceList::place_json(const Place& place) {
  Json json{{"kind", to_string(place.kind)}, {"origin", to_string(place.origin)}};
  if (place.object.size != 0) json["object"] = place.object.hex();
  if (place.commit.size != 0) {
    json["commit"] = place.commit.hex();
    json["author"] = cut(place.author);
  }
  if (!place.path.empty()) json["path"] = cut(place.path);
  if (place.line != 0) {
    json["line"] = place.line;
    json["column"] = place.column;
  }
  if (!place.entry.empty()) json["entry"] = cut(place.entry);
  if (!place.encoding.empty()) json["encoding"] = place.encoding;
  json["ref"] = cut(place.ref);
  return json;
}

Json judged_json(const Judged& judged, PlaceList& places) {
  const Exposure& exposure = judged.exposure;
  Json json{{"rule", exposure.rule->id},
            {"description", exposure.rule->description},
            {"provider", exposure.rule->provider},
            {"fingerprint", judged.exposure.fingerprint},
            {"confidence", to_string(exposure.confidence)},
            {"validation", exposure.note},
            {"privilege", to_string(exposure.rule->privilege)},
            {"lifetime", to_string(exposure.rule->lifetime)},
            {"weaknesses", exposure.rule->weaknesses},
            {"rotate", exposure.rule->rotate},
            {"origin", to_string(exposure.origin)},
            {"ruling", to_string(judged.outcome)},
            {"why", judged.why},
            {"places_total", exposure.places.size() + exposure.more_places}};
  if (!judged.entry.empty()) json["entry"] = {{"table", judged.entry}, {"line", judged.entry_line}};
  if (exposure.kind == FindingKind::promoted_example) json["promoted_example"] = exposure.example;
  json["places"] = places.of(exposure);
  for (const Exposure& partner : exposure.partners) {
    json["used_with"].push_back({{"rule", partner.rule->id},
                                 {"fingerprint", partner.fingerprint},
                                 {"places", places.of(partner)}});
  }
  return json;
}

// How it was known which objects are new.
std::string_view new_by(const Push& push) {
  if (push.quarantine) return "quarantine";
  return push.only_deletes() ? "nothing" : "refs";
}

void add_log_state(Json& json, const LogState& log) {
  if (log.torn_bytes > 0) json["torn_bytes_before"] = log.torn_bytes;
  if (log.waited.count() > 0) json["waited_for_log_ms"] = log.waited.count();
}

}  // namespace

std::string render_record(const Record& record, const LogState& log) {
  const Decision& decision = *record.decision;
  Json json = head(&record.push, to_string(decision.verdict), record.time);
  json["duration_us"] = record.duration.count();
  json["objects"] = {{"commits", record.counts.commits}, {"trees", record.counts.trees},
                     {"blobs", record.counts.blobs},     {"tags", record.counts.tags},
                     {"bytes", record.counts.bytes},     {"new_by", new_by(*record.push)}};
  // One finding at a time, as ten thousand would take ten times the memory of their text.
  std::string findings;
  PlaceList places;
  for (const Judged& judged : decision.judged) {
    if (!findings.empty()) findings += ',';
    findings += dump(judged_json(judged, places));
  }
  std::string line = dump(json);
  line.back() = ',';
  line += "\"findings\":[" + findings + "],";
  json = Json{{"findings_already_stored", record.already_stored}};
  json["failed_checks"] = record.counts.failed_checks;
  Json& unscanned = json["unscanned"] = Json::array();
  for (const auto& [what, refused] : decision.unscanned) {
    unscanned.push_back({{"object", id_or_empty(what.id)},
                         {"type", to_string(what.type)},
                         {"bytes", what.size},
                         {"why", to_string(what.why)},
                         {"detail", cut(what.detail)},
                         {"refused", refused}});
    if (what.count > 1) unscanned.back()["count"] = what.count;
  }
  Json& requests = json["bypass"] = {{"granted_here", record.config.bypass},
                                     {"refused_request", decision.bypass_refused}};
  for (const std::string& mistake : decision.bypass_mistakes) {
    requests["mistakes"].push_back(mistake);
  }
  json["rules"] = record.rules_digest;
  json["site_rules"] = record.site_rules_digest;
  json["config"] = {{"source", record.config.source}, {"digest", sha256_hex(record.config.text)}};
  add_log_state(json, log);
  return line.append(dump(json), 1, std::string::npos);
}

std::string render_failure_record(const Redacted<Push>* push, const Redacted<std::string>& what,
                                  std::chrono::system_clock::time_point time, const LogState& log) {
  Json json = head(push, to_string(Verdict::undecided), time);
  json["error"] = *what;
  add_log_state(json, log);
  return dump(json);
}

}  // namespace pushguard
