// SPDX-License-Identifier: Apache-2.0
#include "policy/decision.h"

#include <re2/re2.h>
#include <catch2/catch.hpp>

#include "rules/conditions.h"

#include "vocabulary/digest.h"

namespace pushguard {
namespace {

using namespace std::chrono;

constexpr sys_days kToday = sys_days(2026y / November / 24);
const Rule kRule{.id = "some-rule"};
const Fingerprint kId = "0123456789abcdef";

Exposure exposure(Confidence confidence, Origin origin, std::vector<std::string> paths) {
  Exposure result{&kRule, confidence, "", Secret("s"), origin, {}, {}, {}};
  for (std::string& path : paths) {
    Place place;
    place.kind = Place::Kind::file;
    place.path = std::move(path);
    place.ref = "refs/heads/main";
    result.places.push_back(std::move(place));
  }
  return result;
}

Decision decide_one(Exposure exposure, const Config& config, const BypassRequests& bypasses = {}) {
  exposure.fingerprint = kId;
  return decide({std::move(exposure)}, {}, bypasses, config, kToday);
}

}  // namespace

TEST_CASE("confidence and origin decide") {
  const Config config;
  const std::tuple<Confidence, Origin, Outcome, Verdict> cases[] = {
      {Confidence::confirmed, Origin::introduced, Outcome::blocked, Verdict::refused},
      {Confidence::likely, Origin::introduced, Outcome::blocked, Verdict::refused},
      {Confidence::possible, Origin::introduced, Outcome::warned, Verdict::accepted},
      {Confidence::confirmed, Origin::preexisting, Outcome::warned, Verdict::accepted},
      {Confidence::possible, Origin::preexisting, Outcome::ignored, Verdict::accepted},
  };
  for (const auto& [confidence, origin, ruling, verdict] : cases) {
    const Decision decision = decide_one(exposure(confidence, origin, {"a"}), config);
    CHECK(decision.judged.at(0).outcome == ruling);
    CHECK(decision.verdict == verdict);
  }
}

TEST_CASE("an allow entry must speak of every place") {
  Config config;
  config.allow.push_back(
      {std::nullopt, "tests/*", std::nullopt, std::nullopt, "made up", std::nullopt});
  const auto ruling = [&](std::vector<std::string> paths) {
    return decide_one(exposure(Confidence::confirmed, Origin::introduced, std::move(paths)), config)
        .judged.at(0)
        .outcome;
  };
  CHECK(ruling({"tests/a"}) == Outcome::allowed);
  CHECK(ruling({"tests/deep/er/a"}) == Outcome::allowed);
  CHECK(ruling({"tests/a", "src/a"}) == Outcome::blocked);
  CHECK(ruling({"src/tests/a"}) == Outcome::blocked);
  CHECK(ruling({""}) == Outcome::blocked);
}

TEST_CASE(
    "an imported rule's allow-lists speak of each place, and only where the scanner let them") {
  const auto list = [](const char* path, const char* name) {
    auto made = std::make_shared<Allowlist>();
    made->paths.push_back(std::make_shared<const RE2>(path));
    made->name = name;
    return made;
  };
  Conditions conditions;
  conditions.allowlists = {list("^tests/", "g.toml:4: tests"), list("^docs/", "g.toml:9: docs")};
  const Rule imported{.id = "imported", .conditions = &conditions};
  const auto ruled = [&](std::vector<std::string> paths, uint64_t allowlists_by_place) {
    Exposure found = exposure(Confidence::likely, Origin::introduced, std::move(paths));
    found.rule = &imported;
    found.allowlists_by_place = allowlists_by_place;
    const Decision decision = decide_one(std::move(found), {});
    return std::pair(decision.judged.at(0).outcome, decision.judged.at(0).why);
  };
  const std::pair blocked(Outcome::blocked, std::string("policy: introduced, likely"));
  CHECK(ruled({"tests/a"}, 3) == std::pair(Outcome::allowed, std::string("g.toml:4: tests")));
  CHECK(ruled({"tests/a", "docs/a"}, 3) ==
        std::pair(Outcome::allowed, std::string("g.toml:9: docs")));
  CHECK(ruled({"tests/a", "docs/a"}, 1) == blocked);
  CHECK(ruled({"tests/a", "src/a"}, 3) == blocked);
  CHECK(ruled({"tests/a"}, 2) == blocked);
  CHECK(ruled({"tests/a"}, 0) == blocked);
  CHECK(ruled({""}, 3) == blocked);
}

TEST_CASE("all conditions of an allow entry count, and a day that has come ends it") {
  Config config;
  auto& allow = config.allow.emplace_back();
  allow.reason = "made up";
  allow.rule = "some-rule";
  const auto ruling = [&] {
    return decide_one(exposure(Confidence::likely, Origin::introduced, {"a"}), config)
        .judged.at(0)
        .outcome;
  };
  CHECK(ruling() == Outcome::allowed);
  allow.fingerprint = kId;
  CHECK(ruling() == Outcome::allowed);
  allow.ref = "refs/heads/*";
  CHECK(ruling() == Outcome::allowed);
  allow.expires = kToday + days(1);
  CHECK(ruling() == Outcome::allowed);
  allow.expires = kToday;
  CHECK(ruling() == Outcome::blocked);
  allow.expires.reset();
  allow.ref = "refs/heads/other";
  CHECK(ruling() == Outcome::blocked);
  allow.ref.reset();
  allow.fingerprint = "fedcba9876543210";
  CHECK(ruling() == Outcome::blocked);
  allow.fingerprint.reset();
  allow.rule = "some";
  CHECK(ruling() == Outcome::blocked);
}

TEST_CASE("a template of the site is known by its whole value or its hash, where it may stand") {
  Config config;
  const auto ruled = [&](std::string_view secret, std::vector<std::string> paths) {
    Exposure found = exposure(Confidence::confirmed, Origin::introduced, std::move(paths));
    found.secret = Secret(secret);
    return decide_one(std::move(found), config).judged.at(0);
  };
  SiteTemplate& entry = config.templates.emplace_back();
  entry.reason = "the manual's";
  entry.value = "test-[0-9]+|demo";
  CHECK(ruled("test-12", {"a"}).outcome == Outcome::allowed);
  CHECK(ruled("test-12", {"a"}).why == "the manual's");
  CHECK(ruled("demo", {""}).outcome == Outcome::allowed);
  for (const char* other : {"test-", "test-12x", "a test-12", "demo\n", "Demo"}) {
    CHECK(ruled(other, {"a"}).outcome == Outcome::blocked);
  }
  entry.paths = {"docs/*", "README.md"};
  CHECK(ruled("demo", {"docs/a/b", "README.md"}).outcome == Outcome::allowed);
  CHECK(ruled("demo", {"docs/a", "src/a"}).outcome == Outcome::blocked);
  CHECK(ruled("demo", {""}).outcome == Outcome::blocked);
  entry.expires = kToday + days(1);
  CHECK(ruled("demo", {"docs/a"}).outcome == Outcome::allowed);
  entry.expires = kToday;
  CHECK(ruled("demo", {"docs/a"}).outcome == Outcome::blocked);
  entry = {"", sha256_hex("demo"), {}, "public", std::nullopt};
  CHECK(ruled("demo", {"a"}).why == "public");
  CHECK(ruled("demo2", {"a"}).outcome == Outcome::blocked);
}

TEST_CASE("a value of an approved template file is allowed, with the file's name on record") {
  Exposure found = exposure(Confidence::confirmed, Origin::introduced, {"docs/a.md"});
  found.approved_in = "app/.env.example";
  const Judged ruled = decide_one(std::move(found), {}).judged.at(0);
  CHECK(ruled.outcome == Outcome::allowed);
  CHECK(ruled.why == "stands in the approved template file 'app/.env.example'");
}

TEST_CASE("a promoted example is ruled on as such, whatever its confidence") {
  const std::tuple<Action, Origin, Outcome, Verdict> cases[] = {
      {Action::warn, Origin::introduced, Outcome::warned, Verdict::accepted},
      {Action::block, Origin::introduced, Outcome::blocked, Verdict::refused},
      {Action::ignore, Origin::introduced, Outcome::ignored, Verdict::accepted},
      {Action::block, Origin::preexisting, Outcome::ignored, Verdict::accepted},
  };
  for (const auto& [action, origin, ruling, verdict] : cases) {
    Config config;
    config.promoted_example = action;
    Exposure found = exposure(Confidence::likely, origin, {".env"});
    found.kind = FindingKind::promoted_example;
    found.example = "placeholder-word";
    const Decision decision = decide_one(std::move(found), config);
    CHECK(decision.judged.at(0).outcome == ruling);
    CHECK(decision.verdict == verdict);
    CHECK(decision.judged.at(0).why ==
          "policy: " + std::string(to_string(origin)) + ", promoted example");
  }
}

TEST_CASE("a bypass counts only where the site grants it, and only for its own secret") {
  Config config;
  const auto secret = [] { return exposure(Confidence::confirmed, Origin::introduced, {"a"}); };
  const BypassRequests mine{{{kId, "a good reason"}}, {}},
      other{{{"fedcba9876543210", "a good reason"}}, {}};
  CHECK(decide_one(secret(), config, mine).verdict == Verdict::refused);
  CHECK(decide_one(secret(), config, mine).bypass_refused);
  config.bypass = true;
  const Decision granted = decide_one(secret(), config, mine);
  CHECK(granted.verdict == Verdict::accepted);
  CHECK(granted.judged.at(0).outcome == Outcome::bypassed);
  CHECK(granted.judged.at(0).why == "a good reason");
  CHECK(decide_one(secret(), config, other).verdict == Verdict::refused);
}

TEST_CASE("an exception for a key is none for the id beside it") {
  const Fingerprint partner_id = "fedcba9876543210";
  const Rule id_rule{.id = "some-id"};
  Exposure key = exposure(Confidence::likely, Origin::introduced, {"src/a"});
  key.partners.push_back(exposure(Confidence::possible, Origin::introduced, {"src/a"}));
  key.partners[0].fingerprint = partner_id;
  key.partners[0].rule = &id_rule;
  // A line "rule outcome (partners) why" for each, blocked ones first.
  const auto ruled = [&](const Config& config, const BypassRequests& bypasses = {}) {
    std::string lines;
    for (const Judged& one : decide_one(key, config, bypasses).judged) {
      lines += std::string(one.exposure.rule->id) + " " + std::string(to_string(one.outcome)) +
               " (" + std::to_string(one.exposure.partners.size()) + ") " + one.why + " " +
               one.exposure.fingerprint + "\n";
    }
    return lines;
  };
  Config config;
  const std::string together = "some-rule blocked (1) policy: introduced, likely " + kId + "\n";
  CHECK(ruled(config) == together);
  config.introduced[0] = Action::block;
  CHECK(ruled(config) == together);
  config.introduced[0] = Action::warn;

  Allow& allow = config.allow.emplace_back();
  allow.reason = "made up";
  SECTION("by rule or by fingerprint: the id is ruled on by itself") {
    if (GENERATE(true, false))
      allow.rule = "some-rule";
    else
      allow.fingerprint = kId;
    CHECK(ruled(config) == "some-rule allowed (0) made up " + kId +
                               "\nsome-id warned (0) policy: introduced, possible " + partner_id +
                               "\n");
    config.introduced[0] = Action::block;
    CHECK(ruled(config) == "some-id blocked (0) policy: introduced, possible " + partner_id +
                               "\nsome-rule allowed (0) made up " + kId + "\n");
    config.introduced[0] = Action::ignore;
    CHECK(ruled(config) == "some-rule allowed (1) made up " + kId + "\n");
  }
  SECTION("by path: where it covers both, they stay one") {
    allow.path = "src/*";
    CHECK(ruled(config) == "some-rule allowed (1) made up " + kId + "\n");
    key.partners[0].places[0].path = "lib/b";
    CHECK(ruled(config) == "some-rule allowed (0) made up " + kId +
                               "\nsome-id warned (0) policy: introduced, possible " + partner_id +
                               "\n");
  }
  SECTION("for the id alone: the key is blocked as ever") {
    allow.fingerprint = partner_id;
    CHECK(ruled(config) == together);
  }
  SECTION("by push option: one request for each of the two") {
    config.allow.clear();
    config.bypass = true;
    config.introduced[0] = Action::block;
    BypassRequests asked{{{kId, "a good reason"}}, {}};
    CHECK(ruled(config, asked) == "some-id blocked (0) policy: introduced, possible " + partner_id +
                                      "\nsome-rule bypassed (0) a good reason " + kId + "\n");
    asked.wanted.push_back({partner_id, "another reason"});
    CHECK(ruled(config, asked) == "some-rule bypassed (1) a good reason " + kId + "\n");
  }
}

TEST_CASE("a gap refuses unless its kind is accepted") {
  Config config;
  const Unscanned gap{{}, ObjectType::blob, 5, Why::too_large, "big"};
  CHECK(decide({}, {gap}, {}, config, kToday).verdict == Verdict::undecided);
  config.refuse_unscanned[static_cast<size_t>(Why::too_large)] = false;
  CHECK(decide({}, {gap}, {}, config, kToday).verdict == Verdict::accepted);
}

TEST_CASE("push options are bypasses only in full") {
  const auto requests =
      parse_bypasses({"ci.skip", "pushguard.allow=0123456789abcdef   it is a test key",
                      "pushguard.allow=0123 because I say so",
                      "pushguard.allow=0123456789abcdef short", "pushguard.skip"});
  REQUIRE(requests.wanted.size() == 1);
  CHECK(requests.wanted[0].fingerprint == kId);
  CHECK(requests.wanted[0].reason == "it is a test key");
  CHECK(requests.mistakes ==
        std::vector<std::string>{
            "'pushguard.allow' needs the 16 digits of a secret's id",
            "'pushguard.allow' needs the ids and then a reason of 10 letters or more",
            "the push options are 'pushguard.allow', 'pushguard.false-alarm' and "
            "'pushguard.format'"});
}

TEST_CASE("a reason is what people can read of it") {
  const std::string ask = "pushguard.allow=0123456789abcdef ";
  const std::string blanks[] = {std::string(10, '\t'),
                                std::string(10, '\x01'),
                                std::string(40, ' ') + "short",
                                "a\t\t\t\t\t\t\t\t\tb",
                                "\u00a0\u2003\u200b\u3000\ufeff\u2800\u00ad\u200d\u2060\u3164",
                                "\U000e0041\U000e0042\U000e0043\U000e0044"};
  for (const std::string& blank : blanks) {
    INFO(blank);
    const auto requests = parse_bypasses({ask + blank});
    CHECK(requests.wanted.empty());
    CHECK(requests.mistakes.size() == 1);
  }
  const std::pair<std::string, std::string> seen[] = {
      {"\t it\tis a \u200btest key\n", "it is a test key"},
      {"\u00fcber\u2003Pr\u00fcfung\x01!", "\u00fcber Pr\u00fcfung !"},
      {"\u8a66\u9a13\u7528\u306e\u9375\u3067\u3042\u308b\u3088\u306d",
       "\u8a66\u9a13\u7528\u306e\u9375\u3067\u3042\u308b\u3088\u306d"}};
  for (const auto& [given, reason] : seen) {
    const auto requests = parse_bypasses({ask + given});
    REQUIRE(requests.wanted.size() == 1);
    CHECK(requests.wanted[0].reason == reason);
  }
}

}  // namespace pushguard
