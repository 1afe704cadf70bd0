// SPDX-License-Identifier: Apache-2.0
#include "audit/record.h"

#include <unistd.h>

#include <chrono>

#include <fmt/format.h>

#include "audit/coverage_json.h"
#include "audit/json_writer.h"
#include "vocabulary/digest.h"
#include "vocabulary/version.h"

namespace pushguard {
namespace {

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
  void write(JsonWriter& json, const Exposure& exposure) {
    json.key("places").begin_array();
    bool is_first = true;
    for (const Place& place : exposure.places) {
      if (!is_first && bytes_ > kMostBytes) break;
      is_first = false;
      const size_t before = json.size();
      json.begin_object();
      write_place(json, place);
      if (place.refs) write_refs(json, *place.refs);
      json.end();
      bytes_ += json.size() - before;
    }
    json.end();
  }

 private:
  static constexpr size_t kMostBytes = 500'000;

  static void write_place(JsonWriter& json, const Place& place);

  void write_refs(JsonWriter& json, const PlaceRefs& refs) const {
    size_t bytes = bytes_, written = 0;
    json.key("refs").begin_array();
    for (const std::string& name : refs.names) {
      json.value(cut(name));
      ++written;
      bytes += name.size();
      if (bytes > kMostBytes) break;
    }
    json.end();
    if (!refs.all || written < refs.names.size()) json.field("more_refs", true);
  }

  size_t bytes_ = 0;
};

std::string utc(std::chrono::system_clock::time_point time) {
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(millis);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(millis - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()),
                     unsigned(date.month()), unsigned(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

// Begins the record.
void write_head(JsonWriter& json, const Redacted<Push>* push, std::string_view verdict,
                std::chrono::system_clock::time_point time) {
  json.begin_object().field("format", "pushguard-audit/2").field("time", utc(time));
  json.field("verdict", verdict).field("version", version());
  json.field("pid", getpid()).field("uid", geteuid());
  if (!push) return;
  json.field("repository", (*push)->repository).field("git_dir", (*push)->git_dir.native());
  json.key("pusher").begin_object();
  json.field("name", (*push)->pusher.name).field("source", (*push)->pusher.source);
  json.field("address", (*push)->pusher.address).end();
  json.key("refs").begin_array();
  for (const RefUpdate& update : (*push)->updates) {
    json.begin_object().field("ref", update.ref);
    json.field("old", update.old_id.hex()).field("new", update.new_id.hex()).end();
  }
  json.end();
}

void PlaceList::write_place(JsonWriter& json, const Place& place) {
  json.field("kind", to_string(place.kind)).field("origin", to_string(place.origin));
  if (place.object.size != 0) json.field("object", place.object.hex());
  if (place.commit.size != 0) {
    json.field("commit", place.commit.hex()).field("author", cut(place.author));
  }
  if (!place.path.empty()) json.field("path", cut(place.path));
  if (place.line != 0) json.field("line", place.line).field("column", place.column);
  if (!place.entry.empty()) json.field("entry", cut(place.entry));
  if (!place.encoding.empty()) json.field("encoding", place.encoding);
  json.field("ref", cut(place.ref));
}

void write_judged(JsonWriter& json, const Judged& judged, PlaceList& places) {
  const Exposure& exposure = judged.exposure;
  const Rule& rule = *exposure.rule;
  json.begin_object().field("rule", rule.id).field("description", rule.description);
  json.field("provider", rule.provider).field("fingerprint", exposure.fingerprint);
  json.field("confidence", to_string(exposure.confidence)).field("validation", exposure.note);
  json.field("privilege", to_string(rule.privilege)).field("lifetime", to_string(rule.lifetime));
  json.field("weaknesses", rule.weaknesses).field("rotate", rule.rotate);
  json.field("origin", to_string(exposure.origin)).field("ruling", to_string(judged.outcome));
  json.field("why", judged.why);
  if (judged.warns_until) json.field("warns_until", to_string(*judged.warns_until));
  json.field("places_total", exposure.places.size() + exposure.more_places);
  if (!judged.entry.empty()) {
    json.key("entry").begin_object().field("table", judged.entry);
    json.field("line", judged.entry_line).end();
  }
  if (exposure.kind == FindingKind::promoted_example) {
    json.field("promoted_example", exposure.example);
  }
  places.write(json, exposure);
  if (!exposure.partners.empty()) {
    json.key("used_with").begin_array();
    for (const Exposure& partner : exposure.partners) {
      json.begin_object().field("rule", partner.rule->id);
      json.field("fingerprint", partner.fingerprint);
      places.write(json, partner);
      json.end();
    }
    json.end();
  }
  json.end();
}

void write_unscanned(JsonWriter& json, const JudgedUnscanned& unscanned) {
  const Unscanned& what = unscanned.what;
  json.begin_object().field("object", what.id.size == 0 ? "" : what.id.hex());
  json.field("type", to_string(what.type)).field("bytes", what.size);
  json.field("why", to_string(what.why)).field("cause", to_string(what.cause));
  json.field("detail", cut(what.detail)).field("refused", unscanned.refused);
  if (what.count > 1) json.field("count", what.count);
  if (what.commit.size != 0) json.field("commit", what.commit.hex());
  if (!what.path.empty()) json.field("path", cut(what.path));
  json.end();
}

// How it was known which objects are new.
std::string_view new_by(const Push& push) {
  if (push.quarantine) return "quarantine";
  return push.only_deletes() ? "nothing" : "refs";
}

// Ends the record.
std::string write_log_state(JsonWriter& json, const LogState& log) {
  if (log.torn_bytes > 0) json.field("torn_bytes_before", log.torn_bytes);
  if (log.waited.count() > 0) json.field("waited_for_log_ms", log.waited.count());
  return json.end().take();
}

}  // namespace

std::string render_record(const Record& record, const LogState& log) {
  const Decision& decision = *record.decision;
  JsonWriter json;
  write_head(json, &record.push, to_string(decision.verdict), record.time);
  json.field("duration_us", record.duration.count());
  write_objects(json, record.coverage, new_by(*record.push));
  write_coverage(json, record.coverage);
  json.key("findings").begin_array();
  PlaceList places;
  for (const Judged& judged : decision.judged) write_judged(json, judged, places);
  json.end();
  json.field("findings_already_stored", record.already_stored);
  json.field("failed_checks", record.failed_checks);
  json.key("unscanned").begin_array();
  for (const JudgedUnscanned& one : decision.unscanned) write_unscanned(json, one);
  json.end();
  json.key("bypass").begin_object().field("granted_here", record.config.bypass);
  json.field("refused_request", decision.bypass_refused);
  if (!decision.bypass_mistakes.empty()) {
    json.key("mistakes").begin_array();
    for (const std::string& mistake : decision.bypass_mistakes) json.value(mistake);
    json.end();
  }
  json.end().field("rules", record.rules_digest).field("site_rules", record.site_rules_digest);
  json.key("config").begin_object().field("source", record.config.source);
  json.field("digest", sha256_hex(record.config.text)).end();
  return write_log_state(json, log);
}

std::string render_failure_record(const Redacted<Push>* push, const Redacted<std::string>& what,
                                  std::chrono::system_clock::time_point time, const LogState& log) {
  JsonWriter json;
  write_head(json, push, to_string(Verdict::undecided), time);
  json.field("error", *what);
  return write_log_state(json, log);
}

}  // namespace pushguard
