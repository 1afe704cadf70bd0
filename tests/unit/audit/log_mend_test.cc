// SPDX-License-Identifier: Apache-2.0
// A log that is not as its last writer left it: what the next record says, and what is kept.
#include "audit/log_mend.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>

#include <catch2/catch.hpp>

#include "audit/leaf.h"
#include "audit/log.h"
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

std::string numbered(const LogState& state) {
  std::string edge;
  for (const std::string& root : state.edge) edge += (edge.empty() ? "\"" : ",\"") + root + "\"";
  if (!edge.empty()) edge = "\"edge\":[" + edge + "],";
  return "{\"format\":\"pushguard-audit/2\",\"seq\":" + std::to_string(state.seq) + ",\"prev\":\"" +
         state.prev + "\"," + edge + "\"pusher\":{\"name\":\"ann\"},\"salt\":\"" + state.salt +
         "\"}";
}

// A log of three records, and the means to write a fourth.
struct Log {
  Log() {
    for (int i = 0; i < 3; ++i) append();
  }

  LogState append() {
    LogState met;
    log.append([&](const LogState& state) {
      met = state;
      return numbered(state);
    });
    return met;
  }

  std::string text() const { return content(log.file()); }
  std::string torn() const { return content(log.file().native() + ".torn"); }
  std::string state() const { return content(log.state_file()); }

  // The root of a tree over the lines as they stand.
  TreeHash root_of_lines() const {
    TreeEdge edge;
    std::ifstream lines(log.file());
    for (std::string line; std::getline(lines, line);) edge.append(record_leaf(line));
    return edge.root();
  }
  TreeHash root_of_state() const {
    const Descriptor file(open(log.state_file().c_str(), O_RDONLY));
    std::string_view damage;
    return read_tree_state(file.get(), damage).value().edge.root();
  }

  ScratchDirectory scratch;
  AuditLog log{scratch.path()};
};

void check_usual(const LogState& state, uint64_t seq) {
  CHECK(state.seq == seq);
  CHECK(state.mended.rebuilt == "");
  CHECK(state.mended.caught_up == 0);
  CHECK(state.mended.untracked == 0);
  CHECK(state.mended.torn_bytes == 0);
  CHECK_FALSE(state.mended.emptied);
  CHECK_FALSE(state.mended.altered);
  CHECK(state.edge.empty());
}

}  // namespace

TEST_CASE("records are numbered, each names the leaf before it, and the state has their tree") {
  Log log;
  const LogState last = log.append();
  check_usual(last, 3);
  std::ifstream lines(log.log.file());
  std::string line, prev;
  for (uint64_t seq = 0; std::getline(lines, line); ++seq) {
    const RecordHead head = read_head(line).value();
    CHECK(head.seq == seq);
    CHECK((head.prev ? to_hex(*head.prev) : "") == prev);
    prev = to_hex(record_leaf(line));
  }
  CHECK(log.root_of_state() == log.root_of_lines());
}

TEST_CASE("a state that is missing or damaged is made anew from the log, and the record says so") {
  Log log;
  std::string state = log.state();
  SECTION("missing") {
    fs::remove(log.log.state_file());
    CHECK(log.append().mended.rebuilt == "missing");
  }
  SECTION("empty") {
    write_file(log.log.state_file(), "");
    CHECK(log.append().mended.rebuilt == "missing");
  }
  SECTION("torn, wherever that is") {
    const size_t kept = GENERATE(range(1, 300, 7));
    if (kept + 1 < state.size()) {
      write_file(log.log.state_file(), state.substr(0, kept));
      CHECK(log.append().mended.rebuilt == "damaged");
    }
  }
  SECTION("a digit of it is another one") {
    const size_t at = state.find("records 3") + 8;
    state[at] = '1';
    write_file(log.log.state_file(), state);
    CHECK(log.append().mended.rebuilt == "damaged");
  }
  CHECK(log.root_of_state() == log.root_of_lines());
  check_usual(log.append(), read_head(log.text())->seq + 4);
}

TEST_CASE("a record whose writer was killed before the state was written is taken in") {
  Log log;
  const std::string before = log.state();
  log.append();
  log.append();
  write_file(log.log.state_file(), before);
  const LogState state = log.append();
  CHECK(state.seq == 5);
  CHECK(state.mended.caught_up == 2);
  CHECK(state.mended.untracked == 0);
  CHECK(log.root_of_state() == log.root_of_lines());
}

TEST_CASE("a line of an older program becomes a leaf, and the next record counts it") {
  Log log;
  const std::string before = log.text();
  std::ofstream(log.log.file(), std::ios::app) << "{\"format\":\"pushguard-audit/2\"}\n";
  const LogState state = log.append();
  CHECK(state.seq == 4);
  CHECK(state.mended.untracked == 1);
  CHECK(state.mended.caught_up == 0);
  CHECK(log.root_of_state() == log.root_of_lines());
  check_usual(log.append(), 5);
}

