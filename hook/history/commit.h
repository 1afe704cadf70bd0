// SPDX-License-Identifier: Apache-2.0
// Reads from the raw content of commits and annotated tags what an attribution needs.
//
// Formats: "Commit Object" in git's user manual (gitcore-tutorial(7) shows one), git-mktag(1)
// for tags. Nothing throws: from a damaged object, what is readable is returned.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/oid.h"

namespace pushguard {

struct Commit {
  Oid tree;
  std::vector<Oid> parents;
  std::string author;               // "Ann Dev <ann@example.com>"; written by the pusher
  std::string subject;              // first line of the message
  std::string committer;            // as `author`
  std::string authored, committed;  // "2026-11-29T20:33:00+01:00", by their clocks; or ""
  size_t header_lines;              // before the message, the blank line included
};

// The ids that link a commit to the rest of the history.
struct CommitLinks {
  Oid tree;
  std::vector<Oid> parents;
};

// Both return nothing when the first line names no tree.
std::optional<CommitLinks> parse_commit_links(std::string_view content);
std::optional<Commit> parse_commit(std::string_view content);

// The object that an annotated tag points to.
std::optional<Oid> parse_tag_target(std::string_view content);

}  // namespace pushguard
