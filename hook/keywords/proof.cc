// SPDX-License-Identifier: Apache-2.0
#include "keywords/proof.h"

#include <re2/filtered_re2.h>

#include <algorithm>

#include "keywords/index.h"
#include "regex/regex.h"

namespace pushguard {

struct KeywordProof::Filter {
  re2::FilteredRE2 re2{static_cast<int>(KeywordIndex::kShortest)};
  std::vector<std::string> atoms;
};

KeywordProof::KeywordProof(std::string_view regex, bool sees_groups)
    : filter_(std::make_unique<Filter>()) {
  int id = 0;
  RE2::Options options = regex_options();
  options.set_never_capture(!sees_groups);
  const re2::StringPiece text(regex.data(), regex.size());
  if (filter_->re2.Add(text, options, &id) == RE2::NoError) {
    filter_->re2.Compile(&filter_->atoms);
  }
  if (sees_groups && filter_->re2.NumRegexps() > 0 &&
      filter_->re2.GetRE2(0).NumberOfCapturingGroups() > 0) {
    joined_.reset(new KeywordProof(regex, false));
  }
}

KeywordProof::KeywordProof(std::string_view regex) : KeywordProof(regex, true) {}

KeywordProof::~KeywordProof() = default;

// Whether a match needs an atom that is not among `atoms`.
bool KeywordProof::needs_more_than(const std::vector<int>& atoms) const {
  if (filter_->atoms.empty()) return false;
  std::vector<int> potential;
  filter_->re2.AllPotentials(atoms, &potential);
  return potential.empty();
}

bool KeywordProof::holds(std::span<const std::string> keywords) const {
  // Atoms that contain no keyword: if these alone could let a match through,
  // a match need not contain a keyword.
  std::vector<int> without;
  for (size_t i = 0; i < filter_->atoms.size(); ++i) {
    const bool contains = std::ranges::any_of(keywords, [&](const std::string& keyword) {
      return filter_->atoms[i].find(keyword) != std::string::npos;
    });
    if (!contains) without.push_back(static_cast<int>(i));
  }
  return needs_more_than(without) || (joined_ && joined_->holds(keywords));
}

std::vector<std::string> KeywordProof::derive() const {
  // Atoms are left out one after the other, short ones first, while the proof holds.
  std::vector<int> order(filter_->atoms.size()), without;
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
  const auto size = [&](int i) { return filter_->atoms[static_cast<size_t>(i)].size(); };
  std::ranges::stable_sort(order, {}, size);
  if (!needs_more_than({})) return {};
  std::vector<std::string> kept;
  for (const int atom : order) {
    without.push_back(atom);
    if (needs_more_than(without)) continue;
    without.pop_back();
    kept.push_back(filter_->atoms[static_cast<size_t>(atom)]);
  }
  return kept;
}

}  // namespace pushguard
