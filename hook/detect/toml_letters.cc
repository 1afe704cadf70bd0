#include "detect/toml_letters.h"

#include <algorithm>

namespace pushguard {
namespace {

// Behind the string whose first quote is at `at`. One without an end, or on one
// line only, ends with that line, as the mistake that it is.
size_t end_of_string(std::string_view text, size_t at) {
  const char quote = text[at];
  const std::string_view three = quote == '"' ? "\"\"\"" : "'''";
  const bool multi_line = text.substr(at).starts_with(three);
  at += multi_line ? 3 : 1;
  while (at < text.size()) {
    if (text[at] == '\\' && quote == '"') {
      at += 2;
    } else if (!multi_line && (text[at] == quote || text[at] == '\n')) {
      return at + 1;
    } else if (multi_line && text.substr(at).starts_with(three)) {
      // Two more may belong to it: """a quote" at its end""""
      return std::min(text.find_first_not_of(quote, at), at + 5);
    } else {
      ++at;
    }
  }
  return text.size();
}

}  // namespace

size_t find_stray_letter(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < text.size()) {
    const char c = text[at];
    if ((c & 0x80) != 0) return at;
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '"' || c == '\'') {
      at = end_of_string(text, at);
    } else {
      ++at;
    }
  }
  return text.npos;
}

}  // namespace pushguard
