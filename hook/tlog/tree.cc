// SPDX-License-Identifier: Apache-2.0
#include "tlog/tree.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include "codec/encodings.h"
#include "vocabulary/digest.h"

namespace pushguard {
namespace {

std::string_view bytes_of(const TreeHash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// The value of a lower-case digit, or -1. A push reads some twenty hashes.
int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<TreeHash> hash_of(const std::optional<std::string>& bytes) {
  TreeHash hash;
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes->data(), hash.size());
  return hash;
}

}  // namespace

LeafHash::LeafHash() { digest_.add(std::string_view("\0", 1)); }

TreeHash leaf_hash(std::string_view entry) {
  LeafHash hash;
  hash.add(entry);
  return hash.finish();
}

TreeHash node_hash(const TreeHash& left, const TreeHash& right) {
  Digest digest;
  digest.add("\1");
  digest.add(bytes_of(left));
  digest.add(bytes_of(right));
  return digest.finish();
}

TreeHash empty_root() { return Digest().finish(); }

std::string to_hex(const TreeHash& hash) {
  std::string text;
  text.reserve(2 * hash.size());
  for (const uint8_t byte : hash) {
    text += kHexLower[byte >> 4];
    text += kHexLower[byte & 15];
  }
  return text;
}

std::optional<TreeHash> hash_from_hex(std::string_view text) {
  TreeHash hash;
  if (text.size() != 2 * hash.size()) return std::nullopt;
  for (size_t i = 0; i < hash.size(); ++i) {
    const int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return hash;
}

std::string to_base64(const TreeHash& hash) { return base64_encode(bytes_of(hash)); }

std::optional<TreeHash> hash_from_base64(std::string_view text) {
  const auto hash = hash_of(base64_decode(text));
  if (!hash || to_base64(*hash) != text) return std::nullopt;
  return hash;
}

std::optional<uint64_t> read_number(std::string_view text) {
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || stop != end || (text[0] == '0' && text.size() > 1))
    return std::nullopt;
  return number;
}

std::optional<TreeEdge> TreeEdge::from(uint64_t size, std::vector<TreeHash> roots) {
  if (roots.size() != static_cast<size_t>(std::popcount(size))) return std::nullopt;
  TreeEdge edge;
  edge.size_ = size;
  edge.roots_ = std::move(roots);
  return edge;
}

void TreeEdge::append(const TreeHash& leaf) {
  TreeHash hash = leaf;
  for (uint64_t full = size_; full & 1; full >>= 1) {
    hash = node_hash(roots_.back(), hash);
    roots_.pop_back();
  }
  roots_.push_back(hash);
  ++size_;
}

TreeHash TreeEdge::root() const {
  if (roots_.empty()) return empty_root();
  TreeHash hash = roots_.back();
  for (size_t i = roots_.size() - 1; i-- > 0;) hash = node_hash(roots_[i], hash);
  return hash;
}

}  // namespace pushguard
