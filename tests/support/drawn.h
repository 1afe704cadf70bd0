// SPDX-License-Identifier: Apache-2.0
// Random text of one alphabet, as a machine draws secrets: every character apart, runs included
// (examples/random_text.h leaves those out).
#pragma once

#include <random>
#include <string>
#include <string_view>

namespace pushguard::test {

inline constexpr std::string_view
    kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
    kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz", kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    kHex = "0123456789abcdef", kLower = "abcdefghijklmnopqrstuvwxyz";

inline std::string drawn(std::mt19937& random, std::string_view alphabet, size_t length) {
  std::string text(length, ' ');
  for (char& c : text) c = alphabet[random() % alphabet.size()];
  return text;
}

}  // namespace pushguard::test
