// SPDX-License-Identifier: Apache-2.0
#include "tlog/proof.h"

#include <algorithm>
#include <bit>

namespace pushguard {
namespace {

// Where a tree of `size` > 1 leaves splits.
uint64_t split(uint64_t size) { return std::bit_floor(size - 1); }

void skip_right_edges(uint64_t& index, uint64_t& last) {
  while (index != 0 && (index & 1) == 0) {
    index >>= 1;
    last >>= 1;
  }
}

}  // namespace

// The root over the leaves from `begin` to `end`, a subtree of the tree.
std::optional<TreeHash> TreeLeaves::range(uint64_t begin, uint64_t end) const {
  if (end > size()) return std::nullopt;
  if (begin == end) return empty_root();
  if (begin < first()) {
    uint64_t at = 0;  // where a subtree of the beginning's edge starts
    for (const TreeHash& root : beginning_.roots()) {
      const uint64_t leaves = std::bit_floor(first() - at);
      if (at == begin && at + leaves == end) return root;
      at += leaves;
    }
  } else if (end - begin == 1) {
    return leaf(begin);
  }
  if (end - begin == 1) return std::nullopt;
  const uint64_t middle = begin + split(end - begin);
  const auto left = range(begin, middle);
  const auto right = left ? range(middle, end) : std::nullopt;
  if (!right) return std::nullopt;
  return node_hash(*left, *right);
}

std::optional<TreeEdge> TreeLeaves::edge(uint64_t size) const {
  std::vector<TreeHash> roots;
  for (uint64_t at = 0; at < size;) {
    const uint64_t leaves = std::bit_floor(size - at);
    const auto root = range(at, at + leaves);
    if (!root) return std::nullopt;
    roots.push_back(*root);
    at += leaves;
  }
  return TreeEdge::from(size, std::move(roots));
}

std::optional<Proof> TreeLeaves::inclusion(uint64_t index, uint64_t size) const {
  if (index >= size || size > this->size()) return std::nullopt;
  Proof proof;
  for (uint64_t begin = 0, end = size; end - begin > 1;) {
    const uint64_t middle = begin + split(end - begin);
    const bool is_left = index < middle;
    const auto sibling = is_left ? range(middle, end) : range(begin, middle);
    if (!sibling) return std::nullopt;
    proof.push_back(*sibling);
    (is_left ? end : begin) = middle;
  }
  std::ranges::reverse(proof);
  return proof;
}

std::optional<Proof> TreeLeaves::consistency(uint64_t old_size, uint64_t size) const {
  if (old_size > size || size > this->size()) return std::nullopt;
  Proof proof;
  if (old_size == 0 || old_size == size) return proof;
  uint64_t begin = 0, end = size;
  while (end != old_size) {  // down to the subtree that ends where the old tree does
    const uint64_t middle = begin + split(end - begin);
    const bool is_left = old_size <= middle;
    const auto sibling = is_left ? range(middle, end) : range(begin, middle);
    if (!sibling) return std::nullopt;
    proof.push_back(*sibling);
    (is_left ? end : begin) = middle;
  }
  if (begin != 0) {  // else it is the old tree itself, whose root is known
    const auto own = range(begin, end);
    if (!own) return std::nullopt;
    proof.push_back(*own);
  }
  std::ranges::reverse(proof);
  return proof;
}

bool proves_inclusion(const Proof& proof, uint64_t index, const TreeHash& leaf, uint64_t size,
                      const TreeHash& root) {
  if (index >= size) return false;
  uint64_t last = size - 1;
  TreeHash hash = leaf;
  for (const TreeHash& sibling : proof) {
    if (last == 0) return false;
    if ((index & 1) || index == last) {
      hash = node_hash(sibling, hash);
      skip_right_edges(index, last);
    } else {
      hash = node_hash(hash, sibling);
    }
    index >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool proves_consistency(const Proof& proof, uint64_t old_size, const TreeHash& old_root,
                        uint64_t size, const TreeHash& root) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  uint64_t index = old_size - 1, last = size - 1;
  while (index & 1) {
    index >>= 1;
    last >>= 1;
  }
  auto next = proof.begin();
  const bool is_whole = std::has_single_bit(old_size);
  if (!is_whole && next == proof.end()) return false;
  TreeHash old_hash = is_whole ? old_root : *next++, hash = old_hash;
  for (; next != proof.end(); ++next) {
    if (last == 0) return false;
    if ((index & 1) || index == last) {
      old_hash = node_hash(*next, old_hash);
      hash = node_hash(*next, hash);
      skip_right_edges(index, last);
    } else {
      hash = node_hash(hash, *next);
    }
    index >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace pushguard
