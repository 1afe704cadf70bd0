// SPDX-License-Identifier: Apache-2.0
#include "decode/finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

#include "codec/byte_kinds.h"
#include "decode/block_filter.h"
#include "decode/digit_finder.h"
#include "decode/digit_lines.h"
#include "decode/escapes.h"
#include "decode/word_finder.h"

namespace pushguard {
namespace {

constexpr size_t kFewestUnits = 16, kMostForeignUnits = 32;  // of UTF-16
constexpr size_t kShortestQuoted = 20;
constexpr size_t kShortestQuotedLine = 50, kLongestQuotedLine = 118;
constexpr size_t kMostUneven = 3;  // characters by which lines of quoted-printable differ
constexpr size_t kStepsBetweenAsking = (16 << 10) / (BlockFilter::kBlock * BlockBits::kMost);

using Deadline = std::chrono::steady_clock::time_point;

class Finder {
 public:
  Finder(std::string_view content, Deadline deadline) : content_(content), deadline_(deadline) {}

  FoundEncoded find(std::span<const Range> looks) {
    size_t done = 0;
    for (size_t i = 0; i < looks.size() && !out_of_time_;) {
      Range look = widened(looks[i], done);
      for (++i; i < looks.size() && looks[i].begin <= look.end + 2 * kEncodedMargin; ++i) {
        if (looks[i].end > look.end) look.end = widened(looks[i], look.end).end;
      }
      look.begin = std::max(look.begin, done);
      if (look.begin < look.end) search(look);
      done = std::max(done, look.end);
    }
    std::ranges::sort(found_, {}, [](const EncodedRange& s) {
      return std::tuple(s.range.begin, s.range.end, s.encoding, s.phase);
    });
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return {std::move(found_), !out_of_time_};
  }

 private:
  // `look` with kEncodedMargin on both sides, and with the whole of every word, string and run of
  // digits that this touches, except bytes before `done`.
  Range widened(Range look, size_t done) const {
    Range wide{look.begin - std::min(look.begin, kEncodedMargin),
               std::min(content_.size(), look.end + kEncodedMargin)};
    wide.begin = std::max(done, first_of_joined(content_, wide.begin));
    wide.end = end_of_joined(content_, wide.end);
    for (const uint8_t kind : {kBase64Byte, kHexByte}) {
      if (wide.begin > done) wide.begin = first_piece(content_, wide.begin, kind).begin;
      wide.end = end_of_run(content_, wide.end, kind);
    }
    return with_lines(wide, done);
  }

  // The line before the range as well, and to the end of its last one: lines with one word each
  // count beside each other.
  Range with_lines(Range range, size_t done) const {
    const auto is_end = [&](size_t at) { return content_[at] == '\n' || content_[at] == '\r'; };
    size_t& begin = range.begin;
    const size_t least = std::max(done, begin - std::min(begin, kEncodedMargin));
    for (int lines = 0; lines < 2; ++lines) {
      while (lines > 0 && begin > least && is_end(begin - 1)) --begin;
      while (begin > least && !is_end(begin - 1)) --begin;
    }
    const size_t most = std::min(content_.size(), range.end + kEncodedMargin);
    while (range.end < most && !is_end(range.end)) ++range.end;
    range.end = std::min(content_.size(), range.end + 1);
    return range;
  }

  void search(Range look) {
    std::array<Block, BlockBits::kMost> blocks;
    BlockFilter filter(content_, look.begin, look.end);
    while (!filter.done() && !out_of_time()) {
      const size_t count = filter.next(blocks);
      for (const Block& block : std::span(blocks).first(count)) examine(block);
    }
  }

  bool out_of_time() {
    if (steps_++ % kStepsBetweenAsking == 0) {
      out_of_time_ = std::chrono::steady_clock::now() >= deadline_;
    }
    return out_of_time_;
  }

  template <typename Take>
  static void each_bit(uint64_t bits, size_t position, Take take) {
    for (; bits != 0; bits &= bits - 1) {
      take(position + static_cast<size_t>(std::countr_zero(bits)));
    }
  }

  void examine(const Block& block) {
    each_bit(block.marks, block.position, [&](size_t at) { mark(at); });
    each_bit(block.lines, block.position, [&](size_t at) { digits_.line(at); });
    each_bit(block.pairs, block.position, [&](size_t at) { digits_.pairs(at); });
    rows(block);
    if (!block.wide) return;
    for (size_t at = block.position; at < block.position + BlockFilter::kBlock; at += 16) {
      if (at < content_.size()) wide(at + (content_[at] == 0));
    }
  }

  // One of each 8: any 31 digits have 24 that end at one of those.
  void rows(const Block& block) {
    for (uint64_t left = block.rows; left != 0;) {
      const auto first = static_cast<unsigned>(std::countr_zero(left));
      const size_t last = block.position + first;
      // A row that the content ends with has its bit behind it, where a line end would be.
      const bool is_inside = last < content_.size() && is_alnum(content_[last]);
      digits_.row(is_inside ? last + 1 : last);
      left = first >= 56 ? 0 : left & ~uint64_t{0} << (first + 8);
    }
  }

  void mark(size_t at) {
    switch (content_[at]) {
      case '%': return words_.percent(at);
      case '&': return words_.entity(at);
      case '\\': return words_.backslash(at);
      case '=': return quoted(at);
      case '0': return digits_.zero_x(at);
      case 'H':
      case 'e': return digits_.packed(at);
      default: return words_.joint(at);
    }
  }

