// SPDX-License-Identifier: Apache-2.0
// The tree of the log beside RFC 6962, section 2, written down as it stands there.
#include "tlog/tree.h"

#include <catch2/catch.hpp>

#include "tlog/proof.h"
#include "vocabulary/digest.h"

namespace pushguard {
namespace {

using Leaves = std::vector<std::string>;

std::string sha256(const std::string& bytes) {
  Digest digest;
  digest.add(bytes);
  const TreeHash hash = digest.finish();
  return {hash.begin(), hash.end()};
}

uint64_t largest_power_below(uint64_t n) {
  uint64_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

Leaves part(const Leaves& d, uint64_t begin, uint64_t end) {
  return {d.begin() + static_cast<ptrdiff_t>(begin), d.begin() + static_cast<ptrdiff_t>(end)};
}

// MTH(D[n])
std::string mth(const Leaves& d) {
  if (d.empty()) return sha256("");
  if (d.size() == 1) return sha256(std::string(1, '\0') + d[0]);
  const uint64_t k = largest_power_below(d.size());
  return sha256(std::string(1, '\1') + mth(part(d, 0, k)) + mth(part(d, k, d.size())));
}

Leaves and_then(Leaves list, std::string last) {
  list.push_back(std::move(last));
  return list;
}

// PATH(m, D[n])
Leaves path(uint64_t m, const Leaves& d) {
  if (d.size() == 1) return {};
  const uint64_t k = largest_power_below(d.size());
  if (m < k) return and_then(path(m, part(d, 0, k)), mth(part(d, k, d.size())));
  return and_then(path(m - k, part(d, k, d.size())), mth(part(d, 0, k)));
}

// SUBPROOF(m, D[n], b)
Leaves subproof(uint64_t m, const Leaves& d, bool b) {
  if (m == d.size()) return b ? Leaves{} : Leaves{mth(d)};
  const uint64_t k = largest_power_below(d.size());
  if (m <= k) return and_then(subproof(m, part(d, 0, k), b), mth(part(d, k, d.size())));
  return and_then(subproof(m - k, part(d, k, d.size()), false), mth(part(d, 0, k)));
}

Leaves bytes_of(const Proof& proof) {
  Leaves texts;
  for (const TreeHash& hash : proof) texts.emplace_back(hash.begin(), hash.end());
  return texts;
}

std::string bytes_of(const TreeHash& hash) { return {hash.begin(), hash.end()}; }

// One bit of it is another one.
TreeHash flipped(TreeHash hash, size_t bit) {
  hash[bit / 8 % hash.size()] ^= static_cast<uint8_t>(1 << bit % 8);
  return hash;
}

struct Tree {
  explicit Tree(uint64_t size) {
    for (uint64_t i = 0; i < size; ++i) {
      entries.push_back("entry " + std::to_string(i));
      leaves.append(leaf_hash(entries.back()));
    }
  }

  Leaves entries;
  TreeLeaves leaves;
};

constexpr uint64_t kMost = 40;

}  // namespace

TEST_CASE("roots and edges are those of the RFC's definition") {
  const Tree tree(130);
  TreeEdge edge;
  for (uint64_t size = 0; size <= 130; ++size) {
    CHECK(bytes_of(edge.root()) == mth(part(tree.entries, 0, size)));
    if (size < 130) edge.append(tree.leaves.leaf(size));
  }
}

TEST_CASE("inclusion proofs are the RFC's, prove, and prove nothing else") {
  const Tree tree(kMost);
  for (uint64_t size = 1; size <= kMost; ++size) {
    const TreeHash root = *tree.leaves.root(size);
    for (uint64_t i = 0; i < size; ++i) {
      const Proof proof = tree.leaves.inclusion(i, size).value();
      REQUIRE(bytes_of(proof) == path(i, part(tree.entries, 0, size)));
      const TreeHash leaf = tree.leaves.leaf(i);
      REQUIRE(proves_inclusion(proof, i, leaf, size, root));
      REQUIRE_FALSE(proves_inclusion(proof, i, flipped(leaf, i), size, root));
      REQUIRE_FALSE(proves_inclusion(proof, i, leaf, size, flipped(root, i)));
      REQUIRE_FALSE(proves_inclusion(proof, i + 1, leaf, size, root));
      for (size_t at = 0; at < proof.size(); ++at) {
        Proof wrong = proof;
        wrong[at] = flipped(wrong[at], i + at);
        REQUIRE_FALSE(proves_inclusion(wrong, i, leaf, size, root));
        wrong = proof;
        wrong.erase(wrong.begin() + static_cast<ptrdiff_t>(at));
        REQUIRE_FALSE(proves_inclusion(wrong, i, leaf, size, root));
      }
      Proof longer = proof;
      longer.push_back(leaf);
      REQUIRE_FALSE(proves_inclusion(longer, i, leaf, size, root));
    }
    REQUIRE_FALSE(proves_inclusion({}, size, tree.leaves.leaf(0), size, root));
  }
}

TEST_CASE("consistency proofs are the RFC's, prove, and prove nothing else") {
  const Tree tree(kMost);
  for (uint64_t size = 1; size <= kMost; ++size) {
    const TreeHash root = *tree.leaves.root(size);
    for (uint64_t old = 1; old <= size; ++old) {
      const TreeHash old_root = *tree.leaves.root(old);
      const Proof proof = tree.leaves.consistency(old, size).value();
      REQUIRE(bytes_of(proof) == subproof(old, part(tree.entries, 0, size), true));
      REQUIRE(proves_consistency(proof, old, old_root, size, root));
      REQUIRE_FALSE(proves_consistency(proof, old, flipped(old_root, old), size, root));
      REQUIRE_FALSE(proves_consistency(proof, old, old_root, size, flipped(root, old)));
      REQUIRE_FALSE(proves_consistency(proof, size + 1, root, size, root));
      for (size_t at = 0; at < proof.size(); ++at) {
        Proof wrong = proof;
        wrong[at] = flipped(wrong[at], old + at);
        REQUIRE_FALSE(proves_consistency(wrong, old, old_root, size, root));
        wrong = proof;
        wrong.erase(wrong.begin() + static_cast<ptrdiff_t>(at));
        REQUIRE_FALSE(proves_consistency(wrong, old, old_root, size, root));
      }
      Proof longer = proof;
      longer.push_back(root);
      REQUIRE_FALSE(proves_consistency(longer, old, old_root, size, root));
    }
    CHECK(proves_consistency({}, 0, empty_root(), size, root));
    CHECK_FALSE(proves_consistency({}, 0, root, size, root));
  }
}

}  // namespace pushguard
