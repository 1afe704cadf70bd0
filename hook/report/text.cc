// SPDX-License-Identifier: Apache-2.0
#include "report/text.h"

#include "vocabulary/characters.h"

namespace pushguard {
namespace {

constexpr std::string_view kCut = "(the rest did not fit here; the server's log has all of it)";

// The first `most` characters.
std::string_view head(std::string_view text, size_t most) {
  size_t bytes = 0;
  for (size_t i = 0; i < most && bytes < text.size(); ++i) {
    bytes += first_character(text.substr(bytes)).size;
  }
  return text.substr(0, bytes);
}

}  // namespace

void Text::prose(std::string_view prefix, std::string_view words, size_t indent) {
  const std::string clean = printable(words);
  std::string_view rest = clean;
  std::string line(prefix);
  size_t width = prefix.size();
  bool started = false;
  const auto next_line = [&] {
    add(line);
    line = std::string(prefix) + std::string(indent, ' ');
    width = line.size();
    started = false;
  };
  while (!rest.empty()) {
    std::string_view word = rest.substr(0, rest.find(' '));
    const size_t room = kColumns - prefix.size() - indent;
    const size_t wide = columns(word);
    if (started && width + 1 + wide > kColumns && (wide <= room || width + 1 >= kColumns)) {
      next_line();
    }
    // A longer word is broken where the line ends.
    word = head(word, kColumns - width - started);
    rest.remove_prefix(word.size());
    if (started) line += ' ';
    line += word;
    width += columns(word) + started;
    started = true;
    if (rest.starts_with(' ')) {
      rest.remove_prefix(1);
    } else if (!rest.empty()) {
      next_line();
    }
  }
  add(line);
}

void Text::command(std::string_view prefix, std::string_view words) {
  add(std::string(prefix) + printable(words));
}

void Text::add(std::string_view line) {
  if (full_) return;
  line = line.substr(0, line.find_last_not_of(' ') + 1);
  if (text_.size() + line.size() + kCut.size() + 2 > kMostBytes) {
    line = kCut;
    full_ = true;
  }
  text_ += line;
  text_ += '\n';
}

std::string printable(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const Character one = first_character(text);
    const bool is_shown =
        one.code == ' ' || (is_visible(one.code) && one.code != Character::kReplacement);
    plain += is_shown ? text.substr(0, one.size) : "?";
    text.remove_prefix(one.size);
  }
  return plain;
}

size_t columns(std::string_view text) {
  size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_character(text).size);
  return count;
}

}  // namespace pushguard
