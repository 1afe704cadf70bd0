// SPDX-License-Identifier: Apache-2.0
// Commits and tags as their raw bytes say (gitformat-...): only the
// fields that an attribution needs. Total: damaged ones give what is readable.
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
  std::string author;   // "Ann Dev <ann@example.com>"; written by the pusher
  std::string subject;  // first line of the message
};

// What a commit hangs together with.
struct CommitLinks {
  Oid tree;
  std::vector<Oid> parents;
};

// Both: nothing when the first line names no tree.
std::optional<CommitLinks> parse_commit_links(std::string_view content);
std::optional<Commit> parse_commit(std::string_view content);

// What an annotated tag points at.
std::optional<Oid> parse_tag_target(std::string_view content);

}  // namespace pushguard
