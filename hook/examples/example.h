// SPDX-License-Identifier: Apache-2.0
// Replaces the placeholders in an example of a rule by random text, at run time.
//
//   {b62:36}          36 random characters of base62. Classes: b62 b64 b64u hex HEX dig b32 b32l
//                     b36 B36 b58 bech32 BECH32 alpha lower upper, and bin for bytes that are
//                     no text
//   {x:4}             "xxxx"
//   {bytes:feedfeed}  these four bytes
//   {word}            a lower-case word; likewise the tokens of example_tokens.h and the keys
//                     of example_keys.h, by their names
//   {{ }}             the braces themselves
//
// A scanner finds no token in a rule file with such text. The same seed gives the same text on
// every machine. Rejected: stored samples (the push protection of other hosts stops them).
#pragma once

#include <string>
#include <string_view>

#include "examples/random_text.h"

namespace pushguard {

class ExampleGenerator {
 public:
  explicit ExampleGenerator(uint64_t seed) : random_(seed) {}

  // Throws Error for an unknown placeholder or an unpaired brace.
  std::string expand(std::string_view pattern);
  // The text for people: asterisks instead of random characters. Shows the first 4 characters of
  // a token from example_tokens.h, and the first and last line of a key.
  std::string expand_masked(std::string_view pattern);

 private:
  using Append = void (ExampleGenerator::*)(std::string& text, std::string_view placeholder);

  std::string walk(std::string_view pattern, Append add);
  void append(std::string& text, std::string_view placeholder);
  void append_masked(std::string& text, std::string_view placeholder);

  RandomText random_;
};

}  // namespace pushguard
