// SPDX-License-Identifier: Apache-2.0
#include "decode/word_finder.h"

#include "codec/byte_kinds.h"
#include "decode/escapes.h"
#include "decode/string_joint.h"

namespace pushguard {
namespace {

constexpr size_t kShortestWord = 20, kWordContext = 64;

bool is_text(const Escape& escape) {
  return escape.value >= 0 && is_printable(static_cast<uint8_t>(escape.value));
}

}  // namespace

Range word_at(std::string_view content, size_t at) {
  Range range{at, at};
  while (range.begin > 0 && is_of(content[range.begin - 1], kWordByte)) --range.begin;
  while (range.end < content.size() && is_of(content[range.end], kWordByte)) ++range.end;
  return range;
}

size_t first_of_joined(std::string_view content, size_t at) {
  for (;;) {
    while (at > 0 && is_of(content[at - 1], kWordByte)) --at;
    // A line that goes on ends with a backslash, which is of its word.
    const size_t joint = string_joint_before(content, at);
    if (joint == 0) return at;
    at -= joint;
  }
}

size_t end_of_joined(std::string_view content, size_t at) {
  for (;;) {
    size_t joint = 0;
    while (at < content.size() && is_of(content[at], kWordByte) &&
           (content[at] != '\\' || (joint = string_joint(content, at)) == 0)) {
      ++at;
    }
    if (joint == 0 && at < content.size()) joint = string_joint(content, at);
    if (joint == 0) return at;
    at += joint;
  }
}

void WordFinder::percent(size_t at) {
  if (is_text(percent_escape(content_.substr(at)))) word(at, Encoding::percent, percent_done_);
}

void WordFinder::entity(size_t at) {
  if (at < entities_done_) return;
  Escape escape = entity_escape(content_.substr(at));
  bool is_read = is_text(escape);
  // Encoders of base64 write line ends so.
  size_t end = at;
  while (escape.value == '\n' || escape.value == '\r') {
    end += escape.length;
    if (end == content_.size()) return;
    escape = entity_escape(content_.substr(end));
  }
  if (end > at) is_read = is_between_digits(at, end);
  if (is_read) word(at, Encoding::entities, entities_done_);
}

void WordFinder::backslash(size_t at) {
  if (at < escapes_done_) return;
  if (content_[at + 1] == '\n' || content_[at + 1] == '\r') return joint(at);
  if (is_escape(at)) word(at, Encoding::escapes, escapes_done_);
}

bool WordFinder::is_escape(size_t at) const {
  switch (content_[at + 1]) {
    // Regular expressions have many `\/`, and source code `\n`; tokens and what encoders write
    // have them between digits.
    case '/':
    case 'n':
      return is_between_digits(at, at + 2) ||
             (at >= 2 && content_.substr(at - 2, 2) == "\\r" && is_between_digits(at - 2, at + 2));
    default: return is_text(backslash_escape(content_.substr(at)));
  }
}

bool WordFinder::is_between_digits(size_t at, size_t end) const {
  return at > 0 && end < content_.size() && is_of(content_[at - 1], kBase64Byte) &&
         is_of(content_[end], kBase64Byte);
}

void WordFinder::word(size_t at, Encoding encoding, size_t& done) {
  if (at < done) return;
  Range range = word_at(content_, at);
  done = range.end;
  if (range.size() < kShortestWord) return;
  // Includes a name before it on the same line.
  for (size_t i = 0; i < kWordContext && range.begin > 0; ++i) {
    if (content_[range.begin - 1] == '\n') break;
    --range.begin;
  }
  found_.push_back({range, encoding});
}

void WordFinder::joint(size_t at) {
  if (at < joined_done_ || string_joint(content_, at) == 0) return;
  Range range{first_of_joined(content_, at), at};
  range.end = joined_done_ = end_of_joined(content_, at);
  if (range.size() >= kShortestWord) found_.push_back({range, Encoding::joined});
}

}  // namespace pushguard
