// SPDX-License-Identifier: Apache-2.0
#include "validators/armor_letters.h"

#include <algorithm>

#include "codec/encodings.h"
#include "validators/armor.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kPieceOfLine = 254;  // that OpenSSL reads at once

// Whether the '+' at `at` joins string literals: "..." + "...".
bool joins_literals(std::string_view text, size_t at) {
  constexpr std::string_view kSpace = " \t\r\n", kQuotes = "\"'";
  constexpr size_t kFarthest = 80;
  const size_t begin = at - std::min(at, kFarthest);
  const std::string_view left = text.substr(begin, at - begin),
                         right = text.substr(at + 1, kFarthest);
  const size_t before = left.find_last_not_of(kSpace), after = right.find_first_not_of(kSpace);
  if (before == left.npos || kQuotes.find(left[before]) == kQuotes.npos) return false;
  return after == right.npos || kQuotes.find(right[after]) != kQuotes.npos || right[0] == '\n' ||
         right[0] == '\r';
}

}  // namespace

bool ArmorLetters::read(size_t count) {
  while (letters_.size() < count && stop_ == Stop::none) {
    if (at_ >= content_.size()) {
      stop_ = Stop::content_end;
    } else if (effort_.bytes == 0) {
      stop_ = Stop::effort_end;
    } else {
      --effort_.bytes;
      step();
    }
  }
  return letters_.size() >= count;
}

void ArmorLetters::step() {
  if (at_ == line_ && !prefix_.empty() && content_.substr(at_).starts_with(prefix_)) {
    at_ += prefix_.size();
    return;
  }
  const char c = content_[at_];
  if (is_alnum(c) || c == '/') {
    letters_ += c;
    padding_ = 0;
  } else if (c == '+') {
    if (style_ != ArmorStyle::source || !joins_literals(content_, at_)) letters_ += c;
    padding_ = 0;
  } else if (c == '=' && pads()) {
    stop_ = Stop::closed;
  } else if (c == '-' && closes()) {
    stop_ = Stop::closed;
    return;
  } else if (c == '\0') {
    met_nul_ = true;
    if (style_ == ArmorStyle::c_lines) return skip_piece();
  } else if (c == '\n') {
    line_ = at_ + 1;
  } else if (style_ == ArmorStyle::source) {
    skip_escape();
  }
  ++at_;
}

// Goes on where OpenSSL reads the next piece of the line, or the next line.
void ArmorLetters::skip_piece() {
  const size_t size = kPieceOfLine - (at_ - line_) % kPieceOfLine;
  const std::string_view piece = content_.substr(at_, size);
  const size_t end = piece.find('\n');
  at_ += std::min(end, piece.size());
}

// Of what is read here, only Python's reading of OpenSSH's keys passes over a BEGIN line.
bool ArmorLetters::closes() const {
  constexpr std::string_view kOpenssh = "b3BlbnNzaC1rZXktdjEA";
  const std::string_view rest = content_.substr(at_);
  return rest.starts_with(kArmorEnd) ||
         (rest.starts_with(kArmorBegin) && !letters_.starts_with(kOpenssh));
}

// Python reads on over an '=' that no padding can be: it has digits before it in whole groups.
bool ArmorLetters::pads() {
  const size_t in_group = letters_.size() % 4;
  if (in_group >= 2) ++padding_;
  return in_group >= 2 && in_group + padding_ >= 4;
}

// Goes to the last byte of "\n", of "\\\\n" and of "#13", with which Pascal's strings have one.
void ArmorLetters::skip_escape() {
  const auto byte = [&](size_t at) { return at < content_.size() ? content_[at] : ' '; };
  if (content_[at_] == '#') {
    while (is_digit(byte(at_ + 1))) ++at_;
    if (byte(at_ + 1) == '+') ++at_;
  } else if (content_[at_] == '\\') {
    while (byte(at_ + 1) == '\\') ++at_;
    const char escaped = byte(at_ + 1);
    if (escaped == 'n' || escaped == 'r' || escaped == 't') ++at_;
  }
}

}  // namespace pushguard
