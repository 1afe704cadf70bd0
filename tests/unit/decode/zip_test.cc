// SPDX-License-Identifier: Apache-2.0
// What readers of a zip may see in it. tests/push/test_archives.py has zips of other programs.
#include "decode/zip.h"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

#include "support/archives.h"
#include "support/look_into.h"

namespace pushguard::test {

TEST_CASE("every way to pack a file in a zip that is read, and the names of others") {
  const std::string text(100, 'x');
  CHECK(look_into(zip_of({{"0", text, 0},
                          {"8", text, 8},
                          {"d", text, 8, true},
                          {"12", text, 12},
                          {"93", text, 93},
                          {"95", text, 95}})) ==
        Lines{"0 100", "8 100", "d 100", "12 100", "93 100", "95 100"});
  const std::pair<char, std::string> names[] = {{1, "packed with Shrink, which is not read"},
                                                {2, "packed with Reduce, which is not read"},
                                                {6, "packed with Implode, which is not read"},
                                                {9, "packed with Deflate64, which is not read"},
                                                {97, "packed with WavPack, which is not read"},
                                                {98, "packed with PPMd, which is not read"},
                                                {99, "encrypted"},
                                                {19, "packed in an unknown way"}};
  for (const auto& [method, why] : names) {
    std::string zip = zip_of({{"a", text}});
    zip[8] = method;
    zip[zip.find("PK\1\2") + 10] = method;
    CHECK(look_into(zip) == Lines{"archive: 'a' in a zip is " + why});
  }
}

TEST_CASE("a zip is read as every reader reads it") {
  const std::string zip = zip_of({{"a", "xyz"}, {"b", "yz", 8, true}});
  const std::string contradiction =
      "archive: the zip contradicts itself: readers find different files in it";
  const auto changed = [&](std::string_view signature, size_t at, char value) {
    std::string copy = zip;
    copy[copy.find(signature) + at] = value;
    return copy;
  };
  SECTION("text or a program in front of it, text behind it") {
    CHECK(look_into("#!/usr/bin/env python3\n" + zip) == Lines{"a 3", "b 2"});
    CHECK(look_into("MZ" + std::string(100, '\1') + zip) == Lines{"a 3", "b 2"});
    CHECK(look_into(zip + "some words, and more of them") == Lines{"a 3", "b 2"});
  }
  SECTION("other bytes in front of it") {
    const std::string front = std::string(50, '\1') + "and text";
    CHECK(look_into(front + zip) ==
          Lines{"a 3", "b 2", "archive: the zip has 58 bytes that belong to no file"});
  }
  SECTION("files that its directory does not name") {
    CHECK(look_into(zip_of({{"c", "1234"}}).substr(0, zip_of({{"c", "1234"}}).find("PK\1\2")) +
                    zip) == Lines{"a 3", "b 2", "c 4"});
  }
  SECTION("a wrong number of files, and a second end") {
    CHECK(look_into(changed("PK\5\6", 10, 1)) == Lines{"a 3", "b 2", contradiction});
    CHECK(look_into(zip + zip).back() == contradiction);
  }
  SECTION("a header that says something else") {
    CHECK(look_into(changed("PK\3\4", 8, 0)) ==
          Lines{"a 5", "a 3", "b 2", "a 5", "archive: 'a' in a zip is not what the directory says",
                "archive: 'a' in a zip has not the size that is named",
                "archive: 'a' in a zip has not the size that is named"});
  }
  SECTION("no directory") {
    CHECK(look_into(zip.substr(0, zip.find("PK\1\2"))) ==
          Lines{"a 3", "b 2", "archive: the zip is damaged: it has no directory"});
  }
  SECTION("a directory with content") {
    CHECK(look_into(zip_of({{"d/", "xyz"}})) == Lines{"d/ 3"});
  }
}

TEST_CASE("bytes in a zip are a signature of Android only where it says so") {
  const auto le64 = [](uint64_t value) {
    std::string bytes;
    for (; bytes.size() < 8; value >>= 8) bytes += static_cast<char>(value & 0xff);
    return bytes;
  };
  const std::string pairs = le64(54) + std::string(4, '\1') + std::string(50, '\xaa');
  const std::string mark = "APK Sig Block 42";
  const auto signed_with = [&](const std::string& block, bool in_front = false) {
    std::string zip = zip_of({{"a", "xyz"}});
    const size_t directory = zip.find("PK\1\2");
    if (in_front) return block + zip;
    zip[zip.find("PK\5\6") + 16] = static_cast<char>(directory + block.size());
    return zip.insert(directory, block);
  };
  const auto block_of = [&](uint64_t front, uint64_t end) {
    return le64(front) + pairs + le64(end) + mark;
  };
  const uint64_t size = pairs.size() + 24;
  const std::string told =
      "archive: the zip has " + std::to_string(size + 8) + " bytes that belong to no file";
  CHECK(look_into(signed_with(block_of(size, size))) == Lines{"a 3"});
  CHECK(look_into(signed_with(block_of(77777, 77777))) == Lines{"a 3", told});
  CHECK(look_into(signed_with(block_of(size + 1, size))) == Lines{"a 3", told});
  CHECK(look_into(signed_with(block_of(size, size), true)) == Lines{"a 3", told});
}

TEST_CASE("headers in a zip that belong to no file are paid for") {
  // With 65,535 bytes of extra fields, the last of which leads behind the next header.
  const auto headers = [](char name_size, int count) {
    std::string unit = "PK\3\4" + std::string(26, '\0') + std::string(28, '\0');
    unit[22] = 1;  // byte, which is not there
    unit[26] = name_size;
    unit[28] = unit[29] = '\xff';
    unit += std::string("\0\0\x1e\0", 4);
    std::string all;
    for (int i = 0; i < count; ++i) all += unit;
    return all;
  };
  Limits limits;
  SECTION("files") {
    limits.archive_entries = 10;
    CHECK(look_into(headers(0, 20), limits) ==
          Lines{"archive: the zip is damaged: it has no directory",
                "archive: archives of more than 10 files are not looked through to the end"});
  }
  SECTION("time") {
    limits.deadline = std::chrono::steady_clock::now();
    CHECK(look_into(headers(0, 20), limits) ==
          Lines{"archive: the zip is damaged: it has no directory",
                "out-of-time: the rest of an archive"});
  }
  SECTION("bytes") {
    limits.decoded_bytes = 200'000;
    const Lines lines = look_into(headers(1, 2000), limits);
    REQUIRE(lines.size() <= 6);
    CHECK(lines.back() ==
          "archive: archives of more than 200000 bytes unpacked are not looked through to the end");
  }
}

}  // namespace pushguard::test
