// Which files a rule is about.
#include <catch2/catch.hpp>

#include "detect/rule.h"

namespace pushguard {
namespace {

Rule about(std::span<const std::string_view> paths) {
  Rule rule{};
  rule.paths = paths;
  return rule;
}

}  // namespace

TEST_CASE("a rule is about the files that its globs name, less those after '!'") {
  constexpr std::string_view kChosen[] = {"*.cfg", "!old.cfg", "!gone/*"};
  CHECK(applies_to(about(kChosen), "a/b.cfg"));
  CHECK_FALSE(applies_to(about(kChosen), "a/b.txt"));
  CHECK_FALSE(applies_to(about(kChosen), "a/old.cfg"));
  CHECK_FALSE(applies_to(about(kChosen), "gone/b.cfg"));
  CHECK_FALSE(is_about_all(about(kChosen)));
}

TEST_CASE("a rule with exceptions alone is about all else, and what is no file") {
  constexpr std::string_view kExcepted[] = {"!*.vec"};
  CHECK(applies_to(about(kExcepted), "a/b.txt"));
  CHECK_FALSE(applies_to(about(kExcepted), "a/b.vec"));
  CHECK(is_about_all(about(kExcepted)));
  CHECK(applies_to(about({}), "a/b.vec"));
  CHECK(is_about_all(about({})));
}

}  // namespace pushguard
