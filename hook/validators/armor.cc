// SPDX-License-Identifier: Apache-2.0
#include "validators/armor.h"

#include <algorithm>
#include <span>

#include "codec/byte_kinds.h"
#include "codec/der.h"
#include "codec/encodings.h"
#include "validators/armor_letters.h"
#include "validators/openssh_key.h"
#include "validators/pem.h"

namespace pushguard {
namespace {

constexpr size_t kPeek = 24;              // digits that show whether a key begins there
constexpr size_t kMostDigits = 1 << 20;   // that are read of one key
constexpr size_t kFarthestEnd = 1 << 14;  // bytes between a key's last digit and its END line
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

// Whether a quote ends the literal that goes on in `text`, and no other follows.
bool closes_literal(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"' || text[at] == '\'') {
      const size_t next = joint(text.substr(at));
      if (next == 0) return true;
      at += next;
    }
  }
  return false;
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

  // What opens something goes before what does not, whatever is read first.
  std::optional<ArmoredKey> key() {
    if (next_line_ != content_.npos) take(try_at(after_headers(), ArmorStyle::plain));
    if (behind_label_ != content_.npos) {
      if (!is_found_) take(try_at(behind_label_, ArmorStyle::source));
      if (!is_found_) take(try_at(behind_label_, ArmorStyle::plain));
    }
    if (next_line_ != content_.npos && !is_found_) {
      const size_t blank = after_blank_line();
      if (blank != content_.npos) take(try_at(blank, ArmorStyle::plain));
      if (!is_found_) take(in_marked_lines());
    }
    if (!is_found_) take(in_literal());
    if (!best_) return std::nullopt;
    if (!is_found_) extent_.missed = missed_;
    return std::move(best_->key);
  }

  Extent extent() const { return best_ ? extent_ : Extent{missed_}; }

 private:
  struct Found {
    ArmoredKey key;
    size_t end;
  };

  void take(std::optional<Found> found) {
    if (!found) return;
    const bool opens = check_key(found->key).validity == Validity::valid;
    if (best_ && !opens) return;
    is_found_ = opens;
    extent_ = {Extent::Kind::whole, found->end};
    best_ = std::move(found);
  }

