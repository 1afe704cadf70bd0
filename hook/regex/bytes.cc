// SPDX-License-Identifier: Apache-2.0
#include "regex/bytes.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "regex/syntax.h"

namespace pushguard {
namespace {

ByteSet any_byte() { return ByteSet().set(); }

ByteSet range(unsigned first, unsigned last) {
  ByteSet bytes;
  for (unsigned byte = first; byte <= last && byte < bytes.size(); ++byte) bytes.set(byte);
  return bytes;
}

ByteSet all_of(std::string_view characters) {
  ByteSet bytes;
  for (const char c : characters) bytes.set(static_cast<unsigned char>(c));
  return bytes;
}

ByteSet letters() { return range('a', 'z') | range('A', 'Z'); }
ByteSet digits() { return range('0', '9'); }

// Of "[:alpha:]" by its name, of "\d" by its letter; any byte for others.
ByteSet named(std::string_view name) {
  if (name == "alpha") return letters();
  if (name == "digit" || name == "d") return digits();
  if (name == "alnum") return letters() | digits();
  if (name == "word" || name == "w") return letters() | digits() | all_of("_");
  if (name == "lower") return range('a', 'z');
  if (name == "upper") return range('A', 'Z');
  if (name == "xdigit") return digits() | range('a', 'f') | range('A', 'F');
  if (name == "space") return all_of("\t\n\v\f\r ");
  if (name == "s") return all_of("\t\n\f\r ");
  if (name == "W") return ~named("w");
  if (name == "S") return ~named("s");
  if (name == "D") return ~named("d");
  return any_byte();
}

// The one character that `text`, or an escape in it, is; nothing for classes.
std::optional<unsigned> character(std::string_view text) {
  if (!text.starts_with('\\')) return static_cast<unsigned char>(text[0]);
  const std::string_view code = text.substr(1, escape_size(text) - 1);
  const char kind = code.empty() ? '\\' : code[0];
  unsigned value = 0;
  if (kind == 'x') {
    const size_t open = code.starts_with("x{") ? 2 : 1;
    std::from_chars(code.data() + open, code.data() + code.size(), value, 16);
    return value;
  }
  if (kind >= '0' && kind <= '7') {
    std::from_chars(code.data(), code.data() + code.size(), value, 8);
    return value;
  }
  switch (kind) {
    case 'a': return '\a';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
  }
  if (letters()[static_cast<unsigned char>(kind)]) return std::nullopt;
  return static_cast<unsigned char>(kind);
}

}  // namespace

ByteSet bytes_of_escape(std::string_view text) {
  const auto one = character(text);
  return one ? range(*one, *one) : named(text.substr(1, 1));
}

ByteSet bytes_of_class(std::string_view text) {
  std::string_view inside = text.substr(0, class_size(text));
  const bool is_negated = inside.starts_with("[^");
  inside.remove_prefix(is_negated ? 2 : 1);
  if (inside.ends_with(']')) inside.remove_suffix(1);
  ByteSet bytes;
  const auto item_size = [&] {
    return inside.starts_with('\\') ? escape_size(inside) : std::min<size_t>(inside.size(), 1);
  };
  while (!inside.empty()) {
    if (inside.starts_with("[:")) {
      if (const size_t end = inside.find(":]", 2); end != inside.npos) {
        const ByteSet all = named(inside.substr(2, end - 2));
        if (all.all()) return all;  // not told apart, "[:^alpha:]" too
        bytes |= all;
        inside.remove_prefix(end + 2);
        continue;
      }
    }
    const auto first = character(inside);
    if (!first) {
      const ByteSet all = bytes_of_escape(inside);
      if (all.all()) return all;
      bytes |= all;
      inside.remove_prefix(item_size());
      continue;
    }
    inside.remove_prefix(item_size());
    unsigned last = *first;
    if (inside.size() > 1 && inside[0] == '-') {
      inside.remove_prefix(1);
      const auto end = character(inside);
      if (!end) return any_byte();
      last = *end;
      inside.remove_prefix(item_size());
    }
    bytes |= range(*first, last);
  }
  return is_negated ? ~bytes : bytes;
}

ByteSet in_both_cases(ByteSet bytes) {
  static const ByteSet upper = range('A', 'Z'), lower = range('a', 'z'), others = range(0x80, 0xff);
  bytes |= (bytes & upper) << ('a' - 'A') | (bytes & lower) >> ('a' - 'A');
  return (bytes & others).any() ? bytes | others : bytes;
}

}  // namespace pushguard
