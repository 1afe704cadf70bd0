#include "detect/validators/bip39.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <vector>

#include "detect/validators/bip39_words.h"
#include "detect/validators/encodings.h"

namespace pushguard {
namespace {

constexpr size_t kWords = 2048, kLongestPhrase = 24, kBitsOfWord = 11;
constexpr size_t kPhraseSizes[] = {24, 21, 18, 15, 12};

std::array<std::string_view, kWords> split_list() {
  std::array<std::string_view, kWords> words;
  std::string_view rest = kBip39Text;
  for (std::string_view& word : words) {
    word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return words;
}

// The places of the words at the front, up to the first that is in no list.
std::vector<unsigned> leading_words(std::string_view text) {
  const std::string lower = to_lower(text);
  std::vector<unsigned> words;
  size_t at = 0;
  while (words.size() < kLongestPhrase) {
    // The n of a line end that a string literal writes is no word.
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

bool has_checksum(std::vector<unsigned> words, size_t count) {
  std::string bits;
  for (size_t i = 0; i < count; ++i) {
    for (size_t bit = kBitsOfWord; bit-- > 0;) bits += words[i] >> bit & 1 ? '\1' : '\0';
  }
  const size_t check_bits = bits.size() / 33, entropy_bits = bits.size() - check_bits;
  std::string entropy;
  for (size_t at = 0; at < entropy_bits; at += 8) {
    unsigned byte = 0;
    for (size_t bit = 0; bit < 8; ++bit) byte = byte << 1 | static_cast<unsigned>(bits[at + bit]);
    entropy += static_cast<char>(byte);
  }
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const uint8_t*>(entropy.data()), entropy.size());
  for (size_t bit = 0; bit < check_bits; ++bit) {
    if (static_cast<unsigned>(bits[entropy_bits + bit]) != (hash[0] >> (7 - bit) & 1u)) return false;
  }
  return true;
}

}  // namespace

std::optional<unsigned> bip39_index(std::string_view word) {
  static const std::array<std::string_view, kWords> words = split_list();
  const auto found = std::ranges::lower_bound(words, word);
  if (found == words.end() || *found != word) return std::nullopt;
  return static_cast<unsigned>(found - words.begin());
}

Validation check_bip39_phrase(std::string_view secret, int64_t) {
  const std::vector<unsigned> words = leading_words(secret);
  // In the order of the alphabet it is the list itself.
  const bool is_list = std::ranges::is_sorted(words, std::less_equal<>());
  for (const size_t count : kPhraseSizes) {
    if (!is_list && count <= words.size() && has_checksum(words, count)) {
      return {Validity::valid, "checksum is valid"};
    }
  }
  return {Validity::invalid, "is no seed phrase"};
}

}  // namespace pushguard
