// SPDX-License-Identifier: Apache-2.0
#include "audit/record.h"

#include <unistd.h>

#include <chrono>

#include <fmt/format.h>

#include "audit/coverage_json.h"
#include "report/finding_json.h"
#include "vocabulary/digest.h"
#include "vocabulary/json_writer.h"
#include "vocabulary/version.h"

namespace pushguard {
namespace {

constexpr size_t kMostBytesOfPlaces = 500'000;

void write_place(JsonWriter& json, const LogState& log,
                 std::chrono::system_clock::time_point time) {
  json.field("format", "pushguard-audit/2").field("seq", log.seq).field("prev", log.prev);
  if (!log.edge.empty()) {
    json.key("edge").begin_array();
    for (const std::string& root : log.edge) json.value(root);
    json.end();
  }
  json.field("time", utc_text(time));
}

void write_process(JsonWriter& json) {
  json.field("version", version()).field("pid", getpid()).field("uid", geteuid());
}

// Begins the record of a push.
void write_head(JsonWriter& json, const LogState& log, const Redacted<Push>* push,
                std::string_view verdict, std::chrono::system_clock::time_point time) {
  json.begin_object();
  write_place(json, log, time);
  json.field("verdict", verdict);
  write_process(json);
  if (!push) return;
  json.field("repository", (*push)->repository).field("git_dir", (*push)->git_dir.native());
  json.key("pusher").begin_object();
  json.field("name", (*push)->pusher.name).field("source", (*push)->pusher.source);
  json.field("address", (*push)->pusher.address).field("via", (*push)->pusher.via).end();
  json.field("public", (*push)->is_public);
  json.key("refs").begin_array();
  for (const RefUpdate& update : (*push)->updates) {
    json.begin_object().field("ref", update.ref);
    json.field("old", update.old_id.hex()).field("new", update.new_id.hex()).end();
  }
  json.end();
}

// How it was known which objects are new.
std::string_view new_by(const Push& push) {
  if (push.quarantine) return "quarantine";
  return push.only_deletes() ? "nothing" : "refs";
}

void write_change(JsonWriter& json, std::string_view name, const std::optional<LogChange>& change) {
  if (!change) return;
  json.key(name).begin_object().field("records", change->records).field("bytes", change->bytes);
  json.field("bytes_now", change->bytes_now).end();
}

// Ends the record. The salt is last (leaf.h).
std::string write_log_state(JsonWriter& json, const LogState& log) {
  const Mended& mended = log.mended;
  if (mended.torn_bytes > 0) json.field("torn_bytes_before", mended.torn_bytes);
  if (mended.caught_up > 0) json.field("caught_up_before", mended.caught_up);
  if (mended.untracked > 0) json.field("untracked_before", mended.untracked);
  if (!mended.rebuilt.empty()) json.field("tree_rebuilt", mended.rebuilt);
  write_change(json, "emptied_before", mended.emptied);
  write_change(json, "altered_before", mended.altered);
  if (!log.not_rotated.empty()) json.field("not_rotated", log.not_rotated);
  if (log.waited.count() > 0) json.field("waited_for_log_ms", log.waited.count());
  return json.field("salt", log.salt).end().take();
}

}  // namespace

std::string render_record(const Record& record, const LogState& log) {
  const Decision& decision = *record.decision;
  JsonWriter json;
  write_head(json, log, &record.push,
             record.is_admission ? "admitted" : to_string(decision.verdict), record.time);
  json.field("duration_us", record.duration.count());
  write_objects(json, record.coverage, new_by(*record.push));
  write_coverage(json, record.coverage);
  json.key("findings").begin_array();
  FindingJson findings(kMostBytesOfPlaces, record.push->is_public, FindingJson::Reader::auditor);
  for (const Judged& judged : decision.judged) findings.write(json, judged);
  json.end();
  json.field("findings_already_stored", record.already_stored);
  json.field("failed_checks", record.failed_checks);
  json.key("unscanned").begin_array();
  for (const JudgedUnscanned& one : decision.unscanned) write_json(json, one);
  json.end();
  json.key("bypass").begin_object().field("granted_here", record.config.bypass);
  json.field("refused_request", decision.bypass_refused);
  if (!decision.false_alarms.empty()) {
    json.key("false_alarms").begin_array();
    for (const Bypass& one : decision.false_alarms) {
      json.begin_object().field("fingerprint", one.fingerprint).field("reason", one.reason).end();
    }
    json.end();
  }
  if (!decision.bypass_mistakes.empty()) {
    json.key("mistakes").begin_array();
    for (const std::string& mistake : decision.bypass_mistakes) json.value(mistake);
    json.end();
  }
  json.end();
  if (decision.monitored_until) json.field("monitored_until", to_string(*decision.monitored_until));
  if (const auto& admission = decision.admission) {
    json.key("admission").begin_object().field("id", admission->id).field("by", admission->by);
    json.field("reason", admission->reason).field("until", to_string(admission->until)).end();
  }
  json.field("rules", record.rules_digest).field("site_rules", record.site_rules_digest);
  json.key("config").begin_object().field("source", record.config.source);
  json.field("digest", sha256_hex(record.config.text)).end();
  return write_log_state(json, log);
}

std::string render_failure_record(const Redacted<Push>* push, const Redacted<std::string>& what,
                                  std::chrono::system_clock::time_point time, const LogState& log) {
  JsonWriter json;
  write_head(json, log, push, to_string(Verdict::undecided), time);
  json.field("error", *what);
  return write_log_state(json, log);
}

std::string render_retention(const Retention& done, std::chrono::system_clock::time_point time,
                             const LogState& log) {
  JsonWriter json;
  json.begin_object();
  write_place(json, log, time);
  json.field("event", "retention").field("personal_before", done.personal_before);
  json.field("records_before", done.records_before);
  write_process(json);
  return write_log_state(json, log);
}

std::string render_migration(uint64_t records, std::chrono::system_clock::time_point time,
                             const LogState& log) {
  JsonWriter json;
  json.begin_object();
  write_place(json, log, time);
  json.field("event", "migration").field("records", records);
  write_process(json);
  return write_log_state(json, log);
}

std::string utc_text(std::chrono::system_clock::time_point time) {
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(millis);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(millis - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()),
                     unsigned(date.month()), unsigned(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

}  // namespace pushguard
