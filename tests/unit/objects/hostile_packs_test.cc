// SPDX-License-Identifier: Apache-2.0
// Packs that were made to cost much or to hide something, and damaged files. Each is reported
// as unscanned, within the limits.
#include <fstream>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "objects/quarantine.h"
#include "support/pack_writer.h"

namespace pushguard::test {
namespace {

namespace fs = std::filesystem;

class Gatherer : public ObjectVisitor {
 public:
  void object(const Object& object) override {
    contents.emplace_back(object.content.substr(0, 100));
    bytes += object.content.size();
  }
  void unscanned(Unscanned what) override { gaps.push_back(std::move(what)); }

  std::vector<std::string> contents;
  uint64_t bytes = 0;
  std::vector<Unscanned> gaps;
};

struct Files {
  std::string pack, index;
};

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Files files_of(const PackWriter& writer) {
  const ScratchDirectory scratch;
  writer.write(scratch.path());
  return {content(scratch.path() / "pack-x.pack"), content(scratch.path() / "pack-x.idx")};
}

Gatherer walk(const Files& files, const Limits& limits = {}) {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "pack/pack-x.pack", files.pack);
  write_file(scratch.path() / "pack/pack-x.idx", files.index);
  Gatherer seen;
  Quarantine(scratch.path(), 20).visit(limits, seen);
  return seen;
}

Gatherer walk(const PackWriter& pack, const Limits& limits = {}) {
  return walk(files_of(pack), limits);
}

void put32(std::string& file, size_t at, uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) file.at(at++) = static_cast<char>(value >> shift);
}

// The offsets of the tables in a pack index of `count` SHA-1 ids.
constexpr size_t kFanout = 8, kIds = kFanout + 1024;
constexpr size_t offsets_at(size_t count) { return kIds + 24 * count; }

PackWriter two_blobs() {
  PackWriter pack;
  pack.whole(3, "one and some more");
  pack.whole(3, "two and some more");
  return pack;
}

// Checks that the only Unscanned is about the whole pack.
void check_refused(const Files& files, const std::string& detail) {
  const Gatherer seen = walk(files);
  CHECK(seen.contents.empty());
  REQUIRE(seen.gaps.size() == 1);
  CHECK(seen.gaps[0].why == Why::damaged);
  CHECK(seen.gaps[0].detail == "pack-x.pack: " + detail);
}

const std::string kFirstId = "0000000100000001000000010000000100000001";
const std::string kSecondId = "0000000200000002000000020000000200000002";

}  // namespace

TEST_CASE("a delta that claims a target of 4 GiB, or of all there is, costs nothing") {
  for (const uint64_t size : {uint64_t{1} << 32, (uint64_t{1} << 62)}) {
    PackWriter pack;
    std::string delta = PackWriter::delta_of("base", "");  // byte 1 is the size of the target
    std::string claimed;
    for (uint64_t left = size; left > 0 || claimed.empty(); left >>= 7) {
      claimed += static_cast<char>((left & 0x7f) | (left >= 0x80 ? 0x80 : 0));
    }
    delta.replace(1, 1, claimed);
    pack.delta(pack.whole(3, "base"), delta);
    const Gatherer seen = walk(pack);
    CHECK(seen.contents == std::vector<std::string>{"base"});
    REQUIRE(seen.gaps.size() == 1);
    CHECK(seen.gaps[0].id.hex() == kSecondId);
    CHECK(seen.gaps[0].why == Why::too_large);
    CHECK(seen.gaps[0].detail == std::to_string(size) + " bytes, and the limit is 536870912");
  }
}

TEST_CASE("a chain of deltas that doubles ends at the limit, and the rest is reported") {
  PackWriter pack;
  size_t size = 1024, base = pack.whole(3, std::string(size, 'x'));
  const auto varint = [](uint64_t value) {
    std::string text;
    for (; value >= 0x80; value >>= 7) text += static_cast<char>(value | 0x80);
    return text + static_cast<char>(value);
  };
  const auto copy_all = [](uint64_t from, uint64_t length) {
    std::string text;
    for (; length > 0;) {
      const uint64_t part = std::min<uint64_t>(length, 0xffffff);
      text += '\xff';
      for (int i = 0; i < 4; ++i) text += static_cast<char>(from >> (8 * i));
      for (int i = 0; i < 3; ++i) text += static_cast<char>(part >> (8 * i));
      from += part;
      length -= part;
    }
    return text;
  };
  for (int level = 0; level < 30; ++level) {  // the last target would have 1 TiB
    const std::string copy = copy_all(0, size);
    base = pack.delta(base, varint(size) + varint(2 * size) + copy + copy);
    size *= 2;
    if (size > (uint64_t{1} << 31)) size = uint64_t{1} << 31;
  }
  Limits limits;
  limits.object_bytes = 1 << 20;
  const Gatherer seen = walk(pack, limits);
  CHECK(seen.contents.size() == 11);  // 1 KiB to 1 MiB
  CHECK(seen.bytes == 2047 * 1024);
  REQUIRE(seen.gaps.size() == 20);
  CHECK(seen.gaps[0].detail == "2097152 bytes, and the limit is 1048576");
  CHECK(seen.gaps[1].detail == "its delta base could not be rebuilt");
}

