// SPDX-License-Identifier: Apache-2.0
#include "decode/digit_lines.h"

#include <algorithm>
#include <array>

#include "codec/byte_kinds.h"

namespace pushguard {
namespace {

// What may stand between two pieces, beside digits that are no text.
constexpr std::array<bool, 256> kBetween = [] {
  std::array<bool, 256> between{};
  for (const char c : std::string_view(" \t\r\n\"'`+\\,#*-/;>|.&_%!:")) {
    between[static_cast<uint8_t>(c)] = true;
  }
  return between;
}();
constexpr size_t kWidestSeparator = 5;  // between pairs of hex digits: ", 0x"
constexpr size_t kFarthest = 512;
// A piece as long as this may have a longer one behind it: what decides stays within the margin.
constexpr size_t kLongPiece = 31;
constexpr size_t kLongestGroup = 16;  // of hex digits between separators

bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_sign(char c) { return c == '+' || c == '-' || c == '/' || c == '_'; }
bool is_escaped_blank(char c) { return c == 'n' || c == 'r' || c == 't'; }
bool is_x(char c) { return c == 'x' || c == 'X'; }

// The tag at the start of `rest` that breaks a line of HTML.
size_t line_break(std::string_view rest) {
  if (!rest.starts_with("<br")) return 0;
  size_t end = 3;
  while (end < rest.size() && (rest[end] == ' ' || rest[end] == '/')) ++end;
  return end < rest.size() && rest[end] == '>' ? end + 1 : 0;
}

struct Gap {
  size_t end;
  bool line = false, zero_x = false;
  unsigned quotes = 0;
};

// What stands between the piece that ends at `begin` and the next digits.
Gap gap_from(std::string_view content, size_t begin, uint8_t kind) {
  Gap gap{begin};
  const size_t most = std::min(content.size(), begin + kWidestGap);
  size_t& at = gap.end;
  while (at < most) {
    const char c = content[at];
    const char next = at + 1 < content.size() ? content[at + 1] : ' ';
    if (c == '\\' && is_escaped_blank(next)) {
      gap.line = gap.line || next != 't';
      at += 2;
    } else if (kind == kHexByte && c == '0' && is_x(next) && at > begin) {
      gap.zero_x = true;
      at += 2;
    } else if (is_of(c, kind)) {
      size_t end = at;
      while (end < content.size() && is_sign(content[end])) ++end;
      // Signs alone join or mark something; beside others they are digits.
      if (end == at || at == begin || (end < content.size() && is_alnum(content[end]))) return gap;
      at = end;
    } else if (c == '<') {
      const size_t size = line_break(content.substr(at));
      if (size == 0) return {begin};
      gap.line = true;
      at += size;
    } else if (kBetween[static_cast<uint8_t>(c)] && (c != ':' || kind == kHexByte)) {
      gap.line = gap.line || is_line_end(c);
      gap.quotes += is_quote(c);
      ++at;
    } else {
      return {begin};
    }
  }
  return {begin};
}

bool may_follow(const Gap& gap, Range piece, Range next, uint8_t kind) {
  if (next.size() == 0 || (next.size() > piece.size() && piece.size() < kLongPiece)) return false;
  if (gap.line || gap.quotes >= 2) return true;
  return kind == kHexByte && next.begin - piece.end <= kWidestSeparator &&
         piece.size() <= kLongestGroup && piece.size() % 2 == 0 && next.size() % 2 == 0;
}

// Where the digits before the one at `position` begin, not before `least`.
size_t begin_of_digits(std::string_view content, size_t position, uint8_t kind, size_t least) {
  while (position > least && is_of(content[position - 1], kind)) --position;
  return position;
}

Range piece_from(std::string_view content, size_t position, uint8_t kind, size_t least) {
  if (position >= content.size() || !is_of(content[position], kind)) return {position, position};
  size_t begin = begin_of_digits(content, position, kind, least);
  if (begin > 0 && content[begin - 1] == '\\' && is_escaped_blank(content[begin])) ++begin;
  if (begin > position) return {position, position};
  return {begin, end_of_digits(content, position, kind)};
}

// The end of the digits before the gap that ends at `end`, if gap_from() would read it so.
size_t gap_before(std::string_view content, size_t end, uint8_t kind) {
  const size_t least = end - std::min(end, kWidestGap);
  size_t at = end;
  while (at > least) {
    const char c = content[at - 1];
    const char before = at > 1 ? content[at - 2] : ' ';
    if (is_escaped_blank(c) && before == '\\') {
      at -= 2;
    } else if (kind == kHexByte && at == end && is_x(c) && before == '0') {
      at -= 2;
    } else if (is_of(c, kind)) {
      size_t begin = at;
      while (begin > 0 && is_sign(content[begin - 1])) --begin;
      if (begin == at || at == end || (begin > 0 && is_alnum(content[begin - 1]))) return at;
      at = begin;
    } else if (c == '>' && at > least + 3) {
      size_t open = at - 1;
      while (open > least && (content[open - 1] == ' ' || content[open - 1] == '/')) --open;
      const bool is_tag = open >= 3 && line_break(content.substr(open - 3)) == at - (open - 3);
      at = is_tag ? open - 3 : at - 1;
    } else if (kBetween[static_cast<uint8_t>(c)]) {
      --at;
    } else {
      return end;
    }
  }
  return end;
}

}  // namespace

size_t end_of_digits(std::string_view content, size_t position, uint8_t kind) {
  while (position < content.size() && is_of(content[position], kind)) ++position;
  return position;
}

Range piece_at(std::string_view content, size_t position, uint8_t kind) {
  return piece_from(content, position, kind, 0);
}

Range piece_near(std::string_view content, size_t position, uint8_t kind) {
  const size_t least = position - std::min(position, kFarthest);
  return piece_from(content.substr(0, position + kFarthest), position, kind, least);
}

Range piece_behind(std::string_view content, Range piece, uint8_t kind) {
  const Range none{piece.end, piece.end};
  const Gap gap = gap_from(content, piece.end, kind);
  if (gap.end == piece.end) return none;
  // One that is longer than a short one does not count.
  const bool is_short = piece.size() < kLongPiece;
  const std::string_view most = content.substr(0, is_short ? gap.end + kLongPiece : content.npos);
  const Range next{gap.end, end_of_digits(most, gap.end, kind)};
  if (!may_follow(gap, piece, next, kind)) return none;
  return gap_before(content, next.begin, kind) == piece.end ? next : none;
}

Range piece_before(std::string_view content, Range piece, uint8_t kind) {
  const Range none{piece.begin, piece.begin};
  const size_t end = gap_before(content, piece.begin, kind);
  if (end == piece.begin || end == 0) return none;
  const Range before = piece_at(content, end - 1, kind);
  if (before.size() == 0 || before.end != end) return none;
  const Range behind = piece_behind(content, before, kind);
  return behind.begin == piece.begin && behind.size() > 0 ? before : none;
}

Range first_piece(std::string_view content, size_t position, uint8_t kind) {
  Range piece = piece_at(content, position, kind);
  if (piece.size() == 0 && position > 0) piece = piece_at(content, position - 1, kind);
  if (piece.size() == 0) return {position, position};
  for (;;) {
    const Range before = piece_before(content, piece, kind);
    if (before.size() == 0) return piece;
    piece = before;
  }
}

size_t end_of_run(std::string_view content, size_t position, uint8_t kind) {
  if (position == 0) return position;
  Range piece = piece_at(content, position - 1, kind);
  if (piece.size() == 0) return position;
  for (;;) {
    const Range next = piece_behind(content, piece, kind);
    if (next.size() == 0) return piece.end;
    piece = next;
  }
}

}  // namespace pushguard
