// SPDX-License-Identifier: Apache-2.0
#include "objects/stored_format.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

#include "objects/byte_reader.h"
#include "objects/inflate_stream.h"
#include "objects/object.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::string_view kPack = "PACK\0\0\0"sv;  // and the version, 2 or 3
constexpr size_t kShortestPack = 12 + 20;           // a header and the hash of nothing

bool is_loose_object(std::string_view content) {
  // The first two bytes of a zlib stream are a multiple of 31 (RFC 1950), and 8 is DEFLATE.
  if (content.size() < 2 || (content[0] & 0x0f) != 8) return false;
  const auto* bytes = reinterpret_cast<const uint8_t*>(content.data());
  if ((bytes[0] << 8 | bytes[1]) % 31 != 0) return false;
  std::array<uint8_t, 32> start{};
  size_t got = 0;
  InflateStream stream({bytes, content.size()});
  try {
    got = stream.read(start);
  } catch (const Damaged&) {
    got = stream.salvaged();
  }
  const std::string_view text(reinterpret_cast<const char*>(start.data()), got);
  const size_t space = text.find(' '), end = text.find('\0');
  if (space == text.npos || end == text.npos || end < space + 2) return false;
  return object_type(text.substr(0, space)) != ObjectType::unknown &&
         std::ranges::all_of(text.substr(space + 1, end - space - 1), is_digit);
}

// Of a regular file; "" when it cannot be read.
std::string start_of(const fs::path& file) {
  std::error_code failure;
  std::string start;
  if (!fs::is_regular_file(file, failure)) return start;
  start.resize(4096);
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<size_t>(stream.gcount()));
  return start;
}

// Whether `take` returns true for any entry of `directory`.
template <typename Take>
bool any_entry(const fs::path& directory, Take take) {
  std::error_code failure;
  for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (take(entry->path())) return true;
  }
  return false;
}

// In a repository the names suffice: its objects may be damaged.
bool has_loose_object(const fs::path& directory, bool by_name) {
  const std::string name = directory.filename().native();
  if (name.size() != 2 || !std::ranges::all_of(name, is_hex_digit)) return false;
  return any_entry(directory, [&](const fs::path& file) {
    const std::string digits = file.filename().native();
    return (digits.size() == 38 || digits.size() == 62) &&
           std::ranges::all_of(digits, is_hex_digit) &&
           (by_name || is_loose_object(start_of(file)));
  });
}

}  // namespace

std::string_view stored_format(std::string_view content) {
  if (content.size() >= kShortestPack && content.starts_with(kPack) &&
      (content[kPack.size()] == 2 || content[kPack.size()] == 3)) {
    return "a pack";
  }
  if (content.starts_with("# v2 git bundle\n") || content.starts_with("# v3 git bundle\n")) {
    return "a bundle";
  }
  return is_loose_object(content) ? "a loose object" : "";
}

bool is_object_directory(const fs::path& directory) {
  std::error_code failure;
  const bool by_name = fs::exists(fs::symlink_status(directory.parent_path() / "HEAD", failure));
  const auto is_pack = [&](const fs::path& file) {
    return file.extension() == ".pack" && (by_name || stored_format(start_of(file)) == "a pack");
  };
  if (any_entry(directory / "pack", is_pack)) return true;
  if (!start_of(directory / "info" / "alternates").empty()) return true;
  return any_entry(directory,
                   [&](const fs::path& below) { return has_loose_object(below, by_name); });
}

}  // namespace pushguard
