// SPDX-License-Identifier: Apache-2.0
// A rule that is new at a site warns for days, and says until when.
#include "policy/new_rules.h"

#include <catch2/catch.hpp>

#include "policy/decision.h"

namespace pushguard {
namespace {

using namespace std::chrono;

constexpr sys_days kFirst = sys_days(2026y / November / 29),
                   kUntil = sys_days(2026y / December / 13);
constexpr Release kOld{0, 1, 0}, kNew{0, 2, 0};
const Rule kRule{.id = "some-rule"};

NewRules rules(sys_days today, std::optional<sys_days> first = kFirst, days length = days(14)) {
  return {{{kOld, std::nullopt}, {kNew, first}}, today, length, {}};
}

Judged judged(Confidence confidence, const NewRules& new_rules, Release since = kNew,
              const Config& config = {}) {
  Exposure exposure{&kRule, confidence, "", Secret("s"), Origin::introduced, {Place()}};
  exposure.since = since;
  return decide({std::move(exposure)}, {}, {}, config, new_rules.today, new_rules).judged.at(0);
}

}  // namespace

TEST_CASE("the days begin with the first push, and end before the day that is named") {
  CHECK(rules(kFirst).warn_until(kNew) == kUntil);
  CHECK(rules(kUntil - days(1)).warn_until(kNew) == kUntil);
  CHECK_FALSE(rules(kUntil).warn_until(kNew));
  CHECK_FALSE(rules(kFirst, kFirst, days(0)).warn_until(kNew));
}

TEST_CASE("no days where the site began with the release, where it is unknown or yet to come") {
  CHECK_FALSE(rules(kFirst).warn_until(kOld));
  CHECK_FALSE(rules(kFirst).warn_until(Release{0, 3, 0}));
  CHECK_FALSE(rules(kFirst - days(1)).warn_until(kNew));
}

TEST_CASE("what a new rule would block is warned of, until the day that the record has") {
  const Judged new_one = judged(Confidence::likely, rules(kFirst));
  CHECK(new_one.outcome == Outcome::warned);
  CHECK(new_one.warns_until == kUntil);
  CHECK(new_one.why == "policy: introduced, likely; warns until 2026-12-13: new in 0.2.0");
  CHECK(judged(Confidence::likely, rules(kUntil)).outcome == Outcome::blocked);
}

TEST_CASE("what is confirmed, or of an older rule, blocks on the first day") {
  CHECK(judged(Confidence::confirmed, rules(kFirst)).outcome == Outcome::blocked);
  CHECK(judged(Confidence::likely, rules(kFirst), kOld).outcome == Outcome::blocked);
  CHECK(judged(Confidence::likely, rules(kFirst), Release()).outcome == Outcome::blocked);
}

TEST_CASE("what a new rule would only warn of, or is allowed, is as it was") {
  const Judged possible = judged(Confidence::possible, rules(kFirst));
  CHECK(possible.outcome == Outcome::warned);
  CHECK_FALSE(possible.warns_until);
  CHECK(possible.why == "policy: introduced, possible");
  Config config;
  config.allow.push_back({.rule = "some-rule", .reason = "ours"});
  CHECK(judged(Confidence::likely, rules(kFirst), kNew, config).outcome == Outcome::allowed);
}

TEST_CASE("where the days are unknown a new rule blocks, and the record says why") {
  NewRules unknown = rules(kFirst);
  unknown.known.clear();
  unknown.unknown_because = "no space";
  const Judged one = judged(Confidence::likely, unknown);
  CHECK(one.outcome == Outcome::blocked);
  CHECK(one.why == "policy: introduced, likely; new in 0.2.0, and its days are unknown: no space");
}

}  // namespace pushguard
