// SPDX-License-Identifier: Apache-2.0
#include "detect/archive_scanner.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <vector>

#include "support/archives.h"
#include "support/encode.h"

namespace pushguard::test {
namespace {

using namespace std::string_view_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view kHidden = "alpha/omega";

// Finds one text, which stands for a secret.
std::vector<Finding> find_hidden(const Object& file, std::optional<Cause>&) {
  std::vector<Finding> found;
  if (file.content.find(kHidden) == file.content.npos) return found;
  found.emplace_back().secret = Secret(kHidden);
  return found;
}

Lines gaps_of(const ArchiveScanner& archives) {
  Lines lines;
  for (const Unscanned& gap : archives.unscanned()) {
    lines.push_back(std::string(to_string(gap.why)) + ": " + gap.detail);
  }
  return lines;
}

// What is left out of `content`, which arrives in parts of 1,000 bytes with margins of 100.
Lines left_out_in_parts(std::string_view content, const Limits& limits) {
  ArchiveScanner archives(limits, find_hidden);
  Lines lines;
  for (size_t begin = 0; begin < content.size(); begin += 1000) {
    const size_t margin = begin == 0 ? 0 : 100;
    Object::Part part;
    part.offset = begin - margin;
    part.size = content.size();
    Object object{{}, ObjectType::blob, content.substr(part.offset, margin + 1100)};
    part.own = {margin, std::min(object.content.size(), margin + 1000)};
    if (begin + 1000 >= content.size()) part.own.end = object.content.size();
    object.part = &part;
    archives.scan(object);
    for (const std::string& gap : gaps_of(archives)) lines.push_back(gap);
    if (part.own.end == object.content.size()) break;
  }
  return lines;
}

}  // namespace

TEST_CASE("an archive in a large blob is told, wherever it begins or ends") {
  Limits limits;
  const std::string text(3500, 't'), tail(2000, '\0');
  const std::string zip = zip_of({{"a", "xyz"}});
  SECTION("one that is too large") {
    limits.archive_bytes = 3000;
    const Lines large{"archive: archives of more than 3000 bytes are not unpacked"};
    CHECK(left_out_in_parts(text + zip, limits) == large);
    CHECK(left_out_in_parts(text + zip + tail, limits) == large);
    const size_t end = zip.find("PK\5\6");
    CHECK(left_out_in_parts(text + zip.substr(0, end) + tail + zip.substr(end) + tail, limits) ==
          large);
    CHECK(left_out_in_parts(text + "PK\5\6" + tail, limits).empty());
  }
  SECTION("one of a format that is not read") {
    const Lines rar{"archive: a rar archive is not looked into"};
    for (const size_t front : {2500, 995, 1997}) {
      const std::string blob = text.substr(0, front) + "Rar!\x1a\x07" + tail;
      limits.archive_bytes = 10'000;
      CHECK(left_out_in_parts(blob, limits) == rar);
      limits.archive_bytes = 1000;
      CHECK(left_out_in_parts(blob, limits) == rar);
      CHECK(left_out_in_parts(blob + "Rar!\x1a\x07", limits) == rar);
    }
  }
}

TEST_CASE("what is left out more than ten times is summed up by its reason") {
  std::string files;
  for (int i = 0; i < 12; ++i) files += tar_entry("gz", in_gzip("x").substr(0, 18));
  files += tar_entry("late", in_gzip("x")) + tar_entry("later", "x");
  Limits limits;
  limits.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
  ArchiveScanner archives(limits, [&](const Object& file, std::optional<Cause>&) {
    while (file.content == in_gzip("x") && !limits.out_of_time()) continue;
    return std::vector<Finding>();
  });
  archives.scan({{}, ObjectType::blob, files});
  const std::vector<Unscanned>& gaps = archives.unscanned();
  REQUIRE(gaps.size() == 13);
  CHECK(gaps[9].why == Why::archive);
  CHECK(gaps[10].why == Why::out_of_time);
  CHECK(gaps[11].why == Why::out_of_time);
  CHECK(gaps[11].detail == "and 1 more in the same blob");
  CHECK(gaps[11].count == 1);
  CHECK(gaps[12].why == Why::archive);
  CHECK(gaps[12].detail == "and 2 more in the same blob");
  CHECK(gaps[12].count == 2);
}

TEST_CASE("a secret that only a joined name has is found before the name is told") {
  ArchiveScanner archives({}, [](const Object& file, std::optional<Cause>& cause) {
    std::vector<Finding> found = find_hidden(file, cause);
    if (file.content == "mark") found.emplace_back().secret = Secret("mark");
    return found;
  });
  const auto secrets = [&](const std::string& content) {
    Lines lines;
    for (const Finding& finding : archives.scan({{}, ObjectType::blob, content})) {
      lines.emplace_back(finding.secret.reveal_for_comparison());
    }
    return lines;
  };
  const auto with_prefix = [](const std::string& content, char type) {
    std::string tar = tar_entry("omega", content, type, {}, "ustar\0"sv);
    tar.replace(345, 5, "alpha");
    return with_checksum(tar.substr(0, 512)) + tar.substr(512) + std::string(1024, '\0');
  };
  CHECK(secrets(with_prefix("mark", '0')) == Lines{"mark", std::string(kHidden)});
  CHECK(secrets(with_prefix("none", '0')).empty());
  CHECK(secrets(with_prefix("none", 'S')) == Lines{std::string(kHidden)});
  CHECK(gaps_of(archives) == Lines{"archive: 'alpha/omega' in a tar is sparse"});
  const std::string inner = tar_entry("omega", "mark") + std::string(1024, '\0');
  CHECK(secrets(tar_entry("alpha", in_gzip(inner)) + std::string(1024, '\0')) ==
        Lines{"mark", std::string(kHidden)});
}

}  // namespace pushguard::test
