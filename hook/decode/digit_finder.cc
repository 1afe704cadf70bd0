// SPDX-License-Identifier: Apache-2.0
#include "decode/digit_finder.h"

#include <algorithm>

#include "codec/byte_kinds.h"
#include "decode/block_filter.h"

namespace pushguard {
namespace {

constexpr size_t kFewestPrintable = 20;    // decoded bytes
constexpr size_t kFewestPackedBytes = 28;  // as they are written: a header and a trailer
constexpr size_t kMostPacked = 4;          // starts in one run that are tried
constexpr size_t kRow = 16;
constexpr size_t kUsualLine = 60;  // digits: what encoders break lines at is not less

// For each set of two or four phases, all bits of the lanes of these.
constexpr std::array<uint64_t, 16> kLanes = [] {
  std::array<uint64_t, 16> lanes{};
  for (unsigned phases = 0; phases < 16; ++phases) {
    for (unsigned q = 0; q < 4; ++q) lanes[phases] |= phases >> q & 1 ? 0xffffull << 16 * q : 0;
  }
  return lanes;
}();
constexpr uint64_t kOnes = 0x0001'0001'0001'0001;

bool has_alnum(std::string_view text) { return std::ranges::any_of(text, is_alnum); }

// Whether no letter or digit stands before `begin`, or behind `end`, on its line.
bool is_first_on_line(std::string_view content, size_t begin) {
  const size_t from = begin - std::min(begin, kWidestGap);
  const std::string_view before = content.substr(from, begin - from);
  const size_t line = before.find_last_of("\r\n") + 1;  // 0 where it is farther away
  return (line > 0 || from == 0) && !has_alnum(before.substr(line));
}
bool is_last_on_line(std::string_view content, size_t end) {
  const std::string_view rest = content.substr(end, kWidestGap);
  return !has_alnum(rest.substr(0, rest.find_first_of("\r\n")));
}

}  // namespace

// One pass over a run.
struct DigitFinder::Walk {
  static constexpr size_t kKept = 64;

  Walk(const Kind& one, Range begin) : kind(one), first(begin), piece(begin) {}

  void step(char c) {
    const auto byte = static_cast<uint8_t>(c);
    const unsigned phases = kRoles[digits & 3][byte] / kind.first_role & (kind.group == 4 ? 15 : 3);
    counts = (counts + kOnes) & kLanes[phases];
    kept[digits++ % kKept] = byte;
  }
  // The phases in which the last `kind.fewest` digits fit.
  uint64_t full() const { return (counts + (0x8000 - kind.fewest) * kOnes) & 0x8000 * kOnes; }
  // Whether enough consecutive bytes of those are printable; starts counting anew if not.
  bool is_text(unsigned phase) {
    size_t printable = 0, at = digits - kind.fewest, bad = at;
    while (at % kind.group != phase) ++at;
    uint32_t bits = 0;
    for (unsigned held = 0; at < digits; ++at) {
      const uint8_t digit = kept[at % kKept];
      const unsigned width = kind.group == 4 ? 6 : 4;
      const int value = kind.group == 4 ? base64_value(digit) : hex_value(digit);
      bits = bits << width | static_cast<uint32_t>(value);
      held += width;
      if (held < 8) continue;
      held -= 8;
      if (is_printable(static_cast<uint8_t>(bits >> held))) {
        if (++printable == kFewestPrintable) return true;
      } else {
        printable = 0, bad = at;
      }
    }
    set_count(phase, std::min(digits - 1 - bad, kind.fewest - 1));
    return false;
  }
  void set_count(unsigned phase, uint64_t count) {
    counts = (counts & ~(0xffffull << 16 * phase)) | count << 16 * phase;
  }

