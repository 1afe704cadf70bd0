// SPDX-License-Identifier: Apache-2.0
#include "history/commit.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

#include "vocabulary/day.h"

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

// "1732912380 +0100" as a date of its own time zone; "" when it is none.
std::string date_of(std::string_view text) {
  int64_t seconds = 0;
  int zone = 0;
  const size_t blank = text.find(' ');
  if (blank == text.npos || blank + 6 != text.size()) return {};
  const char *const begin = text.data(), *const end = begin + blank;
  const auto read = std::from_chars(begin, end, seconds);
  const char sign = text[blank + 1];
  const auto read_zone = std::from_chars(end + 2, begin + text.size(), zone);
  constexpr int64_t kMost = 253'402'300'799;  // the end of the year 9999
  if (read.ec != std::errc() || read.ptr != end || read_zone.ptr != begin + text.size() ||
      (sign != '+' && sign != '-') || seconds < 0 || seconds > kMost - 86'400 || zone > 2359) {
    return {};
  }
  const std::chrono::minutes offset((zone / 100 * 60 + zone % 100) * (sign == '-' ? -1 : 1));
  const std::chrono::sys_seconds local{std::chrono::seconds(seconds) + offset};
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::hh_mm_ss clock(local - day);
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", to_string(day), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), sign, zone / 100,
                     zone % 100);
}

// "Ann Dev <ann@example.com> 1732912380 +0100": the person, and when.
void read_person(std::string_view line, std::string& person, std::string& date) {
  const size_t end = line.rfind('>');
  person = line.substr(0, end == line.npos ? line.npos : end + 1);
  if (end != line.npos && end + 2 <= line.size()) date = date_of(line.substr(end + 2));
}

}  // namespace

std::optional<CommitLinks> parse_commit_links(std::string_view content) {
  return take_links(content);
}

std::optional<Commit> parse_commit(std::string_view content) {
  const std::string_view whole = content;
  auto links = take_links(content);
  if (!links) return std::nullopt;
  Commit commit{links->tree, std::move(links->parents), {}, {}, {}, {}, {}, 0};
  while (!content.empty()) {
    const std::string_view line = take_line(content);
    if (line.empty()) break;
    if (line.starts_with("author ") && commit.author.empty()) {
      read_person(line.substr(7), commit.author, commit.authored);
    } else if (line.starts_with("committer ") && commit.committer.empty()) {
      read_person(line.substr(10), commit.committer, commit.committed);
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
