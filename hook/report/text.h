// SPDX-License-Identifier: Apache-2.0
// Text for a terminal, to whose lines git adds "remote: ": at most 72 columns, plain ASCII,
// and at most as many bytes as fit into a pipe whose reader is gone.
//
// git colours the keywords error, warning, hint and success at the start of a line. There is
// no other markup.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

class Text {
 public:
  static constexpr size_t kColumns = 72;
  static constexpr size_t kMostBytes = 16 << 10;

  // Prose, broken at spaces; every line starts with `prefix` ("hint: ").
  void prose(std::string_view prefix, std::string_view words);
  // A command to copy: it is neither broken nor shortened.
  void command(std::string_view prefix, std::string_view words);
  // "    commit    1a2b3c4d5e6f"; the middle of a long value is cut.
  void field(std::string_view name, std::string_view value);
  void blank() { add(""); }

  bool full() const { return full_; }
  const std::string& str() const { return text_; }

 private:
  void add(std::string_view line);

  std::string text_;
  bool full_ = false;
};

// `text` in at most `width` columns: "src/very/...gs/deploy.env".
std::string shortened(std::string_view text, size_t width);

}  // namespace pushguard
