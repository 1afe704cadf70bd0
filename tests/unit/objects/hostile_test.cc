// SPDX-License-Identifier: Apache-2.0
// Objects that git would not write. Each is refused or reported, never passed silently.
#include <catch2/catch.hpp>

#include <algorithm>

#include "objects/byte_reader.h"
#include "objects/delta.h"
#include "objects/quarantine.h"
#include "support/pack_writer.h"

namespace pushguard::test {
namespace {

class Gatherer : public ObjectVisitor {
 public:
  void object(const Object& object) override { contents.emplace_back(object.content); }
  void unscanned(Unscanned what) override { gaps.push_back(std::move(what)); }

  std::vector<std::string> contents;
  std::vector<Unscanned> gaps;
};

Gatherer walk(const PackWriter& pack, const Limits& limits = {}) {
  const ScratchDirectory scratch;
  pack.write(scratch.path() / "pack");
  Gatherer seen;
  Quarantine(scratch.path(), 20).visit(limits, seen);
  return seen;
}

std::vector<uint8_t> bytes(std::string_view text) { return {text.begin(), text.end()}; }

}  // namespace

TEST_CASE("a pack made by hand is read") {
  PackWriter pack;
  const size_t base = pack.whole(3, "hello hello");
  pack.delta(base, PackWriter::delta_of("hello hello", "hello world"));
  const Gatherer seen = walk(pack);
  CHECK(seen.gaps.empty());
  CHECK(seen.contents == std::vector<std::string>{"hello hello", "hello world"});
}

TEST_CASE("every delta in a circle of deltas by id is reported") {
  PackWriter pack;
  pack.whole(3, "good");
  pack.id_delta(2, PackWriter::delta_of("x", "y"));
  pack.id_delta(1, PackWriter::delta_of("y", "x"));
  const Gatherer seen = walk(pack);
  CHECK(seen.contents == std::vector<std::string>{"good"});
  REQUIRE(seen.gaps.size() == 2);
  CHECK(seen.gaps[0].detail == "its delta bases form a circle");
  CHECK(seen.gaps[0].why == Why::damaged);
}

TEST_CASE("each delta whose base is not in the pack is reported") {
  PackWriter pack;
  const size_t lost = pack.foreign_delta(PackWriter::delta_of("abc", "abcd"));
  pack.delta(lost, PackWriter::delta_of("abcd", "abcde"));
  const Gatherer seen = walk(pack);
  CHECK(seen.contents.empty());
  REQUIRE(seen.gaps.size() == 2);
  CHECK(seen.gaps[0].detail == "its delta base is not in the pack");
  CHECK(seen.gaps[1].detail == "its delta base could not be rebuilt");
}

TEST_CASE("damaged data is reported with its object") {
  SECTION("a stream that is cut") {
    PackWriter pack;
    pack.raw(3, 11, bytes("not zlib"));
    const Gatherer seen = walk(pack);
    REQUIRE(seen.gaps.size() == 1);
    CHECK(seen.gaps[0].id.size == 20);
    CHECK(seen.gaps[0].detail == "its compressed data is damaged");
  }
  SECTION("a size that lies") {
    for (const size_t size : {4, 6}) {
      PackWriter pack;
      pack.raw(3, size, PackWriter::deflate("hello"));
      CHECK(walk(pack).gaps.at(0).detail == "its compressed data is damaged");
    }
  }
  SECTION("deltas that leave their base or their target") {
    const std::string base = "0123456789";
    const std::pair<std::string, std::string> cases[] = {
        {std::string("\x0a\x04\x91\x08\x04", 5), "a delta copies from outside its base"},
        {std::string("\x0a\x04\x90\x05", 4), "a delta makes more than it says"},
        {std::string("\x0a\x04\x90\x03", 4), "a delta makes less than it says"},
        {std::string("\x0b\x04\x90\x04", 4), "it is a delta of something else"},
        {std::string("\x0a\x04\x00", 3), "a delta has an instruction that git reserves"},
        {std::string("\x0a\x04\x05zz", 5), "data ends too early"},
        {std::string("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12),
         "a size is too large"},
    };
    for (const auto& [delta, message] : cases) {
      PackWriter pack;
      pack.delta(pack.whole(3, base), delta);
      const Gatherer seen = walk(pack);
      REQUIRE(seen.gaps.size() == 1);
      CHECK(seen.gaps[0].detail == message);
    }
  }
}

TEST_CASE("an object over a limit is reported, and so are its deltas") {
  Limits limits;
  limits.object_bytes = 100;
  PackWriter pack;
  const size_t big = pack.whole(3, std::string(101, 'x'));
  pack.delta(big, PackWriter::delta_of(std::string(101, 'x'), "y"));
  pack.whole(3, "small");
  const Gatherer seen = walk(pack, limits);
  CHECK(seen.contents == std::vector<std::string>{"small"});
  REQUIRE(seen.gaps.size() == 2);
  CHECK(seen.gaps[0].why == Why::too_large);
  CHECK(seen.gaps[0].detail == "101 bytes, and the limit is 100");
}

TEST_CASE("a header of four billion bytes costs nothing") {
  PackWriter tree, blob;
  tree.raw(2, 0xffffffffu, PackWriter::deflate("x"));
  CHECK(walk(tree).gaps.at(0).why == Why::too_large);
  blob.raw(3, 0xffffffffu, PackWriter::deflate("x"));  // a blob of this size is read in parts
  CHECK(walk(blob).gaps.at(0).detail == "it is shorter than its header says");
}

TEST_CASE("a deep chain is walked without recursion, with two versions in memory") {
  PackWriter pack;
  std::string content(1000, 'a');
  size_t base = pack.whole(3, content);
  for (int i = 0; i < 20000; ++i) {
    std::string next = content;
    next[static_cast<size_t>(i) % next.size()] = static_cast<char>('b' + i % 20);
    base = pack.delta(base, PackWriter::delta_of(content, next));
    content = next;
  }
  Limits limits;
  limits.memory_bytes = 5000;
  const Gatherer seen = walk(pack, limits);
  CHECK(seen.gaps.empty());
  CHECK(seen.contents.size() == 20001);
  CHECK(seen.contents.back() == content);
}

TEST_CASE(
    "the end of the time limit is reported once for each type, with the number of objects left") {
  PackWriter pack;
  for (int i = 0; i < 5; ++i) pack.whole(3, "object " + std::to_string(i));
  Limits limits;
  limits.deadline = std::chrono::steady_clock::now();
  const Gatherer seen = walk(pack, limits);
  CHECK(seen.contents.size() == 1);
  REQUIRE(seen.gaps.size() == 1);
  CHECK(seen.gaps[0].why == Why::out_of_time);
  CHECK(seen.gaps[0].detail == "4 blobs of a pack of 5");
  CHECK(seen.gaps[0].count == 4);
}

TEST_CASE("the end of the time limit is reported for each type that is walked separately") {
  const ScratchDirectory scratch;
  PackWriter pack;
  const size_t base = pack.whole(3, "a blob");
  pack.delta(base, PackWriter::delta_of("a blob", "another blob"));
  for (int i = 0; i < 3; ++i) pack.whole(2, "");
  pack.write(scratch.path() / "pack");
  Limits limits;
  limits.deadline = std::chrono::steady_clock::now();
  const auto gaps = [&](ObjectTypes types) {
    Gatherer seen;
    ObjectVisitor* const only = &seen;
    Quarantine(scratch.path(), 20).visit(limits, {&only, 1}, types);
    std::vector<std::string> details;
    for (const Unscanned& gap : seen.gaps) details.push_back(gap.detail);
    return details;
  };
  using Details = std::vector<std::string>;
  CHECK(gaps({ObjectType::tree}) == Details{"2 trees of a pack of 5"});
  CHECK(gaps({ObjectType::commit}).empty());
  CHECK(gaps(kAllTypes.without({ObjectType::tree})) == Details{"1 blobs of a pack of 5"});
}

TEST_CASE("a push is packed when it has packs and nothing else") {
  const ScratchDirectory scratch;
  PackWriter pack;
  pack.whole(3, "one");
  CHECK_FALSE(Quarantine(scratch.path(), 20).is_packed());
  pack.write(scratch.path() / "pack");
  CHECK(Quarantine(scratch.path(), 20).is_packed());
  write_file(scratch.path() / "ab" / std::string(38, 'c'), "loose");
  CHECK_FALSE(Quarantine(scratch.path(), 20).is_packed());
}

TEST_CASE("an index that lies is damage") {
  for (const auto lie : {PackWriter::Lie::offset_past_end, PackWriter::Lie::same_offset,
                         PackWriter::Lie::unsorted, PackWriter::Lie::count, PackWriter::Lie::cut}) {
    PackWriter pack;
    pack.whole(3, "one");
    pack.whole(3, "two");
    pack.lie(lie);
    const Gatherer seen = walk(pack);
    CHECK(seen.contents.empty());
    REQUIRE(seen.gaps.size() == 1);
    CHECK(seen.gaps[0].why == Why::damaged);
  }
}

TEST_CASE("loose objects that are not ones are damage") {
  const ScratchDirectory scratch;
  const std::pair<std::string, std::string> cases[] = {
      {std::string("blob 5\0hello", 12), ""},
      {std::string("blob 6\0hello", 12), "it is not of the size that its header says"},
      {std::string("blob x\0hello", 12), "its size is not a number"},
      {std::string("blub 5\0hello", 12), "it is of no type that git knows"},
      {"blob 5", "it has no loose object header"},
  };
  for (const auto& [content, message] : cases) {
    const auto deflated = PackWriter::deflate(content);
    write_file(scratch.path() / "ab" / std::string(38, 'c'),
               {reinterpret_cast<const char*>(deflated.data()), deflated.size()});
    Gatherer seen;
    Quarantine(scratch.path(), 20).visit({}, seen);
    INFO(content);
    if (message.empty()) {
      CHECK(seen.contents == std::vector<std::string>{"hello"});
    } else {
      REQUIRE(seen.gaps.size() == 1);
      CHECK(seen.gaps[0].detail == message);
    }
  }
  write_file(scratch.path() / "ab" / std::string(38, 'c'), "garbage");
  Gatherer seen;
  Quarantine(scratch.path(), 20).visit({}, seen);
  CHECK(seen.gaps.at(0).detail == "its compressed data is damaged");
}

TEST_CASE("a large blob arrives in parts that overlap, with their lines, and is the same") {
  std::string content;
  for (int line = 1; content.size() < 13 << 20; ++line)
    content += "line " + std::to_string(line) + '\n';
  class Parts : public ObjectVisitor {
   public:
    explicit Parts(const std::string& whole) : whole_(whole) {}
    void object(const Object& object) override {
      REQUIRE(object.part);
      const Object::Part& part = *object.part;
      REQUIRE(part.offset + part.own.begin == end);
      end = part.offset + part.own.end;
      REQUIRE(object.content ==
              std::string_view(whole_).substr(part.offset, object.content.size()));
      const std::string_view before = std::string_view(whole_).substr(0, part.offset);
      REQUIRE(part.line ==
              1u + static_cast<size_t>(std::count(before.begin(), before.end(), '\n')));
      REQUIRE(part.column == before.size() - (before.rfind('\n') + 1) + 1);
    }
    void unscanned(Unscanned what) override { detail = what.detail; }
    size_t end = 0;
    std::string detail;

   private:
    const std::string& whole_;
  };
  const auto walk_parts = [&](uint64_t size, const std::vector<uint8_t>& stream) {
    PackWriter pack;
    pack.raw(3, size, stream);
    const ScratchDirectory scratch;
    pack.write(scratch.path() / "pack");
    Parts parts(content);
    Quarantine(scratch.path(), 20).visit({}, parts);
    return std::pair(parts.end, parts.detail);
  };
  const auto stream = PackWriter::deflate(content);
  CHECK(walk_parts(content.size(), stream) == std::pair(content.size(), std::string()));
  CHECK(walk_parts(content.size() - 1, stream).second == "it is longer than its header says");
  auto torn = stream;
  torn.back() ^= 1;
  CHECK(walk_parts(content.size(), torn).second == "its compressed data is damaged");
}

}  // namespace pushguard::test
