// SPDX-License-Identifier: Apache-2.0
// Limits and unusual headers. tests/push/test_archives.py tests the formats themselves with
// archives that other programs write.
#include "decode/archive.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "support/archives.h"
#include "support/encode.h"
#include "support/look_into.h"

namespace pushguard::test {

TEST_CASE("an archive is recognised by its bytes") {
  using Kinds = std::vector<ArchiveKind>;
  CHECK(archive_kinds(in_gzip("x")) == Kinds{ArchiveKind::gzip});
  CHECK(archive_kinds("PK\x03\x04") == Kinds{ArchiveKind::zip});
  CHECK(archive_kinds(tar_entry("a", "x")) == Kinds{ArchiveKind::tar});
  CHECK(archive_kinds("PK\x05\x06").empty());
  CHECK(archive_kinds("\x1f\x8b\x08").empty());
  CHECK(archive_kinds("").empty());
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
          Lines{"a 3", "b 512", "archive: the tar is damaged: it ends too early"});
  }
  SECTION("long names of pax, with and without a size") {
    CHECK(look_into(tar_entry("p", "13 path=long\n10 size=2\n", 'x') +
                    tar_entry("a", "xy", '0', "1")) == Lines{"long 2"});
  }
}

TEST_CASE("a tar is read as the most lenient reader reads it") {
  const std::string end(1024, '\0');
  SECTION("types that nobody knows are files") {
    CHECK(look_into(tar_entry("z", "xyz", 'Z') + tar_entry("7", "xy", '7') +
                    tar_entry("n", "x", '\0')) == Lines{"z 3", "7 2", "n 1"});
  }
  SECTION("version 7, which has no magic number") {
    CHECK(look_into(tar_entry("a", "xyz", '\0', {}, "") + end) == Lines{"a 3"});
  }
  SECTION("a second tar behind the end of the first, and in front of both what is none") {
    CHECK(look_into(std::string(512, '\0') + tar_entry("a", "x") + end + tar_entry("b", "y") +
                    end) == Lines{"a 1", "b 1"});
    CHECK(look_into(std::string(512, '?') + tar_entry("a", "x")) == Lines{"a 1"});
  }
  SECTION("bytes that belong to no file, and are no text") {
    CHECK(look_into(tar_entry("a", "x") + std::string(256, '?') + std::string(256, '\1')) ==
          Lines{"a 1", "archive: the tar has 512 bytes that belong to no file"});
  }
  SECTION("sizes on which readers do not agree") {
    const std::string told = "archive: the tar has sizes that readers take in different ways";
    CHECK(look_into(tar_entry("d", tar_entry("a", "x"), '5') + end) ==
          Lines{"d 1024", "a 1", told});
    CHECK(look_into(tar_entry("a", "xyz", '0', "0o3") + end) == Lines{"a 0", told});
    CHECK(look_into(tar_entry("p", "99 size=2\n", 'x') + tar_entry("a", "xy") + end) ==
          Lines{"a 2", told});
  }
  SECTION("a pax value with line ends in it is one value") {
    CHECK(look_into(tar_entry("p", "22 comment=\n9 size=1\n\n", 'x') + tar_entry("a", "xyz") +
                    end) == Lines{"a 3"});
  }
  SECTION("sparse files are not put together") {
    CHECK(look_into(tar_entry("s", "x", 'S') + end) ==
          Lines{"s 1", "archive: 's' in a tar is sparse"});
  }
  SECTION("a checksum of signed bytes") {
    std::string header = tar_entry("\xe9", "x").substr(0, 512);
    int sum = 8 * ' ';
    for (size_t i = 0; i < 512; ++i) {
      if (i < 148 || i >= 156) sum += static_cast<signed char>(header[i]);
    }
    std::string digits;
    for (; sum > 0; sum /= 8) digits.insert(0, 1, static_cast<char>('0' + sum % 8));
    header.replace(148, 8, digits + std::string(8 - digits.size(), '\0'));
    CHECK(look_into(header + "x" + std::string(511, '\0')) == Lines{"\xe9 1"});
  }
}

TEST_CASE("NULs and blanks in front of a number in a tar do not hide its file") {
  const std::string end(1024, '\0');
  std::string header = tar_entry("a", "xyz").substr(0, 512);
  header.replace(148, 8, std::string(2, '\0') + header.substr(148, 6));
  CHECK(look_into(header + "xyz" + std::string(509, '\0') + end) == Lines{"a 3"});
  header.replace(148, 8, std::string("\0 ", 2) + header.substr(150, 6));
  CHECK(look_into(header + "xyz" + std::string(509, '\0') + end) == Lines{"a 3"});
  CHECK(look_into(tar_entry("a", "xyz", '0', std::string(2, '\0') + "0000000003") + end) ==
        Lines{"a 3", "archive: the tar has sizes that readers take in different ways"});
}

