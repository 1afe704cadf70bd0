// SPDX-License-Identifier: Apache-2.0
#include "audit/retention.h"

#include <algorithm>
#include <vector>

#include "audit/leaf.h"
#include "audit/log.h"
#include "audit/log_files.h"
#include "audit/log_lines.h"
#include "audit/log_sync.h"
#include "audit/new_file.h"
#include "audit/record.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;

constexpr std::string_view kTime = "\"time\":\"", kEvent = "\"event\":\"retention\",";

// The number behind `key` in the line; 0 where there is none.
uint64_t number_at(std::string_view line, std::string_view key) {
  const size_t at = line.find(key);
  if (at == line.npos) return 0;
  const std::string_view rest = line.substr(at + key.size());
  return read_number(rest.substr(0, rest.find_first_not_of("0123456789"))).value_or(0);
}

// The time of a record as it stands there; "" where it has none. Texts in this form sort by time.
std::string_view time_of(std::string_view line) {
  const size_t at = line.find(kTime);
  if (at == line.npos) return {};
  const std::string_view rest = line.substr(at + kTime.size());
  return rest.substr(0, rest.find('"'));
}

// A file of the log as far as retention goes.
struct Aged {
  const LogFile& log;
  std::string last_time;  // of its records
  uint64_t next = 0;      // the number behind its last record
  uint64_t before = 0;    // the number behind the last record that is old enough
  bool has_old_personal_texts = false;
};

Aged look_at(const LogFile& log, uint64_t first, const std::string& cutoff) {
  Aged aged{log, {}, first};
  LogLines lines(log.file.get(), log.path, 0);
  while (lines.next()) {
    const auto head = read_head(lines.line());
    if (head) aged.next = head->seq;
    const std::string_view time = time_of(lines.line());
    if (!time.empty() && time < cutoff) {
      aged.before = aged.next + 1;
      aged.has_old_personal_texts |= head && has_salt(lines.line());
    }
    aged.last_time = std::max(aged.last_time, std::string(time));
    ++aged.next;
  }
  return aged;
}

// Writes the file anew, in which records before `before` have no personal texts. Returns how many
// lines changed, and adds lines that cannot to `older`.
uint64_t rewrite(const LogFile& log, uint64_t before, uint64_t& older) {
  NewLogFile file(log);
  uint64_t changed = 0;
  LogLines lines(log.file.get(), log.path, 0);
  while (lines.next()) {
    const auto head = read_head(lines.line());
    const bool loses = head && head->seq < before && has_salt(lines.line());
    file.write_line(loses ? leaf_text(lines.line()) : lines.line());
    changed += loses;
    older += !head;
  }
  file.put_in_place();
  return changed;
}

}  // namespace

std::optional<Retention> read_retention(std::string_view line) {
  if (!read_head(line) || line.find(kEvent) == line.npos) return std::nullopt;
  return Retention{number_at(line, "\"personal_before\":"), number_at(line, "\"records_before\":"),
                   std::string(time_of(line).substr(0, 10))};
}

RetentionResult retain(const fs::path& directory, days personal_days, days record_days,
                       std::chrono::system_clock::time_point now) {
  const std::string personal = personal_days.count() > 0 ? utc_text(now - personal_days) : "";
  const std::string whole = record_days.count() > 0 ? utc_text(now - record_days) : "";
  RetentionResult result;
  AuditLog(directory).under_lock([&](LockedLog& log) {
    const LogFiles found = open_log_files(directory);
    std::vector<Aged> aged;
    for (const LogFile& one : found.files) {
      aged.push_back(look_at(one, aged.empty() ? one.first : aged.back().next, personal));
    }
    Retention& done = result.done;
    size_t gone = 0;
    while (gone + 1 < aged.size() && aged[gone].last_time < whole) {
      done.records_before = aged[gone++].next;
    }
    bool has_old = false;
    for (size_t i = gone; i < aged.size(); ++i) {
      done.personal_before = std::max(done.personal_before, aged[i].before);
      has_old |= aged[i].has_old_personal_texts;
    }
    if (gone == 0 && !has_old) return;
    log.append([&](const LogState& state) { return render_retention(done, now, state); });
    for (size_t i = 0; i < aged.size(); ++i) {
      if (i < gone) {
        result.files += fs::remove(aged[i].log.path);
      } else if (aged[i].has_old_personal_texts) {
        result.lines += rewrite(aged[i].log, done.personal_before, result.older_lines);
      }
    }
    sync_directory(directory);
    log.take_in_new_size();
  });
  return result;
}

}  // namespace pushguard
