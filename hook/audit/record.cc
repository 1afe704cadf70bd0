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

// The most places that a record lists for one secret; all are counted.
constexpr size_t kMostPlaces = 1000;

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

Json place_json(const Place& place) {
  Json json{{"kind", to_string(place.kind)}, {"origin", to_string(place.origin)}};
  if (place.object.size != 0) json["object"] = place.object.hex();
  if (place.commit.size != 0) {
    json["commit"] = place.commit.hex();
    json["author"] = place.author;
  }
  if (!place.path.empty()) json["path"] = place.path;
  if (place.line != 0) {
    json["line"] = place.line;
    json["column"] = place.column;
  }
  if (!place.entry.empty()) json["entry"] = place.entry;
  if (!place.encoding.empty()) json["encoding"] = place.encoding;
  json["ref"] = place.ref;
  return json;
}

Json places_json(const std::vector<Place>& places) {
  Json list = Json::array();
  for (const Place& place : places) {
    if (list.size() == kMostPlaces) break;
    list.push_back(place_json(place));
  }
  return list;
}

Json judged_json(const Judged& judged) {
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
            {"places_total", exposure.places.size()}};
  if (exposure.kind == FindingKind::promoted_example) json["promoted_example"] = exposure.example;
  json["places"] = places_json(exposure.places);
  for (const Exposure& partner : exposure.partners) {
    json["used_with"].push_back({{"rule", partner.rule->id},
                                 {"fingerprint", partner.fingerprint},
                                 {"places", places_json(partner.places)}});
  }
  return json;
}

// How it was known which objects are new.
std::string_view new_by(const Push& push) {
  if (push.quarantine) return "quarantine";
  return push.only_deletes() ? "nothing" : "refs";
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
}

}  // namespace

std::string render_record(const Record& record, uint64_t torn_bytes) {
  const Decision& decision = *record.decision;
  Json json = head(&record.push, to_string(decision.verdict), record.time);
  json["duration_us"] = record.duration.count();
  json["objects"] = {{"commits", record.counts.commits}, {"trees", record.counts.trees},
                     {"blobs", record.counts.blobs},     {"tags", record.counts.tags},
                     {"bytes", record.counts.bytes},     {"new_by", new_by(*record.push)}};
  Json& findings = json["findings"] = Json::array();
  for (const Judged& judged : decision.judged) findings.push_back(judged_json(judged));
  json["findings_already_stored"] = record.already_stored;
  json["failed_checks"] = record.counts.failed_checks;
  Json& unscanned = json["unscanned"] = Json::array();
  for (const auto& [what, refused] : decision.unscanned) {
    unscanned.push_back({{"object", id_or_empty(what.id)},
                         {"type", to_string(what.type)},
                         {"bytes", what.size},
                         {"why", to_string(what.why)},
                         {"detail", what.detail},
                         {"refused", refused}});
  }
  Json& requests = json["bypass"] = {{"granted_here", record.config.bypass},
                                     {"refused_request", decision.bypass_refused}};
  for (const std::string& mistake : decision.bypass_mistakes) {
    requests["mistakes"].push_back(mistake);
  }
  json["rules"] = record.rules_digest;
  json["site_rules"] = record.site_rules_digest;
  json["config"] = {{"source", record.config.source}, {"digest", sha256_hex(record.config.text)}};
  if (torn_bytes > 0) json["torn_bytes_before"] = torn_bytes;
  return dump(json);
}

std::string render_failure_record(const Redacted<Push>* push, const Redacted<std::string>& what,
                                  std::chrono::system_clock::time_point time, uint64_t torn_bytes) {
  Json json = head(push, to_string(Verdict::undecided), time);
  json["error"] = *what;
  if (torn_bytes > 0) json["torn_bytes_before"] = torn_bytes;
  return dump(json);
}

}  // namespace pushguard
