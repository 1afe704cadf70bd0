// SPDX-License-Identifier: Apache-2.0
#include "keywords/end_max.h"

#include <catch2/catch.hpp>

#include "regex/facts.h"

namespace pushguard {

TEST_CASE("a keyword's end_max is how far from the start of a match it can end") {
  const struct {
    const char* regex;
    std::vector<std::string> keywords;
    std::vector<uint32_t> end_maxes;
  } cases[] = {
      {R"(acme_[0-9]{4})", {"acme_"}, {5}},
      {R"(\bacme_[0-9]{4})", {"acme_"}, {5}},
      {R"((?:\b|_)(ACME_[0-9]{4}))", {"acme_"}, {6}},
      {R"([a-z]{0,9}acme_[0-9]{4})", {"acme_"}, {14}},
      {R"([0-9]{4}-acme)", {"acme"}, {9}},
      {R"((?:acme|corp_id)=[0-9]{4})", {"acme", "corp_id"}, {4, 7}},
      {R"((?i:acme|(?:my)?corp_id)=[0-9]{4})", {"acme", "corp_id"}, {4, 9}},
      {R"((?i)x(?-i:acme|id(?:corp|org))=[0-9]{4})", {"acme", "corp", "org"}, {5, 7, 6}},
      // Optional and repeated parts prove nothing.
      {R"((?:acme)?[0-9]{3}corp)", {"acme", "corp"}, {11, 11}},
      {R"((?:acme){1,2}!)", {"acme"}, {8}},
      {R"(acme=[0-9]{4}|corp)", {"acme", "corp"}, {4, 4}},
      // RE2 splits off the common start of alternatives: "ac(?:me|id)".
      {R"((?:acme|acid)=[0-9]{4})", {"acme", "acid"}, {4, 4}},
      // Only the first twelve bytes of a long keyword are searched for.
      {R"(acme_personal_access_token=[0-9]{4})", {"acme_personal_access_token"}, {12}},
  };
  for (const auto& [regex, keywords, end_maxes] : cases) {
    CAPTURE(regex, keywords);
    CHECK(end_maxes_of(regex, keywords, facts_of(regex, keywords).longest_match) == end_maxes);
  }
}

}  // namespace pushguard