  // The line that contains the byte at `at`, without its line feed.
  Range line_of(size_t at) const {
    Range line{at, at};
    while (line.begin > 0 && line.size() <= kLongestQuotedLine &&
           content_[line.begin - 1] != '\n') {
      --line.begin;
    }
    while (line.end < content_.size() && line.size() <= kLongestQuotedLine &&
           content_[line.end] != '\n') {
      ++line.end;
    }
    return line;
  }

  // The number of characters before a soft line end; 0 if the line has none.
  size_t before_soft_end(Range line) const {
    const bool crlf = line.size() > 0 && content_[line.end - 1] == '\r';
    const size_t size = line.size() - crlf;
    const bool is_soft = size > 1 && size <= kLongestQuotedLine && line.end < content_.size() &&
                         content_[line.begin + size - 1] == '=' && content_[line.end] == '\n' &&
                         content_[line.begin + size - 2] != ' ';
    return is_soft ? size - 1 : 0;
  }

  // Whether the line has a soft end: a long line, or one of two that are alike.
  bool is_soft(Range line) const {
    const size_t size = before_soft_end(line);
    if (size == 0 || size >= kShortestQuotedLine) return size > 0;
    const auto is_like = [&](size_t other) {
      return other > 0 && other + kMostUneven >= size && other <= size + kMostUneven;
    };
    return is_like(before_soft_end(line_of(line.end + 1))) ||
           (line.begin > 0 && is_like(before_soft_end(line_of(line.begin - 1))));
  }

  // Whether a line has two escapes in a row, as if each byte were escaped.
  bool has_quoted_pair(size_t at) const {
    const std::string_view rest = content_.substr(at);
    return rest.size() >= 6 && rest[3] == '=' && quoted_escape(rest).value >= 0 &&
           quoted_escape(rest.substr(3)).value >= 0;
  }

  void quoted(size_t at) {
    if (at < quoted_done_) return;
    Range line = line_of(at);
    const bool is_all = has_quoted_pair(at);
    if (!is_all && content_.substr(at, 3) != "=3D" && !is_soft(line)) return;
    const auto goes_on = [&](Range one) {
      return is_soft(one) || (is_all && before_soft_end(one));
    };
    if (line.size() > kLongestQuotedLine) line = word_at(content_, at);
    Range range = line;
    while (range.begin > 0) {
      const Range before = line_of(range.begin - 1);
      if (!goes_on(before)) break;
      range.begin = before.begin;
    }
    while (goes_on(line)) {
      line = line_of(line.end + 1);
      range.end = line.end;
    }
    quoted_done_ = range.end;
    if (range.size() >= kShortestQuoted) found_.push_back({range, Encoding::quoted_printable});
  }

  // Whether the byte at `at` can be the ASCII byte of a code unit, in either byte order:
  // one of its neighbours is the unit's zero byte.
  bool is_ascii_unit(size_t at) const {
    return is_text_byte(at) && (is_zero(at - 1) || is_zero(at + 1));
  }
  bool is_text_byte(size_t at) const {
    const auto c = static_cast<uint8_t>(content_[at]);
    return is_printable(c) || c == '\t' || c == '\n' || c == '\r';
  }
  bool is_zero(size_t at) const { return at >= content_.size() || content_[at] == 0; }

  // The last ASCII unit from `at` on, over what may be UTF-16.
  size_t last_unit(size_t at, bool forward) const {
    size_t last = at;
    for (size_t foreign = 0; foreign <= kMostForeignUnits;) {
      if (forward ? at + 2 >= content_.size() : at < 2) break;
      at = forward ? at + 2 : at - 2;
      if (is_ascii_unit(at)) {
        foreign = 0;
        last = at;
      } else if (content_[at] == 0 && is_zero(at + 1)) {
        break;
      } else {
        ++foreign;
      }
    }
    return last;
  }

  void wide(size_t at) {
    size_t& done = wide_done_[at & 1];
    if (at >= content_.size() || at < done || !is_text_byte(at)) return;
    // The row of text bytes with one zero byte between each two.
    Range row{at, at + 1};
    while (row.begin >= 2 && content_[row.begin - 1] == 0 && is_text_byte(row.begin - 2)) {
      row.begin -= 2;
    }
    while (row.end + 1 < content_.size() && content_[row.end] == 0 && is_text_byte(row.end + 1)) {
      row.end += 2;
    }
    if (row.size() < 2 * kFewestUnits - 1) return;
    done = last_unit(at, true) + 1;
    found_.push_back({{last_unit(at, false), done}, Encoding::utf16});
  }

  std::string_view content_;
  const Deadline deadline_;
  size_t steps_ = 0;  // of the filter
  bool out_of_time_ = false;
  std::vector<EncodedRange> found_;
  DigitFinder digits_{content_, found_};
  WordFinder words_{content_, found_};
  size_t quoted_done_ = 0;
  std::array<size_t, 2> wide_done_{};  // by the parity of the ASCII bytes
};

}  // namespace

FoundEncoded find_encoded(std::string_view content, std::span<const Range> looks,
                          std::chrono::steady_clock::time_point deadline) {
  return Finder(content, deadline).find(looks);
}

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::base64: return "base64";
    case Encoding::hex: return "hex";
    case Encoding::percent: return "URL encoding";
    case Encoding::escapes: return "escapes";
    case Encoding::entities: return "HTML entities";
    case Encoding::joined: return "joined strings";
    case Encoding::quoted_printable: return "quoted-printable";
    case Encoding::utf16: return "UTF-16";
  }
  return "base64";
}

}  // namespace pushguard
