// SPDX-License-Identifier: Apache-2.0
#include "decode/finder.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "codec/byte_kinds.h"
#include "decode/block_filter.h"
#include "decode/digit_lines.h"

namespace pushguard {
namespace {

constexpr size_t kFewestBase64 = 31, kFewestHex = 40;  // digits
constexpr size_t kFewestPrintable = 20;                // decoded bytes
constexpr size_t kShortestWord = 20, kWordContext = 64;
constexpr size_t kFewestUnits = 16, kMostForeignUnits = 32;  // of UTF-16
constexpr size_t kShortestQuotedLine = 50, kLongestQuotedLine = 78;
constexpr size_t kFewestGzipDigits = 28;  // a header and a trailer
constexpr size_t kMostGzips = 4;          // starts in one run that are tried

class Finder {
 public:
  explicit Finder(std::string_view content) : content_(content) {}

  std::vector<EncodedRange> find(std::span<const Range> looks) {
    size_t done = 0;
    for (size_t i = 0; i < looks.size();) {
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
    return std::move(found_);
  }

 private:
  // `look` with kEncodedMargin on both sides, and with the whole of every word and line of
  // digits that this touches, except bytes before `done`.
  Range widened(Range look, size_t done) const {
    Range wide{look.begin - std::min(look.begin, kEncodedMargin),
               std::min(content_.size(), look.end + kEncodedMargin)};
    while (wide.begin > done && is_of(content_[wide.begin - 1], kWordByte)) --wide.begin;
    while (wide.end < content_.size() && is_of(content_[wide.end], kWordByte)) ++wide.end;
    if (wide.begin > done) wide.begin = begin_of_run(content_, wide.begin, kBase64Byte);
    wide.end = end_of_run(content_, wide.end, kBase64Byte);
    return wide;
  }

  void search(Range look) {
    std::array<Block, 64> blocks;
    for (size_t at = look.begin; at < look.end;) {
      const size_t count = filter_blocks(content_, at, look.end, blocks);
      for (const Block& block : std::span(blocks).first(count)) examine(block);
    }
  }

  void examine(const Block& block) {
    for (uint8_t q = 0; q < 4; ++q) {
      if (block.why & 1u << q) digits(block.position, q, Encoding::base64, base64_);
    }
    for (uint8_t q = 0; q < 2; ++q) {
      if (block.why & 16u << q) digits(block.position, q, Encoding::hex, hex_);
    }
    if (block.why & kWideBlock) wide(block.position + (content_[block.position] == 0));
    if (!(block.why & kMarkBlock)) return;
    const size_t end = std::min(block.position + 16, content_.size() - 1);
    for (size_t at = block.position; at < end; ++at) {
      if (is_mark(content_[at], content_[at + 1])) mark(at);
    }
  }

  void digits(size_t position, uint8_t q, Encoding encoding, DigitLines& run) {
    const bool is_hex = encoding == Encoding::hex;
    const size_t group = is_hex ? 2 : 4;
    const uint8_t kind = is_hex ? kHexByte : kBase64Byte;
    uint8_t& known = is_hex ? hex_phases_ : base64_phases_;
    // Start with the block's second group: its first byte may be the letter of an escape.
    const size_t start = position + q + group;
    if (run.contains(start) && known & 1u << phase_of(run, start, group)) return;
    // Nothing is read twice in one phase; long runs would take quadratic time otherwise.
    size_t& no_text = no_text_until_[(is_hex ? 4 : 0) + start % group];
    if (position < no_text) return;
    const Range fitting = fitting_digits(position, q, is_hex);
    if (fitting.size() < (is_hex ? kFewestHex : kFewestBase64) ||
        !is_text(fitting, (start - fitting.begin) % group, is_hex)) {
      no_text = fitting.end;
      return;
    }
    if (!run.contains(start)) {
      run = DigitLines(content_, start, kind);
      known = 0;
    }
    const auto phase = static_cast<uint8_t>(phase_of(run, start, group));
    known |= static_cast<uint8_t>(1u << phase);
    found_.push_back({run.range(), encoding, phase});
  }

  static size_t phase_of(const DigitLines& run, size_t start, size_t group) {
    return run.number_of(start) % group;
  }

  // The bytes around the block that can encode text in the same phase.
  Range fitting_digits(size_t position, uint8_t q, bool is_hex) const {
    const auto bit = static_cast<uint8_t>((is_hex ? 16u : 1u) << q);
    const auto fits = [&](size_t at) {
      return (kRoles[(at - position) & 3][static_cast<uint8_t>(content_[at])] & bit) != 0;
    };
    Range range{position, std::min(position + 16, content_.size())};
    while (range.begin > 0 && fits(range.begin - 1)) --range.begin;
    while (range.end < content_.size() && fits(range.end)) ++range.end;
    return range;
  }

  // Whether enough consecutive decoded bytes are printable.
  bool is_text(Range digits, size_t phase, bool is_hex) const {
    size_t printable = 0;
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t at = digits.begin + phase; at < digits.end; ++at) {
      const auto digit = static_cast<uint8_t>(content_[at]);
      bits = is_hex ? bits << 4 | static_cast<uint32_t>(hex_value(digit))
                    : bits << 6 | static_cast<uint32_t>(base64_value(digit));
      count += is_hex ? 4 : 6;
      if (count < 8) continue;
      count -= 8;
      printable = is_printable(static_cast<uint8_t>(bits >> count)) ? printable + 1 : 0;
      if (printable == kFewestPrintable) return true;
    }
    return false;
  }

