// SPDX-License-Identifier: Apache-2.0
// Random characters for examples. The same seed gives the same characters on every machine.
//
// The generator is SplitMix64; nothing secret is made with it. Runs of four equal or
// neighbouring characters ("aaaa", "abcd", "4321") are avoided: a real secret hardly ever has
// one, and the template filter takes them for a dummy.
// Rejected: std::mt19937 with a distribution (distributions differ between libraries).
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
  // Appends `count` characters; no run continues the end of `text`. The alphabet must have at
  // least eight characters.
  void append(std::string& text, std::string_view alphabet, size_t count);
  std::string characters(std::string_view alphabet, size_t count);
  // A lower-case word, for names.
  std::string_view word();

 private:
  uint64_t state_;
};

// Whether four characters in a row are equal, ascending ("abcd") or descending ("4321").
bool has_run(std::string_view text);

}  // namespace pushguard