TEST_CASE("an lzma file is told by what any reader takes for one") {
  const std::string text(100, 'x');
  const std::string lzma = packed(text, Packing::lzma);
  const auto with = [&](size_t at, std::string_view bytes) {
    std::string copy = lzma;
    return copy.replace(at, bytes.size(), bytes);
  };
  using namespace std::string_view_literals;
  SECTION("any window") {
    for (const auto window :
         {"\1\0\0\0"sv, "\2\0\0\0"sv, "\3\0\0\0"sv, "\0\x8\0\0"sv, "\0\xc\0\0"sv}) {
      CHECK(look_into(with(1, window)) == Lines{" 100"});
    }
    CHECK(look_into(with(1, "\0\0\0\0"sv)).empty());
    CHECK(look_into(with(1, "\5\0\0\0"sv)).empty());
  }
  SECTION("no text, and a second stream right behind it") {
    const std::string empty = with(5, std::string(13, '\0')).substr(0, 18);
    CHECK(look_into(empty + lzma) == Lines{" 100"});
    CHECK(look_into(empty + std::string(50, '\1')).empty());
  }
  SECTION("damage behind a short text") {
    const Lines damaged = look_into(packed("short", Packing::lzma).substr(0, 22));
    REQUIRE(damaged.size() == 2);
    CHECK(damaged[0].starts_with(" "));
    CHECK(damaged[1] == "archive: the lzma is damaged");
    CHECK(look_into(with(13, "\0\xff\xff\xff\xff"sv)).empty());
  }
  SECTION("properties that only some readers take") {
    CHECK(look_into(with(0, "\x8"sv)) ==
          Lines{"archive: the lzma has properties that are not read"});
  }
}

TEST_CASE("a tar that ends with a zip is both") {
  const Lines lines =
      look_into(tar_entry("a.zip", zip_of({{"a", "xyz"}})) + std::string(1024, '\0'));
  REQUIRE(lines.size() == 2);
  CHECK(lines[1] == "a 3");
}

TEST_CASE("a name is shown whole or not at all") {
  const auto told = [](size_t size) {
    std::string zip = zip_of({{std::string(size, 'n'), "x"}});
    zip[6] = zip[zip.find("PK\1\2") + 8] = 1;
    return look_into(zip);
  };
  CHECK(told(255) == Lines{"archive: '" + std::string(255, 'n') + "' in a zip is encrypted"});
  CHECK(told(256) == Lines{"archive: a file with a name of 256 bytes in a zip is encrypted"});
}

TEST_CASE("the files in an ar archive") {
  const auto member = [](std::string name, std::string content) {
    name.resize(48, ' ');
    std::string size = std::to_string(content.size());
    size.resize(10, ' ');
    return name + size + "`\n" + content + std::string(content.size() % 2, '\n');
  };
  const std::string archive = "!<arch>\n" + member("a.o/", "xyz") + member("b", "xy");
  CHECK(look_into(archive) == Lines{"a.o 3", "b 2"});
  CHECK(look_into(archive.substr(0, archive.size() - 1)) ==
        Lines{"a.o 3", "b 1", "archive: the ar archive is damaged: it ends too early"});
  CHECK(look_into(archive + std::string("\1\2\3", 3) + std::string(30, '\4')) ==
        Lines{"a.o 3", "b 2", "archive: the ar archive is damaged"});
  SECTION("names in front of the content, as BSD writes them") {
    const auto read = [&](const std::string& name, const std::string& content) {
      return look_into("!<arch>\n" + member(name, content) + member("b", "xy"));
    };
    CHECK(read("#1/12", std::string("long name\0\0\0xyz", 15)) == Lines{"long name 3", "b 2"});
    CHECK(read("#1/3", "abc") == Lines{"abc 0", "b 2"});
    const std::string damaged = "archive: the ar archive is damaged";
    CHECK(read("#1/4", "abc") == Lines{"#1/4 3", "b 2", damaged});
    CHECK(read("#1/x", "abc") == Lines{"#1/x 3", "b 2", damaged});
    CHECK(read("#1/", "abc") == Lines{"#1/ 3", "b 2", damaged});
  }
}

TEST_CASE("archives that are not looked into are named") {
  using namespace std::string_view_literals;
  const auto told = [](std::string_view start) {
    return look_into(std::string(start) + std::string(100, '0'));
  };
  CHECK(told("7z\xbc\xaf\x27\x1c") == Lines{"archive: a 7z archive is not looked into"});
  CHECK(told("Rar!\x1a\x07\0"sv) == Lines{"archive: a rar archive is not looked into"});
  CHECK(told("Rar!\x1a\x07\1\0"sv) == Lines{"archive: a rar archive is not looked into"});
  CHECK(told("MSCF\0\0\0\0"sv) == Lines{"archive: a cabinet (cab) is not looked into"});
  CHECK(told("\x04\x22\x4d\x18") == Lines{"archive: an lz4 file is not looked into"});
  CHECK(told("070701") == Lines{"archive: a cpio archive is not looked into"});
  CHECK(told("\xed\xab\xee\xdb") == Lines{"archive: an rpm package is not looked into"});
  CHECK(told("MZ....7z\xbc\xaf\x27\x1c") ==
        Lines{"archive: a 7z archive that unpacks itself is not looked into"});
  SECTION("behind other bytes, where programs look for them, too") {
    for (const std::string_view front : {"some text\n"sv, "\x89PNG\r\n\x1a\n\0\0\0\x1c"sv}) {
      const auto behind = [&](std::string_view magic) {
        return told(std::string(front) + std::string(magic));
      };
      CHECK(behind("7z\xbc\xaf\x27\x1c") == Lines{"archive: a 7z archive is not looked into"});
      CHECK(behind("Rar!\x1a\x07\1\0"sv) == Lines{"archive: a rar archive is not looked into"});
      CHECK(behind("MSCF\0\0\0\0"sv) == Lines{"archive: a cabinet (cab) is not looked into"});
    }
    CHECK(told("\x1c\x1a 7z\xbc\xaf\x27 Rar!\x1a MSCF\0\0"sv).empty());
  }
  CHECK(told("070701 is the first of July\n").empty());
  CHECK(told("ls -lh\n").empty());
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