  void mark(size_t at) {
    switch (content_[at]) {
      case '%': return word(at, Encoding::percent);
      case '\\': return word(at, Encoding::escapes);
      case '=': return quoted_line(at);
      case '3': return at > 0 && content_[at - 1] == '=' ? quoted_line(at - 1) : void();
      default: return gzip(at);
    }
  }

  bool is_printable_hex(size_t at) const {
    if (at + 2 > content_.size()) return false;
    const int high = hex_value(static_cast<uint8_t>(content_[at]));
    const int low = hex_value(static_cast<uint8_t>(content_[at + 1]));
    return high >= 0 && low >= 0 && is_printable(static_cast<uint8_t>(high << 4 | low));
  }

  bool is_escape(size_t at) const {
    if (content_[at] == '%') return is_printable_hex(at + 1);
    switch (content_[at + 1]) {
      case 'x': return is_printable_hex(at + 2);
      case 'u': return content_.substr(at + 2, 2) == "00" && is_printable_hex(at + 4);
      default: return is_between_digits(at);
    }
  }

  // For `\/`: regular expressions have many of them, tokens do not.
  bool is_between_digits(size_t at) const {
    return at > 0 && at + 2 < content_.size() && is_of(content_[at - 1], kBase64Byte) &&
           is_of(content_[at + 2], kBase64Byte);
  }

  void word(size_t at, Encoding encoding) {
    size_t& done = encoding == Encoding::percent ? percent_done_ : escapes_done_;
    if (at < done || !is_escape(at)) return;
    Range range{at, at + 1};
    while (range.begin > 0 && is_of(content_[range.begin - 1], kWordByte)) --range.begin;
    while (range.end < content_.size() && is_of(content_[range.end], kWordByte)) ++range.end;
    done = range.end;
    if (range.size() < kShortestWord) return;
    // Includes a name before it on the same line.
    for (size_t i = 0; i < kWordContext && range.begin > 0; ++i) {
      if (content_[range.begin - 1] == '\n') break;
      --range.begin;
    }
    found_.push_back({range, encoding});
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

  bool is_soft(Range line) const {
    const bool crlf = line.size() > 0 && content_[line.end - 1] == '\r';
    const size_t size = line.size() - crlf;
    return size >= kShortestQuotedLine && size <= kLongestQuotedLine &&
           content_[line.begin + size - 1] == '=' && line.end < content_.size() &&
           content_[line.end] == '\n';
  }

  void quoted_line(size_t at) {
    if (at < quoted_done_) return;
    Range line = line_of(at);
    if (line.size() > kLongestQuotedLine + 1) return;
    if (content_[at + 1] != '3' && !is_soft(line)) return;
    Range range = line;
    while (range.begin > 0) {
      const Range before = line_of(range.begin - 1);
      if (!is_soft(before)) break;
      range.begin = before.begin;
    }
    while (is_soft(line)) {
      line = line_of(line.end + 1);
      range.end = line.end;
    }
    quoted_done_ = range.end;
    if (range.size() >= kShortestWord) found_.push_back({range, Encoding::quoted_printable});
  }

  void gzip(size_t at) {
    if (content_.substr(at, 4) != "H4sI") return;
    if (at >= gzip_end_) {
      gzip_end_ = end_of_run(content_, at + 1, kBase64Byte);
      gzips_ = 0;
    }
    if (++gzips_ > kMostGzips || gzip_end_ - at < kFewestGzipDigits) return;
    found_.push_back({{at, gzip_end_}, Encoding::base64});
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
    if (at < done || !is_text_byte(at)) return;
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
  std::vector<EncodedRange> found_;
  DigitLines base64_, hex_;                     // the last ones with text in them
  uint8_t base64_phases_ = 0, hex_phases_ = 0;  // of these, as bits
  std::array<size_t, 6> no_text_until_{};       // by phase in the content; base64, then hex
  size_t gzip_end_ = 0, gzips_ = 0;             // the run with the last start of gzip
  size_t percent_done_ = 0, escapes_done_ = 0, quoted_done_ = 0;
  std::array<size_t, 2> wide_done_{};  // by the parity of the ASCII bytes
};

}  // namespace

std::vector<EncodedRange> find_encoded(std::string_view content, std::span<const Range> looks) {
  return Finder(content).find(looks);
}

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::base64: return "base64";
    case Encoding::hex: return "hex";
    case Encoding::percent: return "URL encoding";
    case Encoding::escapes: return "escapes";
    case Encoding::quoted_printable: return "quoted-printable";
    case Encoding::utf16: return "UTF-16";
  }
  return "base64";
}

}  // namespace pushguard
