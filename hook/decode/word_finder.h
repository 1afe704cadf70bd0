// SPDX-License-Identifier: Apache-2.0
// Finds words with escapes, and words that a program joins from pieces of a string, from the
// places that the block filter marks.
#pragma once

#include <string_view>
#include <vector>

#include "decode/encoded_range.h"

namespace pushguard {

class WordFinder {
 public:
  // Appends to `found`, which must outlive it.
  WordFinder(std::string_view content, std::vector<EncodedRange>& found)
      : content_(content), found_(found) {}

  void percent(size_t at);
  void backslash(size_t at);
  void entity(size_t at);
  // A quote, or a backslash at the end of a line.
  void joint(size_t at);

 private:
  void word(size_t at, Encoding encoding, size_t& done);
  bool is_escape(size_t at) const;
  bool is_between_digits(size_t at, size_t end) const;

  std::string_view content_;
  std::vector<EncodedRange>& found_;
  size_t percent_done_ = 0, escapes_done_ = 0, entities_done_ = 0, joined_done_ = 0;
};

// The word that contains the byte at `at`: its first byte, and the byte behind its last.
Range word_at(std::string_view content, size_t at);
// The first byte of the first piece of the string that the byte at `at` is in, and the byte behind
// the last one of its last piece.
size_t first_of_joined(std::string_view content, size_t at);
size_t end_of_joined(std::string_view content, size_t at);

}  // namespace pushguard
