// SPDX-License-Identifier: Apache-2.0
#include "keywords/proof.h"

#include <catch2/catch.hpp>

namespace pushguard {

TEST_CASE("keywords are proved when a match needs one of them") {
  const struct {
    const char* regex;
    std::vector<std::string> keywords;
    bool holds;
  } cases[] = {
      {"acme_[0-9]{4}", {"acme_"}, true},
      {"(?i)ACME_[0-9]{4}", {"acme"}, true},
      {"acme_[0-9]{4}", {"acme-"}, false},
      {"(?:acme|corp)_[0-9]{4}", {"acme"}, false},
      {"(?:acme|corp)_[0-9]{4}", {"acme", "corp"}, true},
      {"[0-9a-f]{8}", {"acme"}, false},
      {"(?:acme_)?[0-9]{4}", {"acme_"}, false},
      {"acme_[0-9]{4}", {}, false},
  };
  for (const auto& [regex, keywords, holds] : cases) {
    CAPTURE(regex, keywords);
    CHECK(KeywordProof(regex).holds(keywords) == holds);
  }
}

TEST_CASE("the fewest literals that a match needs one of are derived") {
  using Words = std::vector<std::string>;
  CHECK(KeywordProof("acme_[0-9]{4}").derive() == Words{"acme_"});
  CHECK(KeywordProof("(?i)key.{0,9}Acme_[0-9]{4}").derive() == Words{"acme_"});
  CHECK(KeywordProof("(?:acme|corporation)_[0-9]{4}").derive() == Words{"acme_", "corporation_"});
  CHECK(KeywordProof("[0-9a-f]{8}").derive().empty());
  CHECK(KeywordProof("(?:acme_)?[0-9]{4}").derive().empty());
  CHECK(KeywordProof("a.b.c.d").derive().empty());
}

}  // namespace pushguard
