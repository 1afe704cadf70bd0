// SPDX-License-Identifier: Apache-2.0
// When a site first had the rules of a release.
#include "audit/known_releases.h"

#include <sys/stat.h>

#include <fstream>

#include <catch2/catch.hpp>

#include "audit/log.h"
#include "audit/site_key.h"
#include "support/git.h"
#include "vocabulary/error.h"

namespace pushguard::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono;

constexpr sys_days kToday = sys_days(2026y / November / 29), kLater = sys_days(2027y / March / 1);
constexpr Release kOne{0, 2, 0}, kTwo{0, 10, 1};

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string content(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<KnownRelease> known(const fs::path& directory, std::vector<Release> releases,
                                sys_days today = kToday) {
  return KnownReleases(directory).read_with(releases, today);
}

}  // namespace

TEST_CASE("a site that begins with a release has no new rules, and a later release has") {
  const ScratchDirectory scratch;
  const fs::path directory = scratch.path() / "audit";
  CHECK(known(directory, {kOne}) == std::vector<KnownRelease>{{kOne, std::nullopt}});
  CHECK(content(directory / "releases") == "pushguard-releases/1\n0.2.0 -\n");
  const std::vector<KnownRelease> both{{kOne, std::nullopt}, {kTwo, kLater}};
  CHECK(known(directory, {kOne, kTwo}, kLater) == both);
  CHECK(known(directory, {kOne, kTwo}, kLater + days(9)) == both);
  CHECK(content(directory / "releases") == "pushguard-releases/1\n0.2.0 -\n0.10.1 2027-03-01\n");
  struct stat info {};
  REQUIRE(stat((directory / "releases").c_str(), &info) == 0);
  CHECK((info.st_mode & 07777) == 0600);
}

TEST_CASE("a log or a key is that of a site which was there before") {
  const ScratchDirectory with_log, with_key;
  AuditLog(with_log.path()).append([](const LogState&) { return "{}"; });
  CHECK(known(with_log.path(), {kOne}) == std::vector<KnownRelease>{{kOne, kToday}});
  site_key(with_key.path());
  CHECK(known(with_key.path(), {kOne}) == std::vector<KnownRelease>{{kOne, kToday}});
}

TEST_CASE("a release that is known is not written again, whatever may be written") {
  const ScratchDirectory scratch;
  known(scratch.path(), {kOne});
  fs::create_directory(scratch.path() / "releases.new");  // nothing can be written now
  CHECK(known(scratch.path(), {kOne}, kLater).size() == 1);
  CHECK_THROWS_AS(known(scratch.path(), {kOne, kTwo}, kLater), Error);
  CHECK_FALSE(new_rules_at(scratch.path(), std::vector{kTwo}, days(14), kLater).known.size() > 0);
  CHECK(new_rules_at(scratch.path(), std::vector{kTwo}, days(14), kLater)
            .unknown_because.starts_with("the list of releases '"));
}

TEST_CASE("a site without days keeps nothing") {
  const ScratchDirectory scratch;
  CHECK(new_rules_at(scratch.path() / "audit", std::vector{kOne}, days(0), kToday).known.empty());
  CHECK_FALSE(fs::exists(scratch.path() / "audit"));
}

TEST_CASE("a damaged list is no reason to warn") {
  const ScratchDirectory scratch;
  const fs::path file = scratch.path() / "releases";
  const std::string head = "pushguard-releases/1\n";
  for (const std::string& text :
       {std::string(), std::string("0.2.0 -\n"), head + "0.2.0 -", head + "0.2 -\n",
        head + "0.2.0\n", head + "0.2.0 2026-13-01\n", head + "0.2.0 2026-11-31\n",
        head + "00.2.0 -\n", head + "0.2.0 2026-1-1\n", head + "\n",
        head + std::string(20'000, '0')}) {
    INFO(text);
    write(file, text);
    CHECK_THROWS_AS(KnownReleases(scratch.path()).read(), Error);
    CHECK_FALSE(new_rules_at(scratch.path(), std::vector{kOne}, days(14), kToday).warn_until(kOne));
  }
}

}  // namespace pushguard::test