TEST_CASE("a log of an older program begins the tree") {
  const ScratchDirectory scratch;
  AuditLog log(scratch.path());
  write_file(log.file(), "{\"format\":\"pushguard-audit/1\"}\n{}\n");
  LogState met;
  log.append([&](const LogState& state) {
    met = state;
    return numbered(state);
  });
  CHECK(met.seq == 2);
  CHECK(met.mended.rebuilt == "missing");
  CHECK(met.mended.untracked == 2);
}

TEST_CASE("a torn record behind the last known one is put aside") {
  Log log;
  const std::string before = log.text(), torn = GENERATE(std::string("{\"for"), std::string("x"),
                                                         std::string(10'000, 't'));
  std::ofstream(log.log.file(), std::ios::app) << torn;
  const LogState state = log.append();
  CHECK(state.seq == 3);
  CHECK(state.mended.torn_bytes == torn.size());
  CHECK_FALSE(state.mended.altered);
  CHECK(log.text() == before + numbered(state) + "\n");
  CHECK(log.torn() == torn + "\n");
  std::ofstream(log.log.file(), std::ios::app) << "again";
  log.append();
  CHECK(log.torn() == torn + "\nagain\n");
}

TEST_CASE("a known record of which only the line feed is gone is whole again") {
  Log log;
  const std::string before = log.text();
  fs::resize_file(log.log.file(), before.size() - 1);
  const LogState state = log.append();
  CHECK(state.seq == 3);
  CHECK(state.mended.altered->records == 3);
  CHECK(state.mended.altered->bytes == before.size());
  CHECK(state.mended.altered->bytes_now == before.size() - 1);
  CHECK(state.mended.torn_bytes == 0);
  CHECK(log.text() == before + numbered(state) + "\n");
  CHECK(log.torn() == "");
  check_usual(log.append(), 4);
}

TEST_CASE("a known record that was cut is said to be, and what is left of it is kept") {
  Log log;
  const std::string before = log.text();
  const size_t last_line = before.rfind('\n', before.size() - 2) + 1;
  const size_t kept = GENERATE(size_t{2}, size_t{40});
  fs::resize_file(log.log.file(), last_line + kept);
  const LogState state = log.append();
  CHECK(state.seq == 3);  // the tree still has the record
  CHECK(state.mended.altered->bytes == before.size());
  CHECK(state.mended.altered->bytes_now == last_line + kept);
  CHECK(state.mended.torn_bytes == kept);
  CHECK(log.torn() == before.substr(last_line, kept) + "\n");
  CHECK(log.text() == before.substr(0, last_line) + numbered(state) + "\n");
  CHECK(state.prev == to_hex(record_leaf(before.substr(last_line, before.size() - last_line - 1))));
  check_usual(log.append(), 4);
}

TEST_CASE("whole records that were cut off, or exchanged, are said to be") {
  Log log;
  const std::string before = log.text();
  const size_t last_line = before.rfind('\n', before.size() - 2) + 1;
  SECTION("cut off") {
    fs::resize_file(log.log.file(), last_line);
    CHECK(log.append().mended.altered->bytes_now == last_line);
  }
  SECTION("another log of the same size") {
    std::string other = before;
    other[other.size() - 5] = other[other.size() - 5] == '0' ? '1' : '0';
    write_file(log.log.file(), other);
    CHECK(log.append().mended.altered->bytes_now == before.size());
  }
  SECTION("another, longer log") {
    write_file(log.log.file(), std::string(before.size() + 100, 'x') + "\n");
    CHECK(log.append().mended.altered->bytes_now == before.size() + 101);
  }
  check_usual(log.append(), 4);
}

TEST_CASE("a log that was rotated away or emptied goes on in the next file, which has the edge") {
  Log log;
  const std::string before = log.text();
  if (GENERATE(true, false)) {
    fs::rename(log.log.file(), log.log.file().native() + ".1");
  } else {
    fs::resize_file(log.log.file(), 0);  // as logrotate's copytruncate does
  }
  const LogState state = log.append();
  CHECK(state.seq == 3);
  CHECK(state.edge.size() == 2);
  CHECK(state.mended.emptied->records == 3);
  CHECK(state.mended.emptied->bytes == before.size());
  CHECK_FALSE(state.mended.altered);
  check_usual(log.append(), 4);
  const TreeHash root = log.root_of_state();
  const std::string state_before = log.state();
  fs::remove(log.log.state_file());  // the later file alone tells the tree of all
  const LogState rebuilt = log.append();
  CHECK(rebuilt.seq == 5);
  CHECK(rebuilt.mended.rebuilt == "missing");
  const std::string state_after = log.state();
  write_file(log.log.state_file(), state_before);
  CHECK(log.root_of_state() == root);
  CHECK(log.append().mended.caught_up == 1);
  CHECK(state_after.find("first 3 ") != state_after.npos);
}

TEST_CASE("what cannot be put aside is an error, and stays where it is") {
  Log log;
  const std::string before = log.text();
  std::ofstream(log.log.file(), std::ios::app) << "torn";
  fs::create_directory(log.log.file().native() + ".torn");
  CHECK_THROWS_WITH(log.append(), "the file of torn records '" + log.log.file().native() +
                                      ".torn' is a directory, not a file");
  CHECK(log.text() == before + "torn");
}

}  // namespace pushguard::test
