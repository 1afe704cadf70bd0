// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/error.h"

#include <algorithm>

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

// The line around the column, control characters blanked, and a caret below.
std::string excerpt(std::string_view source, size_t line, size_t column) {
  std::string text(line_of(source, line));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  size_t caret = std::min(column - 1, text.size());
  if (caret > kExcerptWidth / 2 && text.size() > kExcerptWidth) {
    const size_t cut = caret - kExcerptWidth / 2;
    text.erase(0, cut);
    caret -= cut;
  }
  text.resize(std::min(text.size(), kExcerptWidth));
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