TEST_CASE("a stream with far more bytes than its header says is damaged, and not inflated") {
  PackWriter pack;
  pack.raw(3, 10, PackWriter::deflate(std::string(64 << 20, '\0')));
  const Gatherer seen = walk(pack);
  REQUIRE(seen.gaps.size() == 1);
  CHECK(seen.gaps[0].id.hex() == kFirstId);
  CHECK(seen.gaps[0].detail == "its compressed data is damaged");
}

TEST_CASE("50,000 deltas deep, backwards by id: walked without recursion") {
  PackWriter pack;
  const size_t depth = 50000;
  const std::string step = PackWriter::delta_of("0123456789", "0123456789");
  for (size_t i = 0; i < depth; ++i) pack.id_delta(i + 1, step);
  pack.whole(3, "0123456789");
  Limits limits;
  limits.memory_bytes = 1000;
  const Gatherer seen = walk(pack, limits);
  CHECK(seen.gaps.empty());
  CHECK(seen.contents.size() == depth + 1);
}

TEST_CASE("deltas of an object that does not fit into memory as remembered are visited whole") {
  struct Large : Remembered {
    uint64_t bytes() const override { return 1 << 20; }
  };
  struct Visitor : ObjectVisitor {
    void object(const Object& object) override {
      seen.push_back(fmt::format("{} {} {}", object.content.size(), object.base != nullptr,
                                 object.copies.size()));
      if (object.remember) *object.remember = std::make_unique<Large>();
    }
    void unscanned(Unscanned what) override { FAIL(what.detail); }
    std::vector<std::string> seen;
  };
  const std::string base(1000, 'x');
  PackWriter pack;
  pack.delta(pack.whole(3, base), PackWriter::delta_of(base, base + "y"));
  const ScratchDirectory scratch;
  fs::create_directories(scratch.path() / "pack");
  pack.write(scratch.path() / "pack");
  for (const auto& [bytes, delta] :
       {std::pair(10 << 20, "1001 true 1"), {100'000, "1001 false 0"}}) {
    Limits limits;
    limits.memory_bytes = static_cast<uint64_t>(bytes);
    Visitor visitor;
    Quarantine(scratch.path(), 20).visit(limits, visitor);
    CHECK(visitor.seen == std::vector<std::string>{"1000 false 0", delta});
  }
}

TEST_CASE("each of 50,000 deltas without a base is reported") {
  PackWriter pack;
  size_t base = pack.foreign_delta(PackWriter::delta_of("a", "b"));
  for (size_t i = 1; i < 50000; ++i) base = pack.delta(base, PackWriter::delta_of("b", "b"));
  CHECK(walk(pack).gaps.size() == 50000);
}

TEST_CASE("each of 50,000 deltas in a circle is reported") {
  PackWriter pack;
  for (size_t i = 0; i < 50000; ++i) pack.id_delta((i + 1) % 50000, PackWriter::delta_of("a", "b"));
  CHECK(walk(pack).gaps.size() == 50000);
}

TEST_CASE("a header of four billion objects, in the pack, in the index, in both") {
  const Files good = files_of(two_blobs());
  Files files = good;
  put32(files.pack, 8, 0xffffffff);
  check_refused(files, "the pack and its index do not have the same number of objects");
  files.index = good.index;
  put32(files.index, kFanout + 4 * 255, 0xffffffff);
  check_refused(files, "data ends too early");
  files.pack = good.pack;
  check_refused(files, "data ends too early");
}

TEST_CASE("a file that is no pack, or no pack of a known version, is reported as such") {
  const Files good = files_of(two_blobs());
  Files files = good;
  files.pack[0] = 'Q';
  check_refused(files, "not a pack");
  files = good;
  put32(files.pack, 4, 4);
  check_refused(files, "a pack of version 4");
  files = good;
  files.pack.clear();
  check_refused(files, "data ends too early");
  files = good;
  put32(files.index, 4, 1);
  check_refused(files, "not a version 2 pack index");
  files = good;
  files.index.clear();
  check_refused(files, "data ends too early");
}

TEST_CASE("a fan-out table that is not in order, or that hides ids") {
  Files files = files_of(two_blobs());
  put32(files.index, kFanout + 4 * 100, 1);
  check_refused(files, "the pack index's fan-out table is not in order");

  PackWriter pack;
  const size_t base = pack.whole(3, "hello");
  pack.id_delta(base, PackWriter::delta_of("hello", "hello world"));
  files = files_of(pack);
  for (size_t i = 0; i < 255; ++i) put32(files.index, kFanout + 4 * i, 0);
  const Gatherer seen = walk(files);
  CHECK(seen.contents == std::vector<std::string>{"hello"});
  REQUIRE(seen.gaps.size() == 1);
  CHECK(seen.gaps[0].detail == "its delta base is not in the pack");
}

TEST_CASE("offsets that no object can have, or that lie in another") {
  const Files good = files_of(two_blobs());
  const size_t offsets = offsets_at(2);
  for (const uint32_t bad : {0u, 11u}) {
    Files files = good;
    put32(files.index, offsets, bad);
    check_refused(files, "the index puts object " + kFirstId + " where no object can be");
  }
  Files files = good;
  put32(files.index, offsets, 0x80000000);  // the first large offset, but there are none
  check_refused(files, "the pack index names no such offset");

  // Inside the stream of the first object: both objects must not pass without a report.
  for (uint32_t at = 13; at < good.pack.size() - 20; ++at) {
    files = good;
    put32(files.index, offsets + 4, at);
    const Gatherer seen = walk(files);
    const bool right = seen.gaps.empty();
    CHECK((right ? seen.contents.size() == 2 : !seen.gaps[0].detail.empty()));
    if (right) CHECK(seen.contents[1] == "two and some more");
  }
}

TEST_CASE("kinds that git reserves, and bases where no object starts") {
  const auto raw = [](unsigned kind, std::vector<uint8_t> before) {
    PackWriter pack;
    pack.whole(3, "base");
    const auto stream = PackWriter::deflate(PackWriter::delta_of("base", "x"));
    before.insert(before.end(), stream.begin(), stream.end());
    pack.raw(kind, PackWriter::delta_of("base", "x").size(), before);
    return files_of(pack);
  };
  const std::string second = "object " + kSecondId + ": ";
  check_refused(raw(0, {}), second + "an entry of the reserved kind 0");
  check_refused(raw(5, {}), second + "an entry of the reserved kind 5");
  check_refused(raw(6, {0}), second + "its delta base is outside the pack");
  check_refused(raw(6, {0xff, 0x7f}), second + "its delta base is outside the pack");
  check_refused(raw(6, {1}), second + "its delta base is not where an object starts");
}

TEST_CASE("wherever a pack is cut, its last object is not taken for read") {
  const Files good = files_of(two_blobs());
  for (size_t size = 0; size < good.pack.size(); ++size) {
    Files files = good;
    files.pack.resize(size);
    const Gatherer seen = walk(files);
    INFO("cut to " << size << " of " << good.pack.size());
    CHECK_FALSE(seen.gaps.empty());
  }
  for (size_t size = 0; size < good.index.size(); ++size) {
    Files files = good;
    files.index.resize(size);
    CHECK_FALSE(walk(files).gaps.empty());
  }
}

TEST_CASE("garbage after the last object hides none of the objects") {
  Files files = files_of(two_blobs());
  files.pack.insert(files.pack.size() - 20, std::string(1000, '\xee'));
  CHECK(walk(files).contents.size() == 2);
}

TEST_CASE("loose objects made to cost much") {
  const auto visit = [](const std::string& content, const Limits& limits) {
    const ScratchDirectory scratch;
    const auto deflated = PackWriter::deflate(content);
    write_file(scratch.path() / "ab" / std::string(38, 'c'),
               {reinterpret_cast<const char*>(deflated.data()), deflated.size()});
    Gatherer seen;
    Quarantine(scratch.path(), 20).visit(limits, seen);
    CHECK(seen.contents.empty());
    REQUIRE(seen.gaps.size() == 1);
    CHECK(seen.gaps[0].id.hex() == "ab" + std::string(38, 'c'));
    return seen.gaps[0].detail;
  };
  Limits limits;
  limits.object_bytes = 1 << 20;
  const std::string zeros(64 << 20, '\0');
  CHECK(visit(std::string("tree 67108864\0", 14) + zeros, limits) ==
        "67108864 bytes, and the limit is 1048576");
  CHECK(visit(std::string("blob 5\0", 7) + zeros, limits) ==
        "it is not of the size that its header says");
  CHECK(visit(std::string("blob 18446744073709551615\0x", 27), limits) ==
        "it is not of the size that its header says");
  CHECK(visit(std::string("blob 99999999999999999999999\0x", 30), limits) ==
        "its size is not a number");
  CHECK(visit("blob " + std::string(100000, '9'), limits) == "it has no loose object header");
}

}  // namespace pushguard::test
