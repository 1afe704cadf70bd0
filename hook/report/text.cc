// SPDX-License-Identifier: Apache-2.0
#include "report/text.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/redaction.h"

namespace pushguard {
namespace {

constexpr std::string_view kCut = "(the rest did not fit here; the server's log has all of it)";

}  // namespace

void Text::prose(std::string_view prefix, std::string_view words) {
  std::string line(prefix);
  bool started = false;
  while (!words.empty()) {
    std::string_view word = words.substr(0, words.find(' '));
    word = word.substr(0, kColumns - prefix.size());  // a longer word is broken
    words.remove_prefix(word.size());
    if (words.starts_with(' ')) words.remove_prefix(1);
    if (started && line.size() + 1 + word.size() > kColumns) {
      add(line);
      line = prefix;
      started = false;
    }
    if (started) line += ' ';
    line += word;
    started = true;
  }
  add(line);
}

void Text::command(std::string_view prefix, std::string_view words) {
  add(std::string(prefix).append(words));
}

void Text::field(std::string_view name, std::string_view value) {
  constexpr size_t kName = 10;
  const std::string head = fmt::format("    {:<{}}", name, kName);
  add(head + shortened(printable(value), kColumns - head.size()));
}

void Text::add(std::string_view line) {
  if (full_) return;
  std::string plain = printable(line);
  plain.erase(plain.find_last_not_of(' ') + 1);
  if (text_.size() + plain.size() + kCut.size() + 2 > kMostBytes) {
    plain = kCut;
    full_ = true;
  }
  text_ += plain + '\n';
}

std::string shortened(std::string_view text, size_t width) {
  if (text.size() <= width) return std::string(text);
  const size_t head = (width - 3) / 3, tail = width - 3 - head;
  return fmt::format("{}...{}", text.substr(0, head), text.substr(text.size() - tail));
}

}  // namespace pushguard
