#include "detect/go_regex.h"

#include <algorithm>
#include <charconv>

namespace pushguard {
namespace {

// Whether `escape`, from its backslash on, names a character beyond ASCII:
// \x{2028}, \xE9, \p{Greek}, \PL.
bool escapes_beyond_ascii(std::string_view escape) {
  if (escape.size() < 2) return false;
  if (escape[1] == 'p' || escape[1] == 'P') return true;
  if (escape[1] != 'x') return false;
  std::string_view digits = escape.substr(2);
  digits = digits.starts_with('{') ? digits.substr(1, digits.find('}') - 1) : digits.substr(0, 2);
  uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value > 0x7f;
}

}  // namespace

GoRegex from_go(std::string_view regex) {
  GoRegex result;
  result.beyond_ascii =
      std::ranges::any_of(regex, [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
  bool in_class = false;
  for (size_t i = 0; i < regex.size(); ++i) {
    const std::string_view rest = regex.substr(i);
    if (rest.starts_with("\\Q") && !in_class) {  // literal text up to \E
      const std::string_view quoted = rest.substr(0, rest.find("\\E"));
      result.regex += quoted;
      i += quoted.size() - 1;
    } else if (rest[0] == '\\' && rest.size() > 1) {
      result.beyond_ascii = result.beyond_ascii || escapes_beyond_ascii(rest);
      result.regex += rest.substr(0, 2);
      ++i;
    } else if (in_class) {
      // "[[:alpha:]]" has a ']' of its own.
      const size_t named = rest.starts_with("[:") ? rest.find(":]") : rest.npos;
      const size_t taken = named == rest.npos ? 1 : named + 2;
      result.regex += rest.substr(0, taken);
      i += taken - 1;
      if (rest[0] == ']') in_class = false;
    } else if (rest[0] == '[') {
      in_class = true;
      // A ']' that comes first is one of the class.
      size_t taken = rest.starts_with("[^") ? 2 : 1;
      if (rest.substr(taken).starts_with(']')) ++taken;
      result.regex += rest.substr(0, taken);
      i += taken - 1;
    } else if (rest.starts_with("(?<") && rest.size() > 3 && rest[3] != '=' && rest[3] != '!') {
      result.regex += "(?P<";
      i += 2;
    } else {
      result.regex += rest[0];
    }
  }
  return result;
}

}  // namespace pushguard
