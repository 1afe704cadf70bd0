// SPDX-License-Identifier: Apache-2.0
// Whether a rule's keywords are a filter that loses nothing: proved, not assumed.
//
// RE2's FilteredRE2 extracts from a regex the literals that a match must contain. A rule whose
// keywords are not proved must not be filtered by them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

class KeywordProof {
 public:
  // `regex` must be one that RE2 accepts.
  explicit KeywordProof(std::string_view regex);
  ~KeywordProof();

  // Whether every match contains one of `keywords` (lower case), in any case.
  bool holds(std::span<const std::string> keywords) const;
  // The fewest literals of the regex for which that holds; none if no choice does.
  std::vector<std::string> derive() const;

 private:
  struct Filter;

  KeywordProof(std::string_view regex, bool sees_groups);
  bool needs_more_than(const std::vector<int>& atoms) const;

  std::unique_ptr<Filter> filter_;
  // The same without capture groups, if it has any: RE2 cuts literals at their edges. Either of the
  // two can prove more, since RE2 gives up on sets of literals that grow large.
  std::unique_ptr<KeywordProof> joined_;
};

}  // namespace pushguard
