// Where in a content any of the rules' keywords stand, in any case: one pass.
//
// A filter of 65,536 bits says for each position whether a keyword could start
// there, from the next four bytes; what passes is looked up and compared. The
// tables are plain arrays: the built-in ones are static data, ready without
// being built. Always without regard to case, since RE2's proof that a match
// contains a keyword (FilteredRE2) is about lower-cased text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "range.h"

namespace pushguard {

struct KeywordHit {
  uint32_t keyword;  // number
  size_t position;
};

// Views over the tables.
struct KeywordIndex {
  static constexpr size_t kShortest = 3;  // bytes in a keyword

  // Keywords that start with the same four bytes (or have three).
  struct Bucket {
    uint32_t gram = 0;  // 0: nobody's
    uint16_t first = 0, count = 0;
  };
  struct Keyword {
    std::string_view text;  // lower case
    uint16_t first_rule = 0, rule_count = 0;
  };

  std::span<const uint64_t> filter;      // 1024 words
  std::span<const Bucket> buckets;       // open addressing, a power of two
  std::span<const Keyword> keywords;     // a bucket's stand together
  std::span<const uint16_t> rules;       // rule numbers

  // Appends every hit that starts in `range`, in order of position; the keyword
  // itself may reach beyond the range.
  void find(std::string_view content, Range range, std::vector<KeywordHit>& hits) const;

  std::span<const uint16_t> rules_of(uint32_t keyword) const {
    return rules.subspan(keywords[keyword].first_rule, keywords[keyword].rule_count);
  }
};

// The tables themselves, from each rule's keywords (rule number = position).
class KeywordTables {
 public:
  explicit KeywordTables(std::span<const std::span<const std::string_view>> keywords_of_rules);

  KeywordIndex index() const { return {filter_, buckets_, keywords_, rules_}; }

 private:
  std::vector<uint64_t> filter_;
  std::vector<KeywordIndex::Bucket> buckets_;
  std::vector<KeywordIndex::Keyword> keywords_;
  std::vector<uint16_t> rules_;
};

}  // namespace pushguard
