// SPDX-License-Identifier: Apache-2.0
#include "validators/armor.h"

#include <algorithm>
#include <span>

#include "codec/byte_kinds.h"
#include "codec/der.h"
#include "codec/encodings.h"
#include "validators/armor_letters.h"
#include "validators/openssh_key.h"

namespace pushguard {
namespace {

constexpr size_t kPeek = 24;             // digits that show whether a key begins there
constexpr size_t kMostDigits = 1 << 16;  // of one key
constexpr size_t kFarthestEnd = 4096;    // bytes between a key's last digit and its END line
constexpr size_t kLongestLabel = 128;

// As many bytes as the digits hold in whole.
std::string bytes_of(std::string_view digits) {
  if (digits.size() % 4 == 1) digits.remove_suffix(1);
  return base64_decode(digits).value_or("");
}

bool is_base64_digit(char c) { return is_of(c, kBase64Byte); }

// The bytes up to the next literal, if `text` begins with the quote that ends one and only what
// joins them is between; else 0.
size_t joint(std::string_view text) {
  constexpr size_t kLongest = 80;
  constexpr std::string_view kJoins = " \t\r\n+.&_,|\\";
  const size_t end = text.substr(0, kLongest).find_first_not_of(kJoins, 1);
  return end < text.size() && (text[end] == '"' || text[end] == '\'') ? end : 0;
}

// One literal with line ends for the escapes that stand for one, and without other backslashes.
std::string without_escapes(std::string_view text) {
  constexpr std::string_view kLineEnds[] = {"n", "012", "x0a", "x0A", "u000a", "u000A"};
  constexpr std::string_view kBlanks[] = {"r", "t", "f", "v", "015", "x0d", "x0D", "u000d"};
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"' || text[at] == '\'') {
      at += joint(text.substr(at));
      continue;
    }
    if (text[at] != '\\') {
      plain += text[at];
      continue;
    }
    const std::string_view behind = text.substr(at + 1);
    const auto take = [&](std::span<const std::string_view> names, char byte) {
      const auto name = std::ranges::find_if(
          names, [&](std::string_view one) { return behind.starts_with(one); });
      if (name == names.end()) return false;
      plain += byte;
      at += name->size();
      return true;
    };
    if (!take(kLineEnds, '\n')) take(kBlanks, ' ');
  }
  return plain;
}

// What the places after one BEGIN line give.
class Reading {
 public:
  Reading(std::string_view content, size_t begin, Effort& effort)
      : content_(content), label_(begin + kArmorBegin.size()), effort_(effort) {
    if (label_ < effort_.line.begin || label_ >= effort_.line.end) {
      effort_.line = {label_, std::min(content.find('\n', label_), content.size())};
    }
    const size_t line_end = effort_.line.end;
    if (line_end < content.size()) next_line_ = line_end + 1;
    const size_t rule = content.substr(label_, kLongestLabel).find(kArmorRule);
    if (rule != content.npos && label_ + rule < line_end)
      behind_label_ = label_ + rule + kArmorRule.size();
  }

  std::optional<ArmoredKey> key() {
    if (next_line_ != content_.npos) {
      if (auto found = try_at(after_headers(), ArmorStyle::plain)) return found;
    }
    if (behind_label_ != content_.npos) {
      if (auto found = try_at(behind_label_, ArmorStyle::source)) return found;
      if (auto found = try_at(behind_label_, ArmorStyle::plain)) return found;
    }
    if (next_line_ != content_.npos) {
      const size_t blank = after_blank_line();
      if (blank != content_.npos) {
        if (auto found = try_at(blank, ArmorStyle::plain)) return found;
      }
      if (auto found = in_marked_lines()) return found;
    }
    return in_literal();
  }

  Extent extent() const { return extent_; }

