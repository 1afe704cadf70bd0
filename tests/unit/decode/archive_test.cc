// SPDX-License-Identifier: Apache-2.0
// Limits and unusual headers. tests/push/test_archives.py tests the formats themselves with
// archives that other programs write.
#include "decode/archive.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "support/encode.h"

namespace pushguard::test {
namespace {

using Lines = std::vector<std::string>;

std::string tar_entry(const std::string& name, const std::string& content, char type = '0',
                      const std::string& size = {}) {
  std::string header(512, '\0');
  header.replace(0, name.size(), name);
  std::string octal;
  for (size_t left = content.size(); left > 0; left /= 8)
    octal.insert(0, 1, static_cast<char>('0' + left % 8));
  const std::string& field = size.empty() ? octal : size;
  header.replace(124, field.size(), field);
  header[156] = type;
  header.replace(257, 5, "ustar");
  return header + content + std::string((512 - content.size() % 512) % 512, '\0');
}

// A line "NAME SIZE" for each file, then a line "WHY: DETAIL" for each Unscanned.
Lines look_into(std::string_view content, const Limits& limits = {}) {
  Lines files, gaps;
  ArchiveReader(limits).read(
      content, archive_kind(content),
      [&](std::string_view name, std::string_view file) {
        files.push_back(std::string(name) + " " + std::to_string(file.size()));
      },
      [&](Why why, std::string detail) {
        gaps.push_back(std::string(to_string(why)) + ": " + detail);
      });
  files.insert(files.end(), gaps.begin(), gaps.end());
  return files;
}

}  // namespace

TEST_CASE("an archive is recognised by its first bytes") {
  CHECK(archive_kind(in_gzip("x")) == ArchiveKind::gzip);
  CHECK(archive_kind("PK\x03\x04") == ArchiveKind::zip);
  CHECK(archive_kind(tar_entry("a", "x")) == ArchiveKind::tar);
  CHECK(archive_kind("PK\x05\x06") == ArchiveKind::none);
  CHECK(archive_kind("\x1f\x8b\x08") == ArchiveKind::none);
  CHECK(archive_kind("") == ArchiveKind::none);
}

TEST_CASE("a tar is read up to its end, and only its files") {
  CHECK(look_into(tar_entry("dir/", "", '5') + tar_entry("a", "xyz") + tar_entry("link", "", '2') +
                  tar_entry("b", std::string(600, 'y')) + std::string(1024, '\0')) ==
        Lines{"a 3", "b 600"});
  SECTION("a size in base 256") {
    CHECK(look_into(tar_entry("a", "xyz", '0', std::string("\x80\0\0\0\0\0\0\0\0\0\0\3", 12))) ==
          Lines{"a 3"});
  }
  SECTION("a size that is a lie") {
    CHECK(look_into(tar_entry("a", "xyz") + tar_entry("b", "x", '0', "77777777777")) ==
          Lines{"a 3", "archive: the tar is damaged: it ends too early"});
  }
  SECTION("long names of pax, with and without a size") {
    CHECK(look_into(tar_entry("p", "13 path=long\n10 size=2\n", 'x') +
                    tar_entry("a", "xy", '0', "1")) == Lines{"long 2"});
  }
}

TEST_CASE("unpacking ends at the limits, and the rest is reported as unscanned") {
  std::string files;
  for (const char* name : {"a", "b", "c"}) files += tar_entry(name, std::string(100, 'x'));
  Limits limits;
  SECTION("files") {
    limits.archive_entries = 2;
    CHECK(look_into(files, limits) ==
          Lines{"a 100", "b 100",
                "archive: archives of more than 2 files are not looked through to the end"});
  }
  SECTION("bytes") {
    limits.decoded_bytes = 150;
    CHECK(
        look_into(files, limits) ==
        Lines{
            "a 100", "b 50", "archive: 'b' in a tar has more than 50 bytes",
            "archive: archives of more than 150 bytes unpacked are not looked through to the end"});
  }
  SECTION("time") {
    limits.deadline = std::chrono::steady_clock::now();
    CHECK(look_into(files, limits) == Lines{"out-of-time: the rest of an archive"});
  }
}

}  // namespace pushguard::test