  // Go takes every line with a colon before the data for a header.
  size_t after_headers() {
    if (next_line_ >= effort_.headers.begin && next_line_ < effort_.headers.end) {
      if (effort_.headers_cut_off) note(Extent::Kind::cut_off);
      return effort_.headers.end;
    }
    size_t line = next_line_;
    bool is_cut = false;
    for (;;) {
      bool colon = false;
      size_t at = line;
      for (; at < content_.size() && content_[at] != '\n' && take_one(); ++at) {
        colon = colon || content_[at] == ':';
      }
      is_cut = at == content_.size();
      if (!colon || is_cut || effort_.bytes == 0) break;
      line = at + 1;
    }
    if (is_cut) note(Extent::Kind::cut_off);
    if (effort_.bytes == 0) note(Extent::Kind::unread);
    if (line > next_line_) {
      effort_.headers = {next_line_, line};
      effort_.headers_cut_off = is_cut;
    }
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

  // Lines of a comment or a patch all begin as the END line does. Without one, two of them tell.
  std::optional<Found> in_marked_lines() {
    constexpr size_t kLongest = 32, kFindsAtOnce = 16;
    const std::string_view lines = up_to_begin(next_line_);
    if (!take_many(lines.size() / kFindsAtOnce)) return std::nullopt;
    const size_t end = lines.find(kArmorEnd);
    std::string_view mark;
    if (end != lines.npos) {
      const size_t line = end == 0 ? 0 : lines.rfind('\n', end - 1) + 1;
      mark = lines.substr(line, end - line);
    } else {
      const std::string_view second =
          lines.substr(std::min(lines.find('\n'), lines.size() - 1) + 1);
      const auto same = std::ranges::mismatch(lines.substr(0, kLongest), second).in1;
      mark = lines.substr(0, static_cast<size_t>(same - lines.begin()));
    }
    if (mark.size() > kLongest || std::ranges::none_of(mark, is_base64_digit)) return std::nullopt;
    return try_at(next_line_, ArmorStyle::plain, mark);
  }

  // A string literal has its line ends as escapes. With these undone, headers have lines.
  std::optional<Found> in_literal() {
    const size_t end = behind_label_ == content_.npos ? content_.npos : end_of_literal();
    if (end == content_.npos) return std::nullopt;
    const size_t begin = label_ - kArmorBegin.size();
    if (!take_many(end - begin)) return std::nullopt;
    const std::string text = without_escapes(content_.substr(begin, end - begin));
    Effort effort{4 * text.size()};
    Reading inside(text, 0, effort);
    auto key = inside.key();
    if (inside.missed_ == Extent::Kind::unread) note(Extent::Kind::unread);
    if (!key) return std::nullopt;
    return Found{std::move(*key), end_after(end - kArmorEnd.size())};
  }

  // Behind the "-----END" of an armor whose first line ends in an escape.
  size_t end_of_literal() {
    const std::string_view rest = up_to_begin(behind_label_);
    const size_t first = rest.find_first_not_of(" \t");
    if (first == rest.npos || rest[first] != '\\') return content_.npos;
    const size_t end = rest.find(kArmorEnd);
    if (end != rest.npos) return behind_label_ + end + kArmorEnd.size();
    const bool is_cut = behind_label_ + rest.size() == content_.size();
    if (is_cut && !closes_literal(rest)) note(Extent::Kind::cut_off);
    return content_.npos;
  }

  std::string_view up_to_begin(size_t from) const {
    const std::string_view rest = content_.substr(from);
    return rest.substr(0, rest.find(kArmorBegin));
  }

  // Many bytes at once, if that many may still be read.
  bool take_many(size_t bytes) {
    if (bytes > effort_.bytes) note(Extent::Kind::unread);
    if (bytes > effort_.bytes) return false;
    effort_.bytes -= bytes;
    return true;
  }

  bool take_one() {
    if (effort_.bytes > 0) --effort_.bytes;
    return effort_.bytes > 0;
  }

  std::optional<Found> try_at(size_t begin, ArmorStyle style, std::string_view mark = {}) {
    const bool is_usual = style == ArmorStyle::plain && mark.empty();
    if (begin == effort_.no_key_at && is_usual) return std::nullopt;
    ArmorLetters letters(content_, begin, style, effort_);
    letters.skip_at_lines(mark);
    auto found = read_key(letters);
    if (letters.met_nul() && is_usual) {
      take(std::move(found));
      return is_found_ ? std::nullopt : try_at(begin, ArmorStyle::c_lines);
    }
    const ArmorLetters::Stop stop = letters.stop();
    const bool was_read = stop == ArmorLetters::Stop::none || stop == ArmorLetters::Stop::closed;
    if (!found && was_read && is_usual) effort_.no_key_at = begin;
    return found;
  }

  std::optional<Found> read_key(ArmorLetters& letters) {
    bool whole = letters.read(kPeek);
    if (whole && !may_begin(letters.letters())) return std::nullopt;
    const uint64_t needed = digits_needed(letters.letters());
    if (whole) whole = letters.read(std::min<uint64_t>(needed, kMostDigits));
    std::string bytes = bytes_of(letters.letters());
    if (const auto kind = kind_of_key(bytes)) {
      return Found{{*kind, std::move(bytes)}, end_after(letters.at())};
    }
    if (!whole) note(letters.stop());
    if (whole && needed >= kMostDigits) note(Extent::Kind::unread);
    return std::nullopt;
  }

  static bool may_begin(std::string_view digits) {
    const std::string start = bytes_of(digits);
    return may_begin_der_key(start) || start.starts_with(kOpensshMagic);
  }

  // The number of digits of the key whose first ones are `digits`; kMostDigits if it is not known.
  static uint64_t digits_needed(std::string_view digits) {
    const std::string start = bytes_of(digits);
    const auto size = may_begin_der_key(start) ? size_of_der(start) : std::nullopt;
    return size ? (*size * 8 + 5) / 6 : kMostDigits;
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

  // That there was too much to read is told of any content, that it is cut off of parts only.
  void note(Extent::Kind kind) {
    if (missed_ != Extent::Kind::unread) missed_ = kind;
  }
  void note(ArmorLetters::Stop stop) {
    if (stop == ArmorLetters::Stop::content_end) note(Extent::Kind::cut_off);
    if (stop == ArmorLetters::Stop::effort_end) note(Extent::Kind::unread);
  }

  std::string_view content_;
  size_t label_;
  Effort& effort_;
  size_t behind_label_ = std::string_view::npos, next_line_ = std::string_view::npos;
  std::optional<Found> best_;
  bool is_found_ = false;  // best_ opens something
  Extent extent_;
  Extent::Kind missed_ = Extent::Kind::none;
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
