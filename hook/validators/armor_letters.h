// SPDX-License-Identifier: Apache-2.0
// The base64 digits in the body of an armor, without all that stands between them.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

enum class ArmorStyle : uint8_t {
  plain,    // every byte that is no digit is skipped
  source,   // a string in source code: escapes, and what joins literals, are skipped whole
  c_lines,  // as OpenSSL reads: a NUL ends a line, of which it takes 254 bytes at once
};

class ArmorLetters {
 public:
  enum class Stop : uint8_t { none, closed, content_end, effort_end };

  ArmorLetters(std::string_view content, size_t begin, ArmorStyle style, Effort& effort)
      : content_(content), at_(begin), line_(begin), style_(style), effort_(effort) {}

  // Lines begin with `prefix`, which is skipped: a comment's mark, or a patch's '+'.
  void skip_at_lines(std::string_view prefix) { prefix_ = prefix; }
  // Reads on until there are `count` digits; false if it stopped before.
  bool read(size_t count);

  const std::string& letters() const { return letters_; }
  size_t at() const { return at_; }  // behind the last byte that was read
  Stop stop() const { return stop_; }
  bool met_nul() const { return met_nul_; }

 private:
  void step();
  void skip_piece();
  bool closes() const;
  bool pads();
  void skip_escape();

  std::string_view content_;
  size_t at_, line_;
  ArmorStyle style_;
  Effort& effort_;
  std::string_view prefix_;
  std::string letters_;
  size_t padding_ = 0;
  Stop stop_ = Stop::none;
  bool met_nul_ = false;
};

}  // namespace pushguard
