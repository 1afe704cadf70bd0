// SPDX-License-Identifier: Apache-2.0
// Roots, edges and proofs of small trees. The leaves are the letters a, b, c, ...; the hashes are
// those that Go's golang.org/x/mod/sumdb/tlog (v0.43.0) gives for them.
#include "tlog/tree.h"

#include <catch2/catch.hpp>

#include "tlog/proof.h"

namespace pushguard {
namespace {

TreeHash leaf(uint64_t index) { return leaf_hash(std::string(1, static_cast<char>('a' + index))); }

TreeLeaves letters(uint64_t size) {
  TreeLeaves leaves;
  for (uint64_t i = 0; i < size; ++i) leaves.append(leaf(i));
  return leaves;
}

std::vector<std::string> hex_of(const auto& hashes) {
  std::vector<std::string> texts;
  for (const TreeHash& hash : hashes) texts.push_back(to_hex(hash).substr(0, 8));
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("roots of the first trees, from the edge and from all leaves") {
  const Texts roots = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                       "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c",
                       "b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb",
                       "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1",
                       "33376a3bd63e9993708a84ddfe6c28ae58b83505dd1fed711bd924ec5a6239f0",
                       "fe14a5426fbd70c0fa73f52342afed0da0bd23c4838662ccf6b88a3070ead97b",
                       "e069fc12e231ccfd4516bf1617945fb3ccd5cc8910d92d6265289f088f777fdd",
                       "4ae191939f548d9934740b88dea2c5cb89bb8870fc4505cd79dec6bbfaaee9cb",
                       "a5dac6b1ff1dca13dcf9423dcbf1bbb4dbce7e8cbf7f4c014cf40c6c8171a2bd"};
  TreeEdge edge;
  const TreeLeaves leaves = letters(8);
  for (uint64_t size = 0; size <= 8; ++size) {
    CHECK(to_hex(edge.root()) == roots[size]);
    CHECK(to_hex(leaves.root(size).value()) == roots[size]);
    CHECK(leaves.edge(size) == edge);
    if (size < 8) edge.append(leaf(size));
  }
}

TEST_CASE("proofs have the nodes that the RFC names, in its order") {
  const TreeLeaves leaves = letters(8);
  // [1,2) [2,4) [4,7), [6,7)'s and [0,4)
  CHECK(hex_of(*leaves.inclusion(0, 7)) == Texts{"57eb3561", "dbbd68c3", "e286d339"});
  CHECK(hex_of(*leaves.inclusion(5, 7)) == Texts{"2824a7cc", "5aeb196e", "33376a3b"});
  CHECK(hex_of(*leaves.inclusion(6, 7)) == Texts{"91856618", "33376a3b"});
  CHECK(hex_of(*leaves.inclusion(4, 5)) == Texts{"33376a3b"});
  CHECK(leaves.inclusion(0, 1)->empty());
  // [2,3) [3,4) [0,2) [4,7): what leads from 3 leaves to 7.
  CHECK(hex_of(*leaves.consistency(3, 7)) == Texts{"597fcb31", "d070dc5b", "b137985f", "e286d339"});
  CHECK(hex_of(*leaves.consistency(4, 7)) == Texts{"e286d339"});
  CHECK(hex_of(*leaves.consistency(6, 8)) == Texts{"91856618", "49dac0ee", "33376a3b"});
  CHECK(leaves.consistency(7, 7)->empty());
  CHECK(leaves.consistency(0, 7)->empty());
}

TEST_CASE("there is no proof of what the tree does not have") {
  const TreeLeaves leaves = letters(5);
  CHECK_FALSE(leaves.inclusion(5, 5));
  CHECK_FALSE(leaves.inclusion(0, 6));
  CHECK_FALSE(leaves.inclusion(3, 3));
  CHECK_FALSE(leaves.consistency(3, 6));
  CHECK_FALSE(leaves.consistency(4, 3));
  CHECK_FALSE(leaves.root(6));
}

TEST_CASE("without its first leaves, a tree proves what its edge and the others tell") {
  const TreeLeaves all = letters(21);
  TreeLeaves late(*all.edge(11));
  for (uint64_t i = 11; i < 21; ++i) late.append(all.leaf(i));
  CHECK(late.size() == 21);
  for (uint64_t size = 11; size <= 21; ++size) {
    CHECK(late.root(size) == all.root(size));
    CHECK(late.edge(size) == all.edge(size));
    CHECK(late.consistency(11, size) == all.consistency(11, size));
    for (uint64_t i = 11; i < size; ++i) CHECK(late.inclusion(i, size) == all.inclusion(i, size));
  }
  CHECK_FALSE(late.root(9));
  CHECK_FALSE(late.inclusion(3, 21));
  CHECK(late.root(10) == all.root(10));  // subtrees of the edge make it up
}

TEST_CASE("an edge has a root for each bit of its size, and no other form is one") {
  CHECK(TreeEdge::from(0, {}) == TreeEdge());
  CHECK(TreeEdge::from(5, {leaf(0), leaf(1)}));
  CHECK_FALSE(TreeEdge::from(5, {leaf(0)}));
  CHECK_FALSE(TreeEdge::from(4, {leaf(0), leaf(1)}));
}

TEST_CASE("hashes and numbers have one spelling each") {
  const TreeHash hash = leaf(0);
  CHECK(hash_from_hex(to_hex(hash)) == hash);
  CHECK_FALSE(hash_from_hex("022A6979E6DAB7AA5AE4C3E5E45F7E977112A7E63593820DBEC1EC738A24F93C"));
  CHECK_FALSE(hash_from_hex("022a"));
  CHECK(to_base64(empty_root()) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  CHECK(hash_from_base64("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=") == empty_root());
  CHECK_FALSE(hash_from_base64("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU="));
  CHECK_FALSE(hash_from_base64("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"));
  CHECK_FALSE(hash_from_base64("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV="));
  CHECK(read_number("0") == 0);
  CHECK(read_number("18446744073709551615") == UINT64_MAX);
  for (const char* const wrong :
       {"", "00", "05", "+5", "-5", " 5", "5 ", "0x5", "1e3", "18446744073709551616"}) {
    CHECK_FALSE(read_number(wrong));
  }
}

}  // namespace pushguard
