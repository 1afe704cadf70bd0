// SPDX-License-Identifier: Apache-2.0
// Which finding to look at first, and why.
#include "report/priority.h"

#include <catch2/catch.hpp>

namespace pushguard {
namespace {

Exposure exposure(const Rule& rule, Confidence confidence) {
  Exposure exposure;
  exposure.rule = &rule;
  exposure.confidence = confidence;
  exposure.note = "expired in 2020";
  return exposure;
}

Priority priority(Privilege privilege, Confidence confidence,
                  Lifetime lifetime = Lifetime::long_lived, bool is_public = false) {
  const Rule rule{.privilege = privilege, .lifetime = lifetime};
  return rate(exposure(rule, confidence), is_public).priority;
}

}  // namespace

TEST_CASE("what can do more, is surer, lives longer and is read by more people comes first") {
  using enum Confidence;
  CHECK(priority(Privilege::admin, confirmed) == Priority::critical);
  CHECK(priority(Privilege::pay, likely) == Priority::critical);
  CHECK(priority(Privilege::admin, possible) == Priority::high);
  CHECK(priority(Privilege::write, likely) == Priority::high);
  CHECK(priority(Privilege::write, likely, Lifetime::long_lived, true) == Priority::critical);
  CHECK(priority(Privilege::write, likely, Lifetime::short_lived) == Priority::medium);
  CHECK(priority(Privilege::read, likely) == Priority::medium);
  CHECK(priority(Privilege::unknown, possible) == Priority::low);
  CHECK(priority(Privilege::read, possible, Lifetime::discontinued) == Priority::low);
}

TEST_CASE("a sentence says why") {
  const Rule rule{.privilege = Privilege::read, .lifetime = Lifetime::expiring};
  CHECK(rate(exposure(rule, Confidence::likely), true).why ==
        "very likely a secret; whoever holds it can read what it opens, until its date of expiry, "
        "unless somebody revokes it; everybody may read the repository");
  Exposure spent = exposure(rule, Confidence::confirmed);
  spent.is_spent = true;
  CHECK(rate(spent, true).priority == Priority::low);
  CHECK(rate(spent, true).why == "it opens nothing any more: expired in 2020");
  Exposure example = exposure(rule, Confidence::confirmed);
  example.kind = FindingKind::promoted_example;
  CHECK(rate(example, true).why == "an example value in an environment file");
}

}  // namespace pushguard
