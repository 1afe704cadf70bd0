// SPDX-License-Identifier: Apache-2.0
#include "audit/verify.h"

#include <fcntl.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "audit/leaf.h"
#include "audit/log.h"
#include "audit/log_files.h"
#include "audit/log_lines.h"
#include "audit/own_file.h"
#include "audit/retention.h"
#include "audit/tree_state.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// A line of the log.
struct Entry {
  TreeHash leaf;
  std::optional<TreeHash> prev;
  std::optional<uint64_t> seq;
  bool has_salt;
  uint32_t file;
  uint64_t line;  // in its file, from 1 on
  bool is_extra = false;
};

class Verifier {
 public:
  explicit Verifier(const fs::path& directory) : directory_(directory) {}

  VerifiedLog run() {
    // First the state: the log has at least its records then, while pushes go on.
    const auto state = read_state();
    read_lines();
    find_inserted();
    check_places();
    check_links();
    check_personal();
    check_end(state);
    make_leaves();
    return std::move(log_);
  }

 private:
  std::optional<TreeState> read_state() {
    const Descriptor file =
        open_own_file(AuditLog(directory_).state_file(), "the state of the audit log", O_RDONLY);
    std::string_view damage = "missing";
    auto state = file ? read_tree_state(file.get(), damage) : std::nullopt;
    // A push may have been writing it.
    for (int i = 0; i < 3 && !state && file; ++i) state = read_tree_state(file.get(), damage);
    if (!state) log_.notes.push_back(fmt::format("the state of the tree is {}", damage));
    log_.state_records = state ? state->edge.size() : 0;
    return state;
  }

  void read_lines() {
    LogFiles found = open_log_files(directory_);
    for (const fs::path& packed : found.packed) {
      log_.unchecked.push_back(fmt::format("'{}' is compressed: unpack it", packed.native()));
    }
    log_.files = found.files.size();
    for (const LogFile& one : found.files) {
      const auto file = static_cast<uint32_t>(files_.size());
      files_.push_back(one.path.filename());
      LogLines lines(one.file.get(), one.path, 0);
      for (uint64_t number = 1; lines.next(); ++number) read_line(lines.line(), file, number);
      if (lines.torn() > 0) {
        log_.notes.push_back(fmt::format(
            "torn: {} bytes behind the last line of {} are no whole record; the next push puts "
            "them aside",
            lines.torn(), one.path.filename().native()));
      }
    }
  }

  void read_line(std::string_view line, uint32_t file, uint64_t number) {
    auto head = read_head(line);
    Entry entry{record_leaf(line), {}, {}, has_salt(line), file, number};
    if (head) {
      entry.seq = head->seq;
      entry.prev = head->prev;
      // The first record that is there has the tree of those that are not.
      if (entries_.empty() && head->edge) beginning_ = std::move(*head->edge);
      if (const auto removal = read_retention(line)) removals_.push_back(*removal);
    }
    entries_.push_back(std::move(entry));
  }