  const Kind& kind;
  Range first, piece;
  Range second{};                   // the second piece; empty if there is none
  size_t full_end = 0;              // of the pieces that are as long as the first
  size_t short_end = 0;             // of the first one that is shorter
  size_t digits = 0, of_piece = 0;  // so far; those before the piece
  uint64_t counts = 0;              // by phase, in 16 bits each: the last digits that fit
  std::array<uint8_t, kKept> kept{};
};

void DigitFinder::row(size_t end) {
  const size_t begin = end - kRow;
  if (end <= base64_.done && end <= hex_.done) return;
  const uint8_t phases = block_phases(content_.data() + begin);
  for (unsigned q = 0; q < 4; ++q) {
    if (phases >> q & 1) consider(base64_, begin + q, 0);
  }
  for (unsigned q = 0; q < 2; ++q) {
    if (phases >> q & 16) consider(hex_, begin + q, 0);
  }
}

void DigitFinder::line(size_t end) {
  if (end <= base64_.done && end <= hex_.done) return;
  size_t begin = end;
  while (begin > 0 && end - begin < kWidestGap && !is_alnum(content_[begin - 1])) --begin;
  if (begin == 0) return;
  const Range last = piece_near(content_, begin - 1, kBase64Byte);
  if (last.size() == 0) return;
  if (last.size() == 1) narrow(last.begin);
  // The last line of a text may have its line end in it.
  if (!lines_before(last.end)) lines_before(last.begin);
}

// Looks at the last few letters and digits before `end`, whatever stands between them. Whether
// they could be text.
bool DigitFinder::lines_before(size_t end) {
  constexpr size_t kFew = 12, kFarthest = 4 * kWidestGap;
  std::array<size_t, kFew> places;
  size_t left = kFew;
  for (size_t at = end; left > 0 && at > 0 && end - at < kFarthest; --at) {
    if (is_alnum(content_[at - 1])) places[--left] = at - 1;
  }
  uint8_t phases = left < kFew / 2 ? kBase64Phases | kHexPhases : 0;
  for (size_t i = left; i < kFew && phases != 0; ++i) {
    phases &= kRoles[(i - left) & 3][static_cast<uint8_t>(content_[places[i]])];
  }
  for (unsigned q = 0; q < 4; ++q) {
    if (phases >> q & 1) consider(base64_, places[left], 4 - q);
  }
  for (unsigned q = 0; q < 2; ++q) {
    if (phases >> q & 16) consider(hex_, places[left], 2 - q);
  }
  return phases != 0;
}

// Whether two hex digits of printable ASCII, and no third, are at `at`.
bool DigitFinder::is_text_pair(size_t at) const {
  return at + 1 < content_.size() && content_[at] >= '2' && content_[at] <= '7' &&
         is_hex_digit(content_[at + 1]) &&
         (at + 2 == content_.size() || !is_hex_digit(content_[at + 2]));
}

void DigitFinder::pairs(size_t end) {
  if (!is_text_pair(end - 2)) return;
  if (is_text_pair(end - 5) || (end > 5 && is_text_pair(end - 6))) consider(hex_, end - 2, 0);
}

void DigitFinder::zero_x(size_t at) {
  if (!is_text_pair(at + 2)) return;
  // In an array another one follows it, but for the last.
  size_t next = at + 4;
  while (next < content_.size() && next < at + kWidestGap && !is_alnum(content_[next])) ++next;
  if (is_text_pair(next + 2) && content_[next] == '0' && (content_[next + 1] | 0x20) == 'x') {
    consider(hex_, at + 2, 0);
  }
}

// `index` is the place in its group that the digit at `position` may have.
void DigitFinder::consider(Kind& kind, size_t position, unsigned index) {
  if (position < kind.done || !fits_around(kind, position, index)) return;
  read_run(kind, position);
}

bool DigitFinder::fits_around(const Kind& kind, size_t position, unsigned index) const {
  const auto fits = [&](size_t at, unsigned place) {
    return (kRoles[place & 3][static_cast<uint8_t>(content_[at])] & kind.first_role) != 0;
  };
  if (!fits(position, index)) return false;
  const Range own = piece_near(content_, position, kind.digits);
  if (own.size() == 0) return false;
  size_t count = 0;
  Range piece = own;
  size_t at = position;
  for (unsigned place = index; count < kind.fewest; ++place, ++at) {
    if (at == piece.end) {
      piece = piece_behind(content_, piece, kind.digits);
      if (piece.size() == 0) break;
      at = piece.begin;
    }
    if (!fits(at, place)) break;
    ++count;
  }
  piece = own, at = position;
  for (unsigned place = index + 3; count < kind.fewest; --place) {
    if (at == piece.begin) {
      piece = piece_before(content_, piece, kind.digits);
      if (piece.size() == 0) break;
      at = piece.end;
    }
    if (!fits(--at, place)) break;
    ++count;
  }
  return count >= kind.fewest;
}

void DigitFinder::read_run(Kind& kind, size_t position) {
  Walk walk(kind, first_piece(content_, position, kind.digits));
  std::array<bool, 4> has_text{};
  const size_t before = found_.size();
  for (Range piece = walk.first; piece.size() > 0;) {
    walk.piece = piece;
    walk.of_piece = walk.digits;
    if (piece.begin != walk.first.begin && walk.second.size() == 0) walk.second = piece;
    if (piece.size() == walk.first.size()) {
      walk.full_end = piece.end;
    } else if (walk.short_end == 0) {
      walk.short_end = piece.end;
    }
    for (size_t at = piece.begin; at < piece.end; ++at) {
      walk.step(content_[at]);
      const uint64_t full = walk.full();
      if (full == 0) [[likely]]
        continue;
      for (unsigned q = 0; q < kind.group; ++q) {
        if (!(full >> 16 * q & 0x8000) || !walk.is_text(q)) continue;
        has_text[q] = true;
        walk.set_count(q, 0);
        const bool alone = walk.digits - walk.of_piece >= kind.fewest;
        const bool usual = piece.size() >= kUsualLine && piece.size() % 4 == 0;
        if (alone && !usual) {
          const size_t phase = (q + 4 - walk.of_piece % 4) % kind.group;
          found_.push_back({piece, kind.encoding, static_cast<uint8_t>(phase)});
        }
      }
    }
    kind.done = piece.end;
    piece = piece_behind(content_, piece, kind.digits);
  }
  for (unsigned q = 0; q < kind.group; ++q) {
    if (has_text[q]) add(kind, walk, q);
  }
  for (size_t i = before; i < found_.size(); ++i) {
    found_[i].run = {walk.first.begin, walk.piece.end};
  }
}

// The run in one phase; where its first piece may be of what stands before it, or its last one
// of what stands behind, also without that.
void DigitFinder::add(const Kind& kind, const Walk& walk, size_t phase) {
  const size_t end = walk.piece.end;
  size_t ends[] = {end, end, end};
  const bool is_one = walk.second.size() == 0;
  if (!is_one && !is_last_on_line(content_, end)) ends[1] = walk.full_end;
  if (walk.short_end > 0) ends[2] = walk.short_end;
  const bool is_first = is_one || (is_first_on_line(content_, walk.first.begin) &&
                                   walk.first.size() == walk.second.size());
  const size_t group = kind.group;
  const size_t later = (phase + 4 - walk.first.size() % 4) % group;
  for (const size_t one : ends) {
    found_.push_back({{walk.first.begin, one}, kind.encoding, static_cast<uint8_t>(phase)});
    if (is_first || one < walk.second.end) continue;
    found_.push_back({{walk.second.begin, one}, kind.encoding, static_cast<uint8_t>(later)});
  }
}

// Whether the digits from `at` on, over gaps, are those of a gzip member or a zlib stream.
bool DigitFinder::is_packed(size_t at) const {
  char start[4];
  size_t size = 0;
  Range piece = piece_near(content_, at, kBase64Byte);
  for (size_t i = at; size < 4; ++i) {
    if (i >= piece.end) {
      piece = piece_behind(content_, piece, kBase64Byte);
      if (piece.size() == 0) return false;
      i = piece.begin;
    }
    start[size++] = content_[i];
  }
  const std::string_view four(start, 4);
  if (four == "H4sI") return true;
  if (four[0] != 'e' || (at > 0 && is_of(content_[at - 1], kBase64Byte))) return false;
  switch (four[1]) {  // the levels that zlib knows
    case 'A': return four[2] >= 'E' && four[2] <= 'H';
    case 'F': return four[2] >= '4' && four[2] <= '7';
    case 'J': return four[2] >= 'w' && four[2] <= 'z';
    case 'N': return four[2] >= 'o' && four[2] <= 'r';
    default: return false;
  }
}

void DigitFinder::packed(size_t at) {
  const bool is_tried = at < packed_end_ && packed_ >= kMostPacked;
  if (!is_tried && is_packed(at)) add_packed(at);
}

void DigitFinder::add_packed(size_t at) {
  if (at >= packed_end_) {
    packed_end_ = end_of_run(content_, at + 1, kBase64Byte);
    packed_ = 0;
  }
  if (++packed_ > kMostPacked || packed_end_ - at < kFewestPackedBytes) return;
  found_.push_back({{at, packed_end_}, Encoding::base64});
}

// A run of single digits, in which no two stand together that the filter could mark.
void DigitFinder::narrow(size_t position) {
  if (position < narrow_done_) return;
  for (Range piece = first_piece(content_, position, kBase64Byte); piece.size() > 0;
       piece = piece_behind(content_, piece, kBase64Byte)) {
    if (piece.size() == 1) packed(piece.begin);
    narrow_done_ = piece.end;
  }
}

}  // namespace pushguard
