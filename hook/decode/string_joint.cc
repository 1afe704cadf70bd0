// SPDX-License-Identifier: Apache-2.0
#include "decode/string_joint.h"

#include <algorithm>

#include "codec/byte_kinds.h"

namespace pushguard {
namespace {

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_joining(char c) {
  return is_blank(c) || c == '+' || c == '.' || c == '&' || c == '|' || c == '_' || c == '\\';
}

// Whether what stands between two quotes joins them.
bool joins(std::string_view between) {
  constexpr std::string_view kJoining[] = {"", "+", ".", "..", "&", "||", "&_", "\\", "+\\"};
  constexpr size_t kLongest = 2;
  char found[kLongest];
  size_t size = 0;
  for (const char c : between) {
    if (is_blank(c)) continue;
    if (size == kLongest) return false;
    found[size++] = c;
  }
  return std::ranges::find(kJoining, std::string_view(found, size)) != std::end(kJoining);
}

bool is_in_words(std::string_view content, size_t begin, size_t end) {
  return begin > 0 && end < content.size() && is_of(content[begin - 1], kWordByte) &&
         is_of(content[end], kWordByte);
}

// "\" and a line end, between two characters of one word.
size_t continued_line(std::string_view content, size_t position) {
  const std::string_view rest = content.substr(position);
  const size_t size = rest.starts_with("\\\n") ? 2 : rest.starts_with("\\\r\n") ? 3 : 0;
  return size > 0 && is_in_words(content, position, position + size) ? size : 0;
}

}  // namespace

size_t string_joint(std::string_view content, size_t position) {
  if (content[position] == '\\') return continued_line(content, position);
  if (!is_quote(content[position])) return 0;
  const size_t most = std::min(content.size(), position + kWidestJoint);
  size_t at = position + 1;
  while (at < most && is_joining(content[at])) ++at;
  if (at == most || !is_quote(content[at]) || !is_in_words(content, position, at + 1)) return 0;
  return joins(content.substr(position + 1, at - position - 1)) ? at + 1 - position : 0;
}

size_t string_joint_before(std::string_view content, size_t position) {
  if (position < 2) return 0;
  if (content[position - 1] == '\n') {
    const size_t size = content[position - 2] == '\r' ? 3 : 2;
    return position > size && content[position - size] == '\\' &&
                   continued_line(content, position - size) == size
               ? size
               : 0;
  }
  if (!is_quote(content[position - 1])) return 0;
  size_t at = position - 1;
  while (at > 0 && position - at < kWidestJoint && is_joining(content[at - 1])) --at;
  if (at == 0 || !is_quote(content[at - 1])) return 0;
  const size_t size = position - (at - 1);
  return string_joint(content, at - 1) == size ? size : 0;
}

}  // namespace pushguard
