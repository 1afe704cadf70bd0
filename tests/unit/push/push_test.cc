// SPDX-License-Identifier: Apache-2.0
#include "push/push.h"

#include <catch2/catch.hpp>

#include "push/alternates.h"
#include "support/git.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace fs = std::filesystem;

namespace {

Push read(const std::string& line, Environment::Variables variables) {
  const Environment environment(std::move(variables));
  Push push = read_push(line, environment);
  read_content(push, environment);
  return push;
}

}  // namespace

TEST_CASE("alternates are split at colons and unquoted as git quotes them") {
  CHECK(parse_alternates("").empty());
  CHECK(parse_alternates("/a:/b") == std::vector<fs::path>{"/a", "/b"});
  CHECK(parse_alternates(":/a::") == std::vector<fs::path>{"/a"});
  CHECK(parse_alternates("\"/co:lon \\\"q\\\" \\t\\303\\244\":/b") ==
        std::vector<fs::path>{"/co:lon \"q\" \t\xc3\xa4", "/b"});
  for (const char* bad : {"\"/a", "\"/a\\", "\"/a\\9\"", "\"/a\\12\""}) {
    CHECK_THROWS_WITH(parse_alternates(bad),
                      "GIT_ALTERNATE_OBJECT_DIRECTORIES has a quoted path that does not end");
  }
}

TEST_CASE("formatted alternates are read back as they were") {
  const std::vector<fs::path> paths{"/a", "/co:lon", "\"quoted\"", "/back\\slash:x"};
  CHECK(parse_alternates(format_alternates(paths)) == paths);
}

TEST_CASE("info/alternates are followed, relative ones from their own directory, circles once") {
  const test::ScratchDirectory scratch;
  const fs::path root = scratch.path();
  test::write_file(root / "a/info/alternates",
                   "../b\n# comment\n\n" + (root / "c").native() + "\n");
  test::write_file(root / "b/info/alternates", (root / "a").native() + "\n/not/there\n");
  fs::create_directories(root / "c");
  CHECK(with_alternates({root / "a", root / "./c"}) ==
        std::vector<fs::path>{root / "a", root / "b", root / "c"});
}

TEST_CASE("the host's own variable names the pusher before the transport's") {
  const auto pusher_of = [](std::map<std::string, std::string, std::less<>> variables) {
    return find_pusher(Environment(std::move(variables)));
  };
  CHECK(pusher_of({{"LOGNAME", "git"}, {"GL_USERNAME", "alice"}}).name == "alice");
  CHECK(pusher_of({{"LOGNAME", "git"}, {"GL_USERNAME", "alice"}}).source == "GL_USERNAME");
  CHECK(pusher_of({{"REMOTE_USER", "bob"}, {"REMOTE_ADDR", "::1"}}).address == "::1");
  CHECK(pusher_of({{"GL_USER", "carol"}, {"SSH_CONNECTION", "10.0.0.9 4 10.0.0.1 22"}}).address ==
        "10.0.0.9");
  CHECK(pusher_of({}).source == "uid");
}

TEST_CASE("the quarantine is GIT_QUARANTINE_PATH, or an object directory that is not the "
          "repository's own") {
  const test::ScratchDirectory scratch;
  const fs::path root = scratch.path();
  fs::create_directories(root / "objects/incoming");
  test::write_file(root / "HEAD", "ref: refs/heads/main\n");
  const std::string line = std::string(40, '0') + " " + std::string(40, '1') + " refs/heads/x\n";
  const auto quarantine = [&](std::map<std::string, std::string, std::less<>> variables) {
    variables["GIT_DIR"] = root;
    return read(line, std::move(variables)).quarantine;
  };
  const std::string objects = root / "objects", incoming = root / "objects/incoming";
  CHECK(quarantine({{"GIT_QUARANTINE_PATH", incoming}}) == fs::path(incoming));
  CHECK(quarantine({{"GIT_OBJECT_DIRECTORY", incoming},
                    {"GIT_ALTERNATE_OBJECT_DIRECTORIES", objects}}) == fs::path(incoming));
  CHECK(quarantine({{"GIT_OBJECT_DIRECTORY", objects},
                    {"GIT_ALTERNATE_OBJECT_DIRECTORIES", "/x"}}) == std::nullopt);
  CHECK(quarantine({{"GIT_OBJECT_DIRECTORY", incoming}}) == std::nullopt);
  CHECK(quarantine({}) == std::nullopt);
}

TEST_CASE("push options count from 0, and no count is none") {
  const test::ScratchDirectory scratch;
  test::write_file(scratch.path() / "HEAD", "ref: refs/heads/main\n");
  const std::string line = std::string(40, '0') + " " + std::string(40, '1') + " refs/heads/x\n";
  const auto options = [&](std::map<std::string, std::string, std::less<>> variables) {
    variables["GIT_DIR"] = scratch.path();
    return read(line, std::move(variables)).options;
  };
  CHECK(options({}).empty());
  CHECK(options({{"GIT_PUSH_OPTION_COUNT", "0"}}).empty());
  CHECK(options({{"GIT_PUSH_OPTION_COUNT", "2"},
                 {"GIT_PUSH_OPTION_0", "a"},
                 {"GIT_PUSH_OPTION_1", "b c"}}) == std::vector<std::string>{"a", "b c"});
  CHECK_THROWS_WITH(options({{"GIT_PUSH_OPTION_COUNT", "two"}}),
                    "GIT_PUSH_OPTION_COUNT is not a number");
  for (const char* count : {"1001", "4000000000", "99999999999999999999"}) {
    CHECK_THROWS_WITH(options({{"GIT_PUSH_OPTION_COUNT", count}}),
                      std::string("GIT_PUSH_OPTION_COUNT is '") + count +
                          "': no push has more than 1000 options");
  }
}

}  // namespace pushguard
