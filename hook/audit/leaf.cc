// SPDX-License-Identifier: Apache-2.0
#include "audit/leaf.h"

#include <sys/random.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "codec/encodings.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr std::string_view kFormat = "{\"format\":\"pushguard-audit/2\",\"seq\":";
constexpr std::string_view kSalt = ",\"salt\":\"", kEnd = "\"}";
constexpr size_t kSaltDigits = 32;
constexpr std::string_view kHashed = "sha256:";

std::string hex(std::string_view bytes) {
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kHexLower[byte >> 4];
    text += kHexLower[byte & 15];
  }
  return text;
}

// Whether `text` ends with a personal key and its quotes.
bool ends_with_personal_key(std::string_view text) {
  return std::ranges::any_of(kPersonalKeys, [&](std::string_view key) {
    return text.size() >= key.size() + 2 && text.ends_with('"') &&
           text.substr(text.size() - key.size() - 1, key.size()) == key &&
           text[text.size() - key.size() - 2] == '"';
  });
}

// The place of the quote that ends the string whose first byte is at `begin`.
size_t end_of_string(std::string_view text, size_t begin) {
  for (size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at;
    }
  }
  return text.npos;
}

// Takes `what` off the start of `text`.
bool take(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what)) return false;
  text.remove_prefix(what.size());
  return true;
}

std::string_view take_until(std::string_view& text, std::string_view stops) {
  const std::string_view taken = text.substr(0, text.find_first_of(stops));
  text.remove_prefix(taken.size());
  return taken;
}

// The edge of the tree of `size` leaves: "HEX","HEX"]
std::optional<TreeEdge> read_edge(std::string_view rest, uint64_t size) {
  std::vector<TreeHash> roots;
  do {
    const auto root = take(rest, "\"") ? hash_from_hex(take_until(rest, "\"")) : std::nullopt;
    if (!root || !take(rest, "\"")) return std::nullopt;
    roots.push_back(*root);
  } while (take(rest, ",") && roots.size() < 64);
  return rest.starts_with(']') ? TreeEdge::from(size, std::move(roots)) : std::nullopt;
}

}  // namespace

bool has_salt(std::string_view line) {
  constexpr size_t kSize = kSalt.size() + kSaltDigits + kEnd.size();
  if (line.size() < kSize || !line.ends_with(kEnd)) return false;
  line.remove_prefix(line.size() - kSize);
  return take(line, kSalt) && consists_of(line.substr(0, kSaltDigits), kHexLower);
}

namespace {

// Hands the leaf's text to `add` in pieces: a record of many findings is not copied.
template <typename Add>
void each_piece(std::string_view line, Add add) {
  if (!has_salt(line)) return add(line);
  const size_t salt_at = line.size() - kEnd.size() - kSaltDigits;
  const std::string salt = *hex_decode(line.substr(salt_at, kSaltDigits));
  line.remove_suffix(line.size() - salt_at + kSalt.size());
  size_t told = 0;
  for (size_t at = line.find(':'); at != line.npos; at = line.find(':', at)) {
    const std::string_view key = line.substr(0, at++);
    // A quote within a string has a backslash before it, so `":` stands behind a key only.
    if (!ends_with_personal_key(key)) continue;
    const bool is_list = line.substr(at, 1) == "[";
    do {
      if (line.substr(at += is_list, 1) != "\"") break;
      const size_t begin = at + 1, end = end_of_string(line, begin);
      if (end == line.npos) break;
      if (end > begin) {
        Digest digest;
        digest.add(salt);
        digest.add(line.substr(begin, end - begin));
        add(line.substr(told, begin - told));
        add(kHashed);
        add(to_hex(digest.finish()));
        told = end;
      }
      at = end + 1;
    } while (is_list && line.substr(at, 1) == ",");
  }
  add(line.substr(told));
  add("}");
}

}  // namespace

std::string leaf_text(std::string_view line) {
  std::string text;
  each_piece(line, [&](std::string_view piece) { text += piece; });
  return text;
}

TreeHash record_leaf(std::string_view line) {
  LeafHash hash;
  each_piece(line, [&](std::string_view piece) { hash.add(piece); });
  return hash.finish();
}

std::string new_salt() {
  char bytes[kSaltDigits / 2];
  if (getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) {
    throw Error(fmt::format("no random numbers on this machine: {}", std::strerror(errno)));
  }
  return hex({bytes, sizeof bytes});
}

std::optional<RecordHead> read_head(std::string_view line) {
  if (!take(line, kFormat)) return std::nullopt;
  const auto seq = read_number(take_until(line, ","));
  if (!seq || !take(line, ",\"prev\":\"")) return std::nullopt;
  RecordHead head{*seq, hash_from_hex(take_until(line, "\"")), std::nullopt};
  if (take(line, "\",\"edge\":[")) head.edge = read_edge(line, *seq);
  return head;
}

}  // namespace pushguard