 private:
  // Go takes every line with a colon before the data for a header.
  size_t after_headers() {
    if (next_line_ >= effort_.headers.begin && next_line_ < effort_.headers.end) {
      return effort_.headers.end;
    }
    size_t line = next_line_;
    for (;;) {
      bool colon = false;
      size_t at = line;
      for (; at < content_.size() && content_[at] != '\n' && take_one(); ++at) {
        colon = colon || content_[at] == ':';
      }
      if (!colon || at == content_.size() || effort_.bytes == 0) break;
      line = at + 1;
    }
    if (line > next_line_) effort_.headers = {next_line_, line};
    return line;
  }

  // OpenSSL takes what is before an empty line for headers, and passes over ten bytes of them.
  // Blanks, control characters and bytes beyond ASCII make no line less empty at its end.
  size_t after_blank_line() {
    constexpr size_t kMostHeader = 10;
    size_t header = 0;
    bool empty = true, cut = false;  // by a NUL
    for (size_t at = next_line_; at < content_.size() && take_one(); ++at) {
      const auto c = static_cast<uint8_t>(content_[at]);
      if (c == '\n') {
        if (empty) return at + 1;
        ++header;
        empty = true, cut = false;
      } else if (c == '\0') {
        cut = true;
      } else if (c > ' ' && c < 0x80 && !cut) {
        empty = false;
        ++header;
      }
      if (header > kMostHeader) return content_.npos;
    }
    note(effort_.bytes == 0 ? Extent::Kind::unread : Extent::Kind::cut_off);
    return content_.npos;
  }

  // Lines of a comment or a patch all begin as the END line does.
  std::optional<ArmoredKey> in_marked_lines() {
    constexpr size_t kFarthest = 1 << 14, kLongest = 32, kFindsAtOnce = 16;
    std::string_view lines = content_.substr(next_line_, kFarthest);
    lines = lines.substr(0, lines.find(kArmorBegin));
    effort_.bytes -= std::min<uint64_t>(effort_.bytes, lines.size() / kFindsAtOnce);
    const size_t end = lines.find(kArmorEnd);
    if (end == lines.npos || end == 0) return std::nullopt;
    const size_t line = lines.rfind('\n', end - 1) + 1;
    const std::string_view mark = lines.substr(line, end - line);
    if (mark.size() > kLongest || std::ranges::none_of(mark, is_base64_digit)) return std::nullopt;
    return try_at(next_line_, ArmorStyle::plain, mark);
  }

  // A string literal has its line ends as escapes. With these undone, headers have lines.
  std::optional<ArmoredKey> in_literal() {
    const size_t end = behind_label_ == content_.npos ? content_.npos : end_of_literal();
    if (end == content_.npos) return std::nullopt;
    const size_t begin = label_ - kArmorBegin.size();
    effort_.bytes -= end - begin;
    const std::string text = without_escapes(content_.substr(begin, end - begin));
    Effort effort{4 * text.size()};
    auto key = Reading(text, 0, effort).key();
    if (key) extent_ = {Extent::Kind::whole, end_after(end - kArmorEnd.size())};
    return key;
  }

  // Behind the "-----END" of an armor whose first line ends in an escape.
  size_t end_of_literal() const {
    std::string_view rest = content_.substr(behind_label_, kMostDigits);
    const size_t first = rest.find_first_not_of(" \t");
    if (first == rest.npos || rest[first] != '\\') return content_.npos;
    rest = rest.substr(0, rest.find(kArmorBegin));
    const size_t end = rest.find(kArmorEnd);
    if (end == rest.npos) return content_.npos;
    const size_t behind = behind_label_ + end + kArmorEnd.size();
    return behind - label_ + kArmorBegin.size() < effort_.bytes ? behind : content_.npos;
  }

  bool take_one() {
    if (effort_.bytes > 0) --effort_.bytes;
    return effort_.bytes > 0;
  }

