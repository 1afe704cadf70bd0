// SPDX-License-Identifier: Apache-2.0
#include "decode/tar_header.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace pushguard {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

uint8_t byte_of(char c) { return static_cast<uint8_t>(c); }

// The checksum field as the most lenient reader reads it; 0 for none.
constexpr uint32_t kMost = kTarBlock * 255;
uint32_t checksum_of(std::string_view field) {
  uint64_t value = 0;
  if (byte_of(field[0]) & 0x80) {
    for (const char c : field.substr(1)) value = value << 8 | byte_of(c);
    return value > kMost ? 0 : static_cast<uint32_t>(value);
  }
  // Go passes over NULs in front, Python over signs, prefixes and underscores.
  size_t at = 0;
  while (at < field.size() && (field[at] == '\0' || is_blank(field[at]))) ++at;
  for (; at < field.size(); ++at) {
    const char c = field[at];
    if (c >= '0' && c <= '7') {
      value = value << 3 | static_cast<uint64_t>(c - '0');
    } else if (c == '\0' || is_blank(c)) {
      break;
    } else if (c != '+' && c != '_' && (c | 0x20) != 'o') {
      return 0;
    }
  }
  return value > kMost ? 0 : static_cast<uint32_t>(value);
}

}  // namespace

std::string_view tar_text(std::string_view field) { return field.substr(0, field.find('\0')); }

TarNumber tar_number(std::string_view field) {
  TarNumber number;
  if (byte_of(field[0]) & 0x80) {
    number.odd = byte_of(field[0]) != 0x80;
    for (const char c : field.substr(1, field.size() - 9)) number.odd = number.odd || c != 0;
    for (const char c : field.substr(field.size() - 8)) {
      number.value = number.value << 8 | byte_of(c);
    }
    number.odd = number.odd || number.value >> 63;
    return number;
  }
  using namespace std::string_view_literals;
  std::string_view rest = field.substr(std::min(field.find_first_not_of(" \0"sv), field.size()));
  // GNU tar reads on behind a NUL in front, Go behind any number of them.
  number.odd =
      !rest.empty() && field.substr(0, field.size() - rest.size()).find('\0') != field.npos;
  while (!rest.empty() && rest[0] >= '0' && rest[0] <= '7') {
    number.value = number.value << 3 | static_cast<uint64_t>(rest[0] - '0');
    rest.remove_prefix(1);
  }
  const std::string_view behind = tar_text(rest);
  number.odd = number.odd || behind.find_first_not_of(' ') != behind.npos;
  return number;
}

bool is_tar_header(std::string_view block) {
  const std::string_view field = block.substr(148, 8);
  const uint32_t expected = checksum_of(field);
  if (expected == 0) return false;
  uint32_t sum = 0, high = 0;
  for (const char c : block.substr(0, kTarBlock)) {
    sum += byte_of(c);
    high += byte_of(c) >> 7;
  }
  for (const char c : field) {  // which counts as blanks
    sum += ' ' - uint32_t{byte_of(c)};
    high -= byte_of(c) >> 7;
  }
  return expected == sum || expected == sum - 256 * high;  // the second of signed bytes
}

TarHeader::TarHeader(std::string_view bytes)
    : block(bytes), type(bytes[156]), size(tar_number(bytes.substr(124, 12))) {}

bool TarHeader::has_file() const {
  // A name that ends with a slash is a directory in version 7.
  if (type == '0' || type == '\0') return !tar_text(block.substr(0, 100)).ends_with('/');
  return type < '1' || type > '6';
}

std::string TarHeader::name() const {
  std::string name(tar_text(block.substr(0, 100)));
  const std::string_view prefix = tar_text(block.substr(345, 155));
  const bool has_prefix = block.substr(257, 6) == std::string_view("ustar\0", 6);
  return has_prefix && !prefix.empty() ? fmt::format("{}/{}", prefix, name) : name;
}

PaxRecords read_pax_records(std::string_view data) {
  PaxRecords records;
  data = data.substr(0, data.find_last_not_of('\0') + 1);
  while (!data.empty()) {
    size_t length = 0;
    const auto [end, error] = std::from_chars(data.data(), data.data() + data.size(), length);
    const size_t digits = static_cast<size_t>(end - data.data());
    if (error != std::errc() || digits == data.size() || data[digits] != ' ' ||
        length > data.size() || length < digits + 2 || data[length - 1] != '\n') {
      records.odd = true;
      break;
    }
    const std::string_view pair = data.substr(digits + 1, length - digits - 2);
    const size_t equals = pair.find('=');
    const std::string_view key = pair.substr(0, equals);
    const std::string_view value = equals == pair.npos ? "" : pair.substr(equals + 1);
    if (key == "path") records.path = value;
    if (key == "size") {
      uint64_t size = 0;
      const auto [stop, wrong] = std::from_chars(value.data(), value.data() + value.size(), size);
      records.odd = records.odd || wrong != std::errc() || stop != value.data() + value.size() ||
                    (records.size && records.size != size);
      records.size = size;
    }
    records.sparse = records.sparse || key.starts_with("GNU.sparse.");
    records.odd = records.odd || equals == pair.npos;
    data.remove_prefix(length);
  }
  return records;
}

}  // namespace pushguard
