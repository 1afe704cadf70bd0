// SPDX-License-Identifier: Apache-2.0
// Finds all keywords of all rules in a content, in any letter case, in one pass.
//
// A filter selects the positions at which a keyword may be (keywords/filter.h); there,
// keywords are looked up by hash and compared. Each keyword is found by its anchor: those of
// its bytes that are rarest in source text. The tables are plain arrays; the built-in ones
// are static data, so nothing is built at start. Letter case is always ignored, because
// RE2's proof that a match contains a keyword (FilteredRE2) is about lower-cased text.
//
//   places[h] .. places[h + 1]   the anchors whose bytes have the hash h (place())
//     anchors[i]                 -> a keyword, with the offset of the anchor in it
//       keywords[k]              -> its text in the pool, and its uses
//         uses[u]                -> a rule, and how far the keyword ends from a match's start
//
// Rejected: Aho-Corasick, Teddy and Vectorscan (tests/bench/README.md has the figures).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

struct KeywordHit {
  uint32_t keyword;  // its number
  size_t position;   // of its first byte in the content

  friend auto operator<=>(const KeywordHit&, const KeywordHit&) = default;
};

// Views over the tables.
struct KeywordIndex {
  static constexpr size_t kShortest = 3;  // bytes in a keyword
  // Only the first kLongest bytes of a longer keyword are searched for: around every seam
  // between copied bytes, twice that many bytes are read again.
  static constexpr size_t kLongest = 12;

  struct Anchor {
    uint16_t keyword = 0;
    uint8_t offset = 0, size = 0;  // of the bytes that are compared first, in the keyword
  };
  struct Keyword {
    uint32_t at = 0;  // where its lower-case text is in the pool
    uint16_t size = 0, first_use = 0, use_count = 0;
  };
  // A rule to try where the keyword is found. The keyword ends at most `end_max` bytes after
  // the start of the match (keywords/end_max.h); kAnywhere: no bound is known.
  struct Use {
    uint16_t rule = 0, end_max = 0;
  };
  static constexpr uint16_t kAnywhere = 0xffff;

  std::span<const uint8_t> filter;   // kGramCount
  std::span<const uint64_t> near;    // kPlaceCount
  std::span<const uint64_t> known;   // kKnownCount
  std::span<const uint16_t> places;  // by place(): the first anchor; the next entry is the end
  std::span<const Anchor> anchors;
  std::span<const Keyword> keywords;
  std::span<const Use> uses;  // grouped by keyword, ordered by rule
  uint32_t longest = 0;       // the size of the longest keyword, in bytes
  uint32_t deepest = 0;       // the largest offset of a gram in a keyword
  std::string_view pool;

  std::string_view text(uint32_t keyword) const {
    return pool.substr(keywords[keyword].at, keywords[keyword].size);
  }

  // Appends every hit that starts in `range`, ordered by position. A keyword may end after
  // the range.
  void find(std::string_view content, Range range, std::vector<KeywordHit>& hits) const;

  std::span<const Use> uses_of(uint32_t keyword) const {
    return uses.subspan(keywords[keyword].first_use, keywords[keyword].use_count);
  }

 private:
  // Appends the keywords whose anchor is at `position`.
  void look_up(std::string_view content, size_t position, Range range,
               std::vector<KeywordHit>& hits) const;
};

// Builds and owns the tables; the number of a rule is its position in the constructor's
// argument.
class KeywordTables {
 public:
  // `end_maxes`, unless it is empty, has a value for each keyword of each rule. Throws Error
  // when there are too many keywords.
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
