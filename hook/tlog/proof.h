// SPDX-License-Identifier: Apache-2.0
// Proofs that an entry is in a tree, and that a later tree begins with an earlier one
// (RFC 6962, sections 2.1.1 and 2.1.2), and their checks (RFC 9162, sections 2.1.3.2 and 2.1.4.2).
//
// Making one takes the hashes of all leaves. The first ones may be gone, as of a log whose oldest
// files were removed: then the edge of their tree stands for them.
#pragma once

#include <vector>

#include "tlog/tree.h"

namespace pushguard {

using Proof = std::vector<TreeHash>;

// The hashes of a tree's leaves, or of those behind a beginning of which only the edge is left.
class TreeLeaves {
 public:
  explicit TreeLeaves(TreeEdge beginning = {}) : beginning_(std::move(beginning)) {}

  void append(const TreeHash& leaf) { leaves_.push_back(leaf); }

  uint64_t size() const { return beginning_.size() + leaves_.size(); }
  uint64_t first() const { return beginning_.size(); }
  // Of a leaf from first() on.
  const TreeHash& leaf(uint64_t index) const { return leaves_[index - first()]; }

  // What follows is nothing where it takes more of the beginning than its edge has.
  // The edge and the root of the first `size` leaves.
  std::optional<TreeEdge> edge(uint64_t size) const;
  std::optional<TreeHash> root(uint64_t size) const { return range(0, size); }
  // The nearest sibling of leaf `index` first.
  std::optional<Proof> inclusion(uint64_t index, uint64_t size) const;
  // From the tree of the first `old_size` leaves to that of the first `size`.
  std::optional<Proof> consistency(uint64_t old_size, uint64_t size) const;

 private:
  std::optional<TreeHash> range(uint64_t begin, uint64_t end) const;

  TreeEdge beginning_;
  std::vector<TreeHash> leaves_;
};

bool proves_inclusion(const Proof& proof, uint64_t index, const TreeHash& leaf, uint64_t size,
                      const TreeHash& root);
bool proves_consistency(const Proof& proof, uint64_t old_size, const TreeHash& old_root,
                        uint64_t size, const TreeHash& root);

}  // namespace pushguard