  // Of several lines with one number, the one that the next record names is right.
  void find_inserted() {
    std::unordered_map<uint64_t, size_t> by_seq;
    std::unordered_map<uint64_t, TreeHash> named;  // the leaf that the next record says it has
    for (const Entry& entry : entries_) {
      if (entry.seq && *entry.seq > 0 && entry.prev) named.emplace(*entry.seq - 1, *entry.prev);
    }
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (!entries_[i].seq) continue;
      const auto [known, is_first] = by_seq.emplace(*entries_[i].seq, i);
      if (is_first) continue;
      const auto name = named.find(*entries_[i].seq);
      const bool is_right = name != named.end() && name->second == entries_[i].leaf;
      Entry& extra = entries_[is_right ? std::exchange(known->second, i) : i];
      extra.is_extra = true;
      fault("inserted: {} is another record {}", place(extra), *extra.seq);
    }
    std::erase_if(entries_, [](const Entry& entry) { return entry.is_extra; });
  }

  // Gives lines without a number the place between their neighbours, and finds what is missing or
  // in the wrong place.
  void check_places() {
    uint64_t next = beginning_.size();
    std::vector<size_t> unnumbered;
    std::vector<Entry> late;
    std::vector<Entry> ordered;
    for (size_t i = 0; i < entries_.size(); ++i) {
      Entry& entry = entries_[i];
      if (!entry.seq) {
        unnumbered.push_back(i);
        continue;
      }
      if (*entry.seq < next) {
        late.push_back(entry);
        continue;
      }
      place_unnumbered(unnumbered, next, *entry.seq, ordered);
      ordered.push_back(entry);
      next = *entry.seq + 1;
    }
    const uint64_t numbered = next;
    place_unnumbered(unnumbered, next, next + unnumbered.size(), ordered);
    if (next > numbered && log_.state_records < next) {
      log_.notes.push_back("the lines at the end are in no tree yet; the next push takes them in");
    }
    for (Entry& entry : late) {
      const auto at = std::ranges::lower_bound(ordered, *entry.seq, {},
                                               [](const Entry& one) { return *one.seq; });
      fault("reordered: record {} is at {}, behind later ones", *entry.seq, place(entry));
      ordered.insert(at, std::move(entry));
    }
    entries_ = std::move(ordered);
    log_.records = entries_.empty() ? beginning_.size() : *entries_.back().seq + 1;
    find_missing();
  }

  // Lines without a number take the places up to `until`; what is over was inserted.
  void place_unnumbered(std::vector<size_t>& lines, uint64_t& next, uint64_t until,
                        std::vector<Entry>& ordered) {
    const uint64_t begin = next;
    std::string first;
    for (const size_t i : std::exchange(lines, {})) {
      Entry& entry = entries_[i];
      if (next == until) {
        fault("inserted: {} has no number, and no record counts it", place(entry));
        continue;
      }
      if (first.empty()) first = place(entry);
      entry.seq = next++;
      entry.has_salt = true;  // it never had one
      ordered.push_back(entry);
    }
    if (next == begin) return;
    log_.notes.push_back(fmt::format("{} ({}) without a number: an older program wrote that",
                                     records_text(begin, next), first));
  }

  void find_missing() {
    uint64_t next = beginning_.size();
    if (next > 0 && !is_removed(next)) {
      fault("removed: {}: the oldest file begins behind them", records_text(0, next));
    } else if (next > 0) {
      log_.notes.push_back(fmt::format("{}: removed by retention on {}", records_text(0, next),
                                       removal_day(next - 1, true)));
    }
    for (const Entry& entry : entries_) {
      if (*entry.seq > next) {
        fault("removed: {} before {}", records_text(next, *entry.seq), place(entry));
        log_.has_gap = true;
      }
      next = *entry.seq + 1;
    }
  }

  // Each record names the leaf of the one before it.
  void check_links() {
    for (size_t i = 1; i < entries_.size(); ++i) {
      const Entry &before = entries_[i - 1], &entry = entries_[i];
      if (*entry.seq != *before.seq + 1 || !entry.prev || *entry.prev == before.leaf) continue;
      fault("altered: record {} ({}) is not the one that record {} names", *before.seq,
            place(before), *entry.seq);
    }
  }

  void check_personal() {
    std::string day;
    for (size_t i = 0; i < entries_.size();) {
      const size_t begin = i;
      if (entries_[i].has_salt) {
        ++i;
        continue;
      }
      const uint64_t from = *entries_[i].seq;
      const std::string removed = removal_day(from, false);
      while (i < entries_.size() && !entries_[i].has_salt &&
             *entries_[i].seq == from + (i - begin) &&
             removal_day(*entries_[i].seq, false) == removed) {
        ++i;
      }
      const std::string which = records_text(from, from + (i - begin));
      if (removed.empty()) {
        fault("altered: the personal data of {} is gone, and no retention is on record", which);
      } else {
        log_.notes.push_back(
            fmt::format("personal data of {}: removed by retention on {}", which, removed));
      }
    }
  }

  void check_end(const std::optional<TreeState>& state) {
    if (!state || entries_.empty()) return;
    if (log_.records < state->edge.size()) {
      fault("truncated: {} are missing at the end; the state of the tree has {} records",
            records_text(log_.records, state->edge.size()), state->edge.size());
    } else if (log_.records == state->edge.size() && entries_.back().leaf != state->last) {
      fault("altered: record {} ({}) is not the one that the state of the tree has",
            *entries_.back().seq, place(entries_.back()));
    }
    state_ = state;
  }

  void make_leaves() {
    log_.leaves = TreeLeaves(beginning_);
    for (const Entry& entry : entries_) {
      if (*entry.seq != log_.leaves.size()) break;
      log_.leaves.append(entry.leaf);
    }
    if (!log_.faults.empty() || !state_) return;
    if (log_.leaves.root(state_->edge.size()) != state_->edge.root()) {
      fault("rewritten: the first {} records fit together, and are not those of the state of the "
            "tree",
            state_->edge.size());
    }
  }

  // Whether all records before `end` were removed by retention, with their file.
  bool is_removed(uint64_t end) const { return !removal_day(end - 1, true).empty(); }

  // On which day retention removed a record's line, or its personal data.
  std::string removal_day(uint64_t seq, bool whole) const {
    for (const Retention& removal : removals_) {
      if (seq < (whole ? removal.records_before : removal.personal_before)) return removal.day;
    }
    return {};
  }

  std::string place(const Entry& entry) const {
    return fmt::format("{}:{}", files_[entry.file], entry.line);
  }

  template <typename... Values>
  void fault(fmt::format_string<Values...> text, Values&&... values) {
    log_.faults.push_back(fmt::format(text, std::forward<Values>(values)...));
  }

  const fs::path& directory_;
  VerifiedLog log_;
  std::vector<std::string> files_;
  std::vector<Entry> entries_;
  TreeEdge beginning_;
  std::vector<Retention> removals_;
  std::optional<TreeState> state_;
};

}  // namespace

