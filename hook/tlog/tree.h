// SPDX-License-Identifier: Apache-2.0
// A Merkle tree over the entries of a log (RFC 6962, section 2; RFC 9162 has the same one).
//
// A leaf is SHA-256 of the byte 0 and the entry, an inner node SHA-256 of the byte 1 and its two
// children. A tree of n > 1 leaves splits at the largest power of two below n. To append, only the
// right edge is needed: the roots of the full subtrees from left to right, one for each bit that
// is set in the size. Of 5 leaves:
//
//          root
//         /    \                edge: [0,4) [4,5)
//      [0,4)    4
//      /   \                    the size 5 is 101 in binary: a subtree of 4 leaves and one of 1
//   [0,2) [2,4)
//
// Rejected: a chain of hashes (to prove that one record is in it, all that follow must be shown);
// a tree of our own form (no other program could check it).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/digest.h"

namespace pushguard {

using TreeHash = std::array<uint8_t, 32>;

TreeHash leaf_hash(std::string_view entry);

// The same of an entry that comes in pieces.
class LeafHash {
 public:
  LeafHash();
  void add(std::string_view piece) { digest_.add(piece); }
  TreeHash finish() { return digest_.finish(); }

 private:
  Digest digest_;
};
TreeHash node_hash(const TreeHash& left, const TreeHash& right);
// The root of a tree without leaves: SHA-256 of nothing.
TreeHash empty_root();

// 64 lower-case hex digits.
std::string to_hex(const TreeHash& hash);
std::optional<TreeHash> hash_from_hex(std::string_view text);
// Standard base64 with padding, 44 characters. Nothing for any other spelling.
std::string to_base64(const TreeHash& hash);
std::optional<TreeHash> hash_from_base64(std::string_view text);

// A number as logs write it: decimal digits, no sign, no leading zero. Nothing for all else.
std::optional<uint64_t> read_number(std::string_view text);

// The right edge of a tree: enough to append and to know the root. At most 64 hashes.
class TreeEdge {
 public:
  TreeEdge() = default;
  // Nothing unless there is one root for each bit that is set in `size`.
  static std::optional<TreeEdge> from(uint64_t size, std::vector<TreeHash> roots);

  // Costs a node hash for each bit at the end of the size that is set: one at the average.
  void append(const TreeHash& leaf);

  TreeHash root() const;
  uint64_t size() const { return size_; }
  // The largest subtree first.
  std::span<const TreeHash> roots() const { return roots_; }

  friend bool operator==(const TreeEdge&, const TreeEdge&) = default;

 private:
  uint64_t size_ = 0;
  std::vector<TreeHash> roots_;
};

}  // namespace pushguard
