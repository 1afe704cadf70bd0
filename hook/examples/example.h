// SPDX-License-Identifier: Apache-2.0
// Turns a rule's example text into a candidate, at run time.
//
// "{b62:36}" stands for 36 characters of base62; a rule file with such text
// holds nothing that a scanner would take for a token. Classes, with a count:
// b62 b64 b64u hex HEX dig b32 b32l b36 B36 b58 bech32 BECH32 alpha lower upper,
// and x for that letter alone. "{bytes:feedfeed}" is those four bytes, and bin a
// class of bytes that are no text. Without: word, and the tokens and keys of
// example_tokens.h and example_keys.h. "{{" and "}}" are braces.
// The same seed gives the same text on every machine.
// Rejected: stored samples (other hosts' push protection stops them).
#pragma once

#include <string>
#include <string_view>

#include "examples/random_text.h"

namespace pushguard {

class ExampleGenerator {
 public:
  explicit ExampleGenerator(uint64_t seed) : random_(seed) {}

  // Throws Error for an unknown placeholder or a brace without its pair.
  std::string expand(std::string_view pattern);
  // For people: asterisks for what is random; at most 4 characters of a token
  // that is made as a whole, the first and last line of a key.
  std::string expand_masked(std::string_view pattern);

 private:
  using Append = void (ExampleGenerator::*)(std::string& text, std::string_view placeholder);

  std::string walk(std::string_view pattern, Append add);
  void append(std::string& text, std::string_view placeholder);
  void append_masked(std::string& text, std::string_view placeholder);

  RandomText random_;
};

}  // namespace pushguard