  std::optional<ArmoredKey> try_at(size_t begin, ArmorStyle style, std::string_view mark = {}) {
    const bool is_usual = style == ArmorStyle::plain && mark.empty();
    if (begin == effort_.no_key_at && is_usual) return std::nullopt;
    ArmorLetters letters(content_, begin, style, effort_);
    letters.skip_at_lines(mark);
    bool whole = letters.read(kPeek);
    if (whole && !may_begin(letters.letters())) return fail(begin, letters, is_usual);
    if (whole) whole = letters.read(needed(letters.letters()));
    std::string bytes = bytes_of(letters.letters());
    const auto kind = kind_of_key(bytes);
    if (!kind) {
      if (!whole) note(letters.stop());
      if (letters.met_nul() && is_usual) return try_at(begin, ArmorStyle::c_lines);
      return fail(begin, letters, is_usual);
    }
    extent_ = {Extent::Kind::whole, end_after(letters.at())};
    return ArmoredKey{*kind, std::move(bytes)};
  }

  std::optional<ArmoredKey> fail(size_t begin, const ArmorLetters& letters, bool is_usual) {
    const ArmorLetters::Stop stop = letters.stop();
    const bool was_read = stop == ArmorLetters::Stop::none || stop == ArmorLetters::Stop::closed;
    if (was_read && is_usual) effort_.no_key_at = begin;
    return std::nullopt;
  }

  static bool may_begin(std::string_view digits) {
    const std::string start = bytes_of(digits);
    return may_begin_der_key(start) || start.starts_with(kOpensshMagic);
  }

  // The number of digits of the key whose first ones are `digits`.
  static size_t needed(std::string_view digits) {
    const std::string start = bytes_of(digits);
    const auto size = may_begin_der_key(start) ? size_of_der(start) : std::nullopt;
    if (!size || *size > kMostDigits) return kMostDigits;
    return std::min<size_t>(kMostDigits, (*size * 8 + 5) / 6);
  }

  // Behind the END line that follows `at`, or `at`.
  size_t end_after(size_t at) const {
    const std::string_view rest = content_.substr(at, kFarthestEnd);
    const size_t end = rest.find(kArmorEnd);
    if (end > rest.find(kArmorBegin)) return at;
    if (end == rest.npos) return at;
    const size_t label = end + kArmorEnd.size();
    const size_t rule = rest.substr(label, kLongestLabel).find(kArmorRule);
    return at + (rule == rest.npos ? label : label + rule + kArmorRule.size());
  }

  void note(Extent::Kind kind) {
    if (extent_.kind == Extent::Kind::none) extent_.kind = kind;
  }
  void note(ArmorLetters::Stop stop) {
    if (stop == ArmorLetters::Stop::content_end) note(Extent::Kind::cut_off);
    if (stop == ArmorLetters::Stop::effort_end) note(Extent::Kind::unread);
  }

  std::string_view content_;
  size_t label_;
  Effort& effort_;
  size_t behind_label_ = std::string_view::npos, next_line_ = std::string_view::npos;
  Extent extent_;
};

}  // namespace

std::optional<ArmoredKey::Kind> kind_of_key(std::string_view bytes) {
  const DerKey der = classify_der_key(bytes);
  const OpensshKey openssh = classify_openssh_key(bytes);
  if (der == DerKey::pkcs8_encrypted || openssh == OpensshKey::encrypted) {
    return ArmoredKey::Kind::encrypted;
  }
  if (der == DerKey::none && openssh == OpensshKey::none) return std::nullopt;
  return ArmoredKey::Kind::clear;
}

std::optional<ArmoredKey> read_armor(std::string_view content, size_t begin, Effort& effort,
                                     Extent& extent) {
  Reading reading(content, begin, effort);
  auto key = reading.key();
  extent = reading.extent();
  return key;
}

Extent extent_of_armor(std::string_view content, size_t begin, Effort& effort) {
  Extent extent;
  read_armor(content, begin, effort, extent);
  return extent;
}

}  // namespace pushguard
