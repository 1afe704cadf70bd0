// SPDX-License-Identifier: Apache-2.0
// Text for a terminal, to whose lines git adds "remote: ": at most 72 columns, and at most as many
// bytes as fit into a pipe whose reader is gone.
//
// Only commands are wider: a line that is broken cannot be pasted. Characters beyond ASCII are
// kept where they show something (vocabulary/characters.h); the others, and what is no UTF-8,
// become '?'. git colours the keywords error, warning, hint and success at the start of a line.
// There is no other markup.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

class Text {
 public:
  static constexpr size_t kColumns = 72;
  static constexpr size_t kMostBytes = 47 << 10;

  // Prose, broken at spaces; every line starts with `prefix` ("hint: "), and those after the
  // first with `indent` blanks more. A word that is too long for a line goes on in the next one.
  void prose(std::string_view prefix, std::string_view words, size_t indent = 0);
  // A command to copy: it is not broken.
  void command(std::string_view prefix, std::string_view words);
  void blank() { add(""); }

  // The bytes that may still be added.
  size_t left() const { return kMostBytes - text_.size(); }
  bool full() const { return full_; }
  const std::string& str() const { return text_; }

 private:
  void add(std::string_view line);

  std::string text_;
  bool full_ = false;
};

// `text` as one line for a terminal, as above.
std::string printable(std::string_view text);
// The columns that it takes: one for each character.
size_t columns(std::string_view text);

}  // namespace pushguard
