// SPDX-License-Identifier: Apache-2.0
#include "history/commit.h"

#include <algorithm>

namespace pushguard {
namespace {

std::string_view take_line(std::string_view& text) {
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

// The headers "tree" and "parent" come first, in this order; git ignores later ones.
std::optional<CommitLinks> take_links(std::string_view& content) {
  CommitLinks links;
  const std::string_view first = take_line(content);
  const auto tree = first.starts_with("tree ") ? Oid::from_hex(first.substr(5)) : std::nullopt;
  if (!tree) return std::nullopt;
  links.tree = *tree;
  while (content.starts_with("parent ")) {
    const auto id = Oid::from_hex(take_line(content).substr(7));
    if (id) links.parents.push_back(*id);
  }
  return links;
}

}  // namespace

std::optional<CommitLinks> parse_commit_links(std::string_view content) {
  return take_links(content);
}

std::optional<Commit> parse_commit(std::string_view content) {
  const std::string_view whole = content;
  auto links = take_links(content);
  if (!links) return std::nullopt;
  Commit commit{links->tree, std::move(links->parents), {}, {}, 0};
  while (!content.empty()) {
    const std::string_view line = take_line(content);
    if (line.empty()) break;
    if (line.starts_with("author ") && commit.author.empty()) {
      const size_t end = line.rfind('>');
      commit.author = line.substr(7, end == line.npos ? line.npos : end - 6);
    }
  }
  const std::string_view header = whole.substr(0, whole.size() - content.size());
  commit.header_lines = static_cast<size_t>(std::ranges::count(header, '\n'));
  commit.subject = take_line(content);
  return commit;
}

std::optional<Oid> parse_tag_target(std::string_view content) {
  const std::string_view line = take_line(content);
  if (!line.starts_with("object ")) return std::nullopt;
  return Oid::from_hex(line.substr(7));
}

}  // namespace pushguard
