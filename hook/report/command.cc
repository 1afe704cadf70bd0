// SPDX-License-Identifier: Apache-2.0
#include "report/command.h"

#include <algorithm>

#include <fmt/format.h>

namespace pushguard {
namespace {

constexpr std::string_view kLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

// The list has at least seven digits of each id, and may have more.
std::string address(const Oid& commit) { return fmt::format("/{}/", commit.hex().substr(0, 7)); }

// rebase.abbreviateCommands makes "p" of "pick".
std::string substitution(std::string_view to) { return fmt::format("s/^p[a-z]*/{}/", to); }

bool is_plain(std::string_view word) {
  return !word.empty() && word.find_first_not_of(std::string(kLetters) + "._/-+:=") == word.npos;
}

}  // namespace

std::string short_id(const Oid& id) { return id.hex().substr(0, 12); }

bool can_be_typed(std::string_view word) {
  // History, variables, escapes and ends of quotes.
  const auto is_bad = [](char c) {
    return (c >= 0 && c < ' ') || c == 0x7f ||
           std::string_view("\"$`\\%!").find(c) != std::string_view::npos;
  };
  return std::ranges::none_of(word, is_bad);
}

std::string command_line(std::span<const std::string> words) {
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty()) line += ' ';
    line += is_plain(word) ? word : fmt::format("\"{}\"", word);
  }
  return line;
}

std::optional<std::string> pathspec(std::string_view path) {
  if (path.empty() || !can_be_typed(path) || path.find_first_of("*?[") != path.npos) {
    return std::nullopt;
  }
  return fmt::format(":/{}", path);
}

void ListEditor::change(const Oid& first, const Oid& last, std::string_view to) {
  scripts_.push_back(first == last ? address(first) + substitution(to)
                                   : address(first) + "," + address(last) + substitution(to));
}

void ListEditor::change_from(size_t line, std::string_view to) {
  constexpr size_t kLast = 99999;  // '$' would be a variable
  scripts_.push_back(fmt::format("{},{}{}", line, kLast, substitution(to)));
}

void ListEditor::reword_merge(const Oid& commit) {
  scripts_.push_back(fmt::format("/^m.*{}/s/-C/-c/", commit.hex().substr(0, 7)));
}

std::string ListEditor::str() const {
  if (scripts_.empty()) return ":";
  std::string editor = "sed -i.bak";
  for (const std::string& script : scripts_) editor += " -e " + script;
  return editor;
}

}  // namespace pushguard
