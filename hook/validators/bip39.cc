// SPDX-License-Identifier: Apache-2.0
#include "validators/bip39.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <vector>

#include "codec/bip39_words.h"
#include "codec/encodings.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kWords = 2048, kLongestPhrase = 24, kBitsOfWord = 11;
constexpr size_t kPhraseSizes[] = {24, 21, 18, 15, 12};

const std::array<std::string_view, kWords>& list() {
  static const auto words = [] {
    std::array<std::string_view, kWords> split;
    std::string_view rest = kBip39Text;
    for (std::string_view& word : split) {
      word = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
    return split;
  }();
  return words;
}

// The list indices of the first words of `text`, up to the first word that is not in the list.
std::vector<unsigned> leading_words(std::string_view text) {
  const std::string lower = to_lower(text);
  std::vector<unsigned> words;
  size_t at = 0;
  while (words.size() < kLongestPhrase) {
    // The "n" of an escaped line end is no word.
    while (at < lower.size() && kLower.find(lower[at]) == kLower.npos) {
      at += lower[at] == '\\' ? 2 : 1;
    }
    if (at >= lower.size()) break;
    const size_t end = std::min(lower.find_first_not_of(kLower, at), lower.size());
    const auto index = bip39_index(std::string_view(lower).substr(at, end - at));
    if (!index) break;
    words.push_back(*index);
    at = end;
  }
  return words;
}

// Each bit is appended as a character of value 0 or 1, the most significant first.
void append_bits(std::string& bits, unsigned value, size_t count) {
  while (count-- > 0) bits += static_cast<char>(value >> count & 1);
}

unsigned number_of(std::string_view bits) {
  unsigned number = 0;
  for (const char bit : bits) number = number << 1 | static_cast<unsigned>(bit);
  return number;
}

// The bits of `entropy`, then one bit of its SHA-256 for every 32 of them.
std::string bits_with_check(std::string_view entropy) {
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const uint8_t*>(entropy.data()), entropy.size());
  const size_t check_bits = entropy.size() / 4;
  std::string bits;
  for (const char byte : entropy) append_bits(bits, static_cast<uint8_t>(byte), 8);
  append_bits(bits, hash[0] >> (8 - check_bits), check_bits);
  return bits;
}

bool has_checksum(const std::vector<unsigned>& words, size_t count) {
  std::string bits, entropy;
  for (size_t i = 0; i < count; ++i) append_bits(bits, words[i], kBitsOfWord);
  for (size_t at = 0; at < bits.size() / 33 * 32; at += 8) {
    entropy += static_cast<char>(number_of(std::string_view(bits).substr(at, 8)));
  }
  return bits_with_check(entropy) == bits;
}

}  // namespace

std::optional<unsigned> bip39_index(std::string_view word) {
  const auto found = std::ranges::lower_bound(list(), word);
  if (found == list().end() || *found != word) return std::nullopt;
  return static_cast<unsigned>(found - list().begin());
}

std::string bip39_phrase(std::string_view entropy) {
  const std::string bits = bits_with_check(entropy);
  std::string phrase;
  for (size_t at = 0; at + kBitsOfWord <= bits.size(); at += kBitsOfWord) {
    if (!phrase.empty()) phrase += ' ';
    phrase += list()[number_of(std::string_view(bits).substr(at, kBitsOfWord))];
  }
  return phrase;
}

Validation check_bip39_phrase(std::string_view secret, int64_t) {
  const std::vector<unsigned> words = leading_words(secret);
  // Words in alphabetical order are an excerpt of the list.
  const bool is_list = std::ranges::is_sorted(words, std::less_equal<>());
  for (const size_t count : kPhraseSizes) {
    if (!is_list && count <= words.size() && has_checksum(words, count)) {
      return {Validity::valid, "checksum is valid"};
    }
  }
  return {Validity::invalid, "is no seed phrase"};
}

}  // namespace pushguard
