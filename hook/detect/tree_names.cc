// SPDX-License-Identifier: Apache-2.0
#include "detect/tree_names.h"

#include <algorithm>
#include <functional>

namespace pushguard {
namespace {

constexpr size_t kLongestKnown = 64, kLongestMode = 6;

// Whether the entry has text where git writes none: in its mode, or in its id (git does not
// follow the id of a submodule, so that may be any bytes).
bool has_odd_text(const TreeEntry& entry) {
  return entry.mode.size() > kLongestMode ||
         entry.mode.find_first_not_of("01234567") != entry.mode.npos ||
         std::ranges::all_of(entry.raw_id, [](char c) { return c >= ' ' && c < 0x7f; });
}

// A small push has few names, and shall not pay for many: the cache grows by this.
constexpr size_t kFewNames = 64, kGrowth = 8, kManyNames = kFewNames * kGrowth * kGrowth;

}  // namespace

void NamedFiles::add(const Oid& blob, const Oid& tree) {
  blobs.insert(blob);
  ++added;
  lists_all = lists_all && entries.size() < kMostEntries;
  if (lists_all) entries.push_back({blob, tree});
}

void NamedFiles::merge(NamedFiles& other) {
  blobs.merge(other.blobs);
  added += other.added;
  lists_all = lists_all && other.lists_all && entries.size() + other.entries.size() <= kMostEntries;
  if (lists_all) entries.insert(entries.end(), other.entries.begin(), other.entries.end());
}

bool TreeNames::look_at(const Object& tree, NamedFiles& files) {
  bool scan_whole = false;
  for (const Range& fresh : fresh_ranges(tree)) {
    size_t end = fresh.begin;
    each_entry(tree.content, fresh, tree.id.size, [&](const TreeEntry& entry) {
      const Verdict verdict = verdict_on(entry.name);
      if (verdict.may_be_secret || has_odd_text(entry)) scan_whole = true;
      const bool is_file = !entry.is_tree() && !entry.is_gitlink();
      if (verdict.tells_file && is_file) files.add(entry.id(), tree.id);
      end = entry.end;
    });
    if (end != fresh.end) scan_whole = true;
  }
  return scan_whole;
}

TreeNames::Verdict TreeNames::verdict_on(std::string_view name) {
  if (name.empty() || name.size() > kLongestKnown) return judge(name);
  if (known_.empty()) known_.resize(kFewNames);
  const size_t hash = std::hash<std::string_view>()(name);
  if (Known& known = known_[hash % known_.size()]; known.name == name) return known.verdict;
  if (++judged_ >= known_.size() && known_.size() < kManyNames) {
    known_ = std::vector<Known>(known_.size() * kGrowth);
  }
  const Verdict verdict = judge(name);
  known_[hash % known_.size()] = {std::string(name), verdict};
  return verdict;
}

// Scans `name` with the space before it and the NUL after it, as in every tree.
TreeNames::Verdict TreeNames::judge(std::string_view name) {
  const std::string_view beside(name.data() - 1, name.size() + 2);
  return {!scanner_.scan(beside).empty(), file_names_.contains(name)};
}

}  // namespace pushguard
