// SPDX-License-Identifier: Apache-2.0
#include "audit/log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>

#include "audit/site_key.h"
#include "support/git.h"
#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

unsigned mode(const fs::path& path) {
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 07777;
}

void append(AuditLog& log, const std::string& line) {
  log.append([&](const LogState&) { return line; });
}

}  // namespace

TEST_CASE("a first record makes the directory and the file, for their owner alone") {
  const ScratchDirectory scratch;
  const mode_t mask = umask(0);
  AuditLog log(scratch.path() / "audit");
  append(log, "one");
  append(log, "two");
  umask(mask);
  CHECK(log.file() == scratch.path() / "audit/audit.jsonl");
  CHECK(content(log.file()) == "one\ntwo\n");
  CHECK(mode(scratch.path() / "audit") == 0700);
  CHECK(mode(log.file()) == 0600);
  CHECK(mode(log.state_file()) == 0600);
}

TEST_CASE("a lock that another process keeps too long is an error, and the log is unchanged") {
  const ScratchDirectory scratch;
  AuditLog log(scratch.path());
  append(log, "one");
  const AuditLog hasty(scratch.path(), {}, std::chrono::milliseconds(3));
  const Descriptor other(open(log.state_file().c_str(), O_RDWR));
  REQUIRE(flock(other.get(), LOCK_EX) == 0);
  CHECK_THROWS_WITH(hasty.append([](const LogState&) { return "two"; }),
                    Catch::Matchers::Matches("cannot lock the audit log '" + log.file().native() +
                                             "' within 3 ms: process " + std::to_string(getpid()) +
                                             " \\(.+\\) holds it"));
  CHECK(content(log.file()) == "one\n");
}

TEST_CASE("a log or a key that is no regular file is refused at once, and not followed") {
  const ScratchDirectory scratch;
  const fs::path target = scratch.path() / "target";
  write_file(target, std::string(32, 'k'));
  for (const std::string name : {"audit.jsonl", "key"}) {
    const fs::path file = scratch.path() / name;
    const std::string what = name == "key" ? "the key" : "the audit log";
    const auto use = [&] {
      AuditLog log(scratch.path());
      if (name == "key")
        site_key(scratch.path());
      else
        append(log, "x");
    };
    const auto refused = [&](const std::string& kind) {
      CHECK_THROWS_WITH(use(), what + " '" + file.native() + "' is " + kind + ", not a file");
      fs::remove_all(file);
    };
    for (const fs::path& to : {target, scratch.path() / "nothing", fs::path("/dev/null")}) {
      fs::create_symlink(to, file);
      refused("a link");
    }
    REQUIRE(mkfifo(file.c_str(), 0600) == 0);
    refused("a FIFO");
    fs::create_directory(file);
    refused("a directory");
  }
  CHECK(content(target) == std::string(32, 'k'));
  CHECK_FALSE(fs::exists(scratch.path() / "nothing"));
}

TEST_CASE("records of writers at the same time never mix", "[threads]") {
  const ScratchDirectory scratch;
  AuditLog log(scratch.path());
  std::vector<std::thread> writers;
  for (char letter = 'a'; letter < 'e'; ++letter) {
    writers.emplace_back([&log, letter] {
      for (int i = 0; i < 20; ++i) append(log, std::string(5000, letter));
    });
  }
  for (std::thread& writer : writers) writer.join();
  std::ifstream stream(log.file());
  size_t lines = 0;
  for (std::string line; std::getline(stream, line); ++lines) {
    CHECK(line == std::string(5000, line.at(0)));
  }
  CHECK(lines == 80);
}

TEST_CASE("the error about a log that cannot be written names it") {
  const ScratchDirectory scratch;
  SECTION("its directory cannot be made") {
    AuditLog log(scratch.path() / "not/there");
    CHECK_THROWS_WITH(append(log, "x"), "cannot make '" + (scratch.path() / "not/there").native() +
                                            "': No such file or directory");
  }
  SECTION("the file may not grow so far: what was there stays whole") {
    AuditLog log(scratch.path());
    append(log, "one");
    // A limit on the file size of the process has the effect of a full disk.
    struct rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = before;
    limit.rlim_cur = 100;
    setrlimit(RLIMIT_FSIZE, &limit);
    std::string message;
    try {
      append(log, std::string(200, 'x'));
    } catch (const Error& error) {
      message = error.what();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK(message == "cannot write the audit log '" + log.file().native() + "': no space");
    CHECK(content(log.file()) == "one\n");
  }
}

TEST_CASE("the site's key is made once, for its owner alone, and read ever after") {
  const ScratchDirectory scratch;
  const fs::path directory = scratch.path() / "audit";
  const mode_t mask = umask(0);
  const SiteKey key = site_key(directory);
  umask(mask);
  CHECK(key != SiteKey{});
  CHECK(site_key(directory) == key);
  CHECK(mode(directory) == 0700);
  CHECK(mode(directory / "key") == 0600);
  CHECK(content(directory / "key") == std::string(key.begin(), key.end()));
}

TEST_CASE("hooks that make the key at once have the same one, and leave nothing else",
          "[threads]") {
  for (int round = 0; round < 20; ++round) {
    const ScratchDirectory scratch;
    SiteKey keys[4];
    std::vector<std::thread> hooks;
    for (SiteKey& key : keys) hooks.emplace_back([&] { key = site_key(scratch.path() / "audit"); });
    for (std::thread& hook : hooks) hook.join();
    for (const SiteKey& key : keys) CHECK(key == keys[0]);
    size_t files = 0;
    for (const auto& entry : fs::directory_iterator(scratch.path() / "audit")) {
      CHECK(entry.path().filename() == "key");
      ++files;
    }
    CHECK(files == 1);
  }
}

TEST_CASE("a key of a wrong size is an error, never another key") {
  const ScratchDirectory scratch;
  for (const size_t size : {0, 31}) {
    write_file(scratch.path() / "key", std::string(size, 'k'));
    CHECK_THROWS_WITH(site_key(scratch.path()),
                      "'" + (scratch.path() / "key").native() + "' is not a key of 32 bytes");
  }
}

}  // namespace pushguard::test