std::string records_text(uint64_t begin, uint64_t end) {
  if (begin + 1 == end) return fmt::format("record {}", begin);
  return fmt::format("records {}-{}", begin, end - 1);
}

VerifiedLog verify_log(const fs::path& directory) {
  VerifiedLog log = Verifier(directory).run();
  // A file may have been rotated away between its name and its opening.
  for (int i = 0; i < 3 && !log.faults.empty(); ++i) {
    VerifiedLog again = Verifier(directory).run();
    const bool is_still = again.state_records == log.state_records;
    log = std::move(again);
    if (is_still) break;
  }
  return log;
}

void compare(VerifiedLog& log, const Checkpoint& checkpoint) {
  const uint64_t size = checkpoint.size;
  const auto fault = [&](const std::string& text) { log.faults.push_back(text); };
  if (size > log.records) {
    const std::string missing = records_text(log.records, size);
    // The state of a log that was only cut has more records than the log.
    const bool is_older = log.state_records == log.records;
    fault(fmt::format("{}: {} of the checkpoint are missing at the end{}",
                      is_older ? "older copy" : "truncated", missing,
                      is_older ? ", and the state of the tree has none of them" : ""));
    return;
  }
  const auto root = log.leaves.root(size);
  if (root == checkpoint.root) return;
  if (root) {
    if (log.faults.empty()) {
      fault(fmt::format("rewritten: the first {} records fit together, and are not those of the "
                        "checkpoint",
                        size));
    }
  } else if (log.faults.empty()) {
    log.unchecked.push_back(
        fmt::format("the checkpoint has {} records, and the oldest file begins with record {}: "
                    "a later checkpoint is needed",
                    size, log.leaves.first()));
  }
}

}  // namespace pushguard
