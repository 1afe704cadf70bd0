// SPDX-License-Identifier: Apache-2.0
#include "decode/digit_lines.h"

#include <algorithm>

#include "codec/byte_kinds.h"

namespace pushguard {
namespace {

constexpr size_t kShortestLine = 40, kLongestLine = 80, kWidestIndent = 32;

bool is_whole_line(size_t size) { return size >= kShortestLine && size <= kLongestLine; }
bool is_indent(char c) { return c == ' ' || c == '\t'; }

// Whether the byte is the letter of an escape, which only looks like a digit.
size_t start_of_digits(std::string_view content, size_t position, uint8_t kind) {
  size_t begin = position;
  while (begin > 0 && is_of(content[begin - 1], kind)) --begin;
  const bool escaped = begin > 0 && content[begin - 1] == '\\' && begin < position &&
                       (content[begin] == 'n' || content[begin] == 'r');
  return begin + escaped;
}

// The end of the line before the one that starts at `begin`, or npos.
size_t end_before(std::string_view content, size_t begin) {
  size_t at = begin;
  if (at >= 2 && content[at - 1] == 'n' && content[at - 2] == '\\') {
    at -= 2;
    if (at >= 2 && content[at - 1] == 'r' && content[at - 2] == '\\') at -= 2;
    return at;
  }
  while (at > 0 && begin - at < kWidestIndent && is_indent(content[at - 1])) --at;
  if (at == 0 || content[at - 1] != '\n') return content.npos;
  --at;
  if (at > 0 && content[at - 1] == '\r') --at;
  return at;
}

}  // namespace

size_t end_of_digits(std::string_view content, size_t position, uint8_t kind) {
  while (position < content.size() && is_of(content[position], kind)) ++position;
  return position;
}

size_t next_line(std::string_view content, size_t begin, size_t end, uint8_t kind) {
  if (!is_whole_line(end - begin)) return end;
  size_t at = end;
  const auto rest = content.substr(end);
  if (rest.starts_with("\\n")) {
    at += 2;
  } else if (rest.starts_with("\\r\\n")) {
    at += 4;
  } else {
    if (rest.starts_with("\r\n")) ++at;
    if (at == content.size() || content[at] != '\n') return end;
    const size_t line = ++at;
    while (at < content.size() && at - line < kWidestIndent && is_indent(content[at])) ++at;
  }
  return at < content.size() && is_of(content[at], kind) ? at : end;
}

size_t begin_of_run(std::string_view content, size_t position, uint8_t kind) {
  size_t begin = start_of_digits(content, position, kind);
  for (;;) {
    const size_t end = end_before(content, begin);
    if (end == content.npos || end == 0 || !is_of(content[end - 1], kind)) return begin;
    const size_t line = start_of_digits(content, end - 1, kind);
    if (!is_whole_line(end - line)) return begin;
    begin = line;
  }
}

size_t end_of_run(std::string_view content, size_t position, uint8_t kind) {
  if (position == 0 || !is_of(content[position - 1], kind)) return position;
  size_t begin = start_of_digits(content, position - 1, kind);
  for (;;) {
    const size_t end = end_of_digits(content, begin, kind);
    begin = next_line(content, begin, end, kind);
    if (begin == end) return end;
  }
}

DigitLines::DigitLines(std::string_view content, size_t position, uint8_t kind) {
  size_t begin = begin_of_run(content, position, kind), number = 0;
  for (;;) {
    const size_t end = end_of_digits(content, begin, kind);
    lines_.push_back({{begin, end}, number});
    number += end - begin;
    begin = next_line(content, begin, end, kind);
    if (begin == end) return;
  }
}

size_t DigitLines::number_of(size_t position) const {
  const auto after = std::ranges::upper_bound(lines_, position, {},
                                              [](const Line& line) { return line.range.begin; });
  if (after == lines_.begin()) return 0;
  const Line& line = *(after - 1);
  return line.first + std::min(position, line.range.end) - line.range.begin;
}

}  // namespace pushguard
