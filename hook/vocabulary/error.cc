// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/error.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace pushguard {
namespace {

constexpr size_t kExcerptWidth = 68;

std::string_view line_of(std::string_view source, size_t line) {
  while (--line > 0) {
    const size_t end = source.find('\n');
    if (end == source.npos) return {};
    source.remove_prefix(end + 1);
  }
  return source.substr(0, source.find('\n'));
}

// A secret is masked where all of it is there, so a word is shown whole or not at all.
void hide_cut_words(std::string& text, bool cut_before, bool cut_behind) {
  const auto is_of_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("_-+/=.").find(c) != std::string_view::npos;
  };
  for (size_t i = 0; cut_before && i < text.size() && is_of_word(text[i]); ++i) text[i] = '.';
  for (size_t i = text.size(); cut_behind && i > 0 && is_of_word(text[i - 1]); --i)
    text[i - 1] = '.';
}

// The line around the column, control characters blanked, and a caret below.
std::string excerpt(std::string_view source, size_t line, size_t column) {
  std::string text(line_of(source, line));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  size_t caret = std::min(column - 1, text.size()), cut = 0;
  if (caret > kExcerptWidth / 2 && text.size() > kExcerptWidth) {
    cut = caret - kExcerptWidth / 2;
    text.erase(0, cut);
    caret -= cut;
  }
  const bool goes_on = text.size() > kExcerptWidth;
  if (goes_on) text.resize(kExcerptWidth);
  hide_cut_words(text, cut > 0, goes_on);
  return fmt::format("\n  {}\n  {:>{}}", text, '^', caret + 1);
}

std::string compose(std::string_view file, std::string_view source, size_t line, size_t column,
                    std::string_view message, std::string_view hint) {
  std::string text(file);
  if (line > 0) text += fmt::format(":{}:{}", line, std::max<size_t>(column, 1));
  text += fmt::format(": {}", message);
  if (line > 0) text += excerpt(source, line, std::max<size_t>(column, 1));
  if (!hint.empty()) text += fmt::format("\nhint: {}", hint);
  return text;
}

}  // namespace

FileError::FileError(std::string_view file, std::string_view source, size_t line, size_t column,
                     std::string_view message, std::string_view hint)
    : Error(compose(file, source, line, column, message, hint)) {}

}  // namespace pushguard
