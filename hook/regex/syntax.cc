// SPDX-License-Identifier: Apache-2.0
#include "regex/syntax.h"

#include <algorithm>

namespace pushguard {
namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }

// "[:alpha:]" in a class, 0 for what is none.
size_t named_size(std::string_view text) {
  if (!text.starts_with("[:")) return 0;
  const size_t end = text.find(":]", 2);
  return end == text.npos ? 0 : end + 2;
}

// "\d" and its like are classes of their own: no range begins with one.
bool is_class_escape(std::string_view escape) {
  return escape.size() > 1 && std::string_view("dDsSwWpP").find(escape[1]) != escape.npos;
}

size_t character_size(std::string_view text) {
  return text.starts_with('\\') ? escape_size(text) : std::min<size_t>(text.size(), 1);
}

}  // namespace

size_t escape_size(std::string_view text) {
  if (text.size() < 3) return text.size();
  const char kind = text[1];
  if (kind == 'x' || kind == 'p' || kind == 'P') {
    if (text[2] == '{') return std::min(text.find('}'), text.size() - 1) + 1;
    return std::min<size_t>(kind == 'x' ? 4 : 3, text.size());
  }
  size_t size = 2;
  while (is_octal(kind) && size < 4 && size < text.size() && is_octal(text[size])) ++size;
  return size;
}

size_t class_size(std::string_view text) {
  size_t size = text.starts_with("[^") ? 2 : 1;
  for (bool first = true; size < text.size(); first = false) {
    const std::string_view rest = text.substr(size);
    if (rest[0] == ']' && !first) return size + 1;
    if (const size_t named = named_size(rest)) {
      size += named;
      continue;
    }
    const size_t one = character_size(rest);
    size += one;
    const std::string_view behind = rest.substr(one);
    const bool is_range = behind.size() > 1 && behind[0] == '-' && behind[1] != ']';
    if (is_range && !is_class_escape(rest)) size += 1 + character_size(behind.substr(1));
  }
  return text.size();
}

}  // namespace pushguard
