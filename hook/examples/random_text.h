// SPDX-License-Identifier: Apache-2.0
// Random characters for examples: the same for a seed, on every machine.
//
// SplitMix64; nothing secret is ever made with it. Runs of four equal or
// neighbouring characters ("aaaa", "abcd", "4321") are avoided, for a real
// secret hardly has one and the template filter takes them for a dummy's.
// Rejected: std::mt19937 with a distribution (libraries differ in the latter).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pushguard {

class RandomText {
 public:
  explicit RandomText(uint64_t seed) : state_(seed) {}

  uint64_t next();
  std::string bytes(size_t count);
  // Appends `count` characters, mixed with what `text` ends in. The alphabet
  // holds at least eight characters.
  void append(std::string& text, std::string_view alphabet, size_t count);
  std::string characters(std::string_view alphabet, size_t count);
  // A lower-case word, for names.
  std::string_view word();

 private:
  uint64_t state_;
};

// Whether four characters in a row are equal, or each the next or each the one
// before.
bool has_run(std::string_view text);

}  // namespace pushguard
