// SPDX-License-Identifier: Apache-2.0
// What of a record goes into the tree: its line, in which a hash stands for each personal text.
//
// So the texts can be removed later, and the tree still has the record. A whole line ends with
// its salt, 16 random bytes:
//
//     {...,"seq":7,...,"pusher":{"name":"alice",...,"salt":"00112233445566778899aabbccddeeff"}
//
// and its leaf is the line without the salt, in which "alice" is "sha256:" and the SHA-256, in hex,
// of the salt and the bytes between the quotes as they stand in the line. A line that does not end
// with a salt is its own leaf: one whose personal texts were removed, or of an older program.
// Without the salt nobody can try names against a hash.
// Personal are the values of the keys that kPersonalKeys names, at any depth: a text, or each text
// of a list, unless empty.
// Rejected: hashing each field by itself into a tree of the record (no other program knows it);
// encryption with a key that is destroyed later (a key for each record must be kept somewhere).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "tlog/tree.h"

namespace pushguard {

inline constexpr std::string_view kPersonalKeys[] = {"name",      "address", "author",
                                                     "committer", "owners",  "by"};

// Whether it ends with a salt: its personal texts are in it.
bool has_salt(std::string_view line);

// The leaf's text. Any bytes are a line.
std::string leaf_text(std::string_view line);
TreeHash record_leaf(std::string_view line);

// A new salt, 32 hex digits.
std::string new_salt();

// What a record says of its place in the tree.
struct RecordHead {
  uint64_t seq;
  std::optional<TreeHash> prev;  // the leaf of the record before it; none for the first of all
  std::optional<TreeEdge> edge;  // of all records before it: in the first record of a file
};

// Nothing where the line does not begin as a record with a number does.
std::optional<RecordHead> read_head(std::string_view line);

}  // namespace pushguard
