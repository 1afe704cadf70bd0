// SPDX-License-Identifier: Apache-2.0
// Where in a content any of the rules' keywords stand, in any case: one pass.
//
// A filter says which positions could stand inside a keyword (keywords/filter.h);
// what passes is looked up and compared. Each keyword is looked for by the five
// bytes of it that are rarest in source text, which have two neighbouring grams.
// The tables are plain arrays: the built-in ones are static data, ready without
// being built. Always without regard to case, since RE2's proof that a match
// contains a keyword (FilteredRE2) is about lower-cased text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

struct KeywordHit {
  uint32_t keyword;  // number
  size_t position;

  friend auto operator<=>(const KeywordHit&, const KeywordHit&) = default;
};

// Views over the tables.
struct KeywordIndex {
  static constexpr size_t kShortest = 3;  // bytes in a keyword
  // Of longer ones as much is looked for: twice that is read around every seam
  // between copied bytes.
  static constexpr size_t kLongest = 12;

  struct Anchor {
    uint16_t keyword = 0;
    uint8_t offset = 0, size = 0;  // of the bytes of it that are compared first
  };
  struct Keyword {
    uint32_t at = 0;  // its text in the pool, lower case
    uint16_t size = 0, first_use = 0, use_count = 0;
  };
  // Where the keyword is why to look for a match of that rule, it ends at most
  // so many bytes behind the start of the match; kAnywhere: not known.
  struct Use {
    uint16_t rule = 0, end_max = 0;
  };
  static constexpr uint16_t kAnywhere = 0xffff;

  std::span<const uint8_t> filter;   // kGramCount
  std::span<const uint64_t> near;    // kPlaceCount
  std::span<const uint64_t> known;   // kKnownCount
  std::span<const uint16_t> places;  // by place(), where its anchors start; the next one's end them
  std::span<const Anchor> anchors;
  std::span<const Keyword> keywords;
  std::span<const Use> uses;  // a keyword's stand together, by rule
  uint32_t longest = 0;       // bytes in the longest keyword
  uint32_t deepest = 0;       // offset of a keyword's last gram, at most
  std::string_view pool;

  std::string_view text(uint32_t keyword) const {
    return pool.substr(keywords[keyword].at, keywords[keyword].size);
  }

  // Appends every hit that starts in `range`, in order of position; the keyword
  // itself may reach beyond the range.
  void find(std::string_view content, Range range, std::vector<KeywordHit>& hits) const;

  std::span<const Use> uses_of(uint32_t keyword) const {
    return uses.subspan(keywords[keyword].first_use, keywords[keyword].use_count);
  }

 private:
  // Keywords with their rarest bytes at that position.
  void look_up(std::string_view content, size_t position, Range range,
               std::vector<KeywordHit>& hits) const;
};

// The tables themselves, from each rule's keywords (rule number = position).
class KeywordTables {
 public:
  // `end_maxes`, if given, has those of each rule's keywords. Throws Error when there
  // are too many keywords.
  explicit KeywordTables(std::span<const std::span<const std::string_view>> keywords_of_rules,
                         std::span<const std::vector<uint32_t>> end_maxes = {});

  KeywordIndex index() const {
    return {filter_, near_, known_, places_, anchors_, keywords_, uses_, longest_, deepest_, pool_};
  }

 private:
  void place_anchors();

  std::vector<uint8_t> filter_;
  std::vector<uint64_t> near_, known_;
  std::vector<uint16_t> places_;
  std::vector<KeywordIndex::Anchor> anchors_;
  std::vector<KeywordIndex::Keyword> keywords_;
  std::vector<KeywordIndex::Use> uses_;
  uint32_t longest_ = 0, deepest_ = 0;
  std::string pool_;
};

}  // namespace pushguard
