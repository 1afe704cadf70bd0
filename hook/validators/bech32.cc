// SPDX-License-Identifier: Apache-2.0
#include "validators/bech32.h"

#include <vector>

#include "codec/encodings.h"
#include "validators/verdict.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kCheckSize = 6;
constexpr size_t kDataSize = 52;  // 32 bytes in digits of five bits, and four unused bits
constexpr uint8_t kSpareBits = 0x0f;

uint32_t polymod_step(uint32_t sum, uint8_t digit) {
  constexpr uint32_t kGenerators[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  const uint32_t top = sum >> 25;
  sum = (sum & 0x1ffffff) << 5 ^ digit;
  for (unsigned i = 0; i < 5; ++i) {
    if (top >> i & 1) sum ^= kGenerators[i];
  }
  return sum;
}

uint32_t polymod(std::string_view prefix, const std::vector<uint8_t>& digits) {
  uint32_t sum = 1;
  for (const char c : prefix) sum = polymod_step(sum, static_cast<uint8_t>(c) >> 5);
  sum = polymod_step(sum, 0);
  for (const char c : prefix) sum = polymod_step(sum, static_cast<uint8_t>(c) & 31);
  for (const uint8_t digit : digits) sum = polymod_step(sum, digit);
  return sum;
}

struct Key {
  std::string prefix;           // lower case, without the "1" after it
  std::vector<uint8_t> digits;  // empty if the text is no such key
};

Key parse(std::string_view text) {
  const std::string lower = to_lower(text);
  const bool has_lower = text.find_first_of(kLower) != text.npos;
  const bool has_upper = text.find_first_of(kUpper) != text.npos;
  const size_t divider = lower.rfind('1');
  if (divider == lower.npos || (has_lower && has_upper)) return {};
  Key key{lower.substr(0, divider), {}};
  if (lower.size() - divider - 1 != kDataSize + kCheckSize) return key;
  for (const char c : std::string_view(lower).substr(divider + 1)) {
    const size_t digit = kBech32Digits.find(c);
    if (digit == kBech32Digits.npos) return {};
    key.digits.push_back(static_cast<uint8_t>(digit));
  }
  return key;
}

Validation check(std::string_view secret, std::string_view prefix) {
  const Key key = parse(secret);
  const bool holds = !key.digits.empty() && key.prefix == prefix &&
                     (key.digits[kDataSize - 1] & kSpareBits) == 0 &&
                     polymod(key.prefix, key.digits) == 1;
  return checksum_verdict(holds, Validity::weakened);
}

}  // namespace

Validation check_age_identity(std::string_view secret, int64_t) {
  return check(secret, "age-secret-key-");
}

Validation check_nostr_key(std::string_view secret, int64_t) { return check(secret, "nsec"); }

void seal_bech32_key(std::string& secret) {
  Key key = parse(secret);
  if (key.digits.empty()) return;
  key.digits[kDataSize - 1] &= static_cast<uint8_t>(~kSpareBits);
  for (size_t i = kDataSize; i < key.digits.size(); ++i) key.digits[i] = 0;
  const uint32_t sum = polymod(key.prefix, key.digits) ^ 1;
  for (size_t i = 0; i < kCheckSize; ++i) {
    key.digits[kDataSize + i] = sum >> 5 * (kCheckSize - 1 - i) & 31;
  }
  std::string data;
  for (const uint8_t digit : key.digits) data += kBech32Digits[digit];
  const bool is_upper = secret.find_first_of(kUpper) != secret.npos;
  for (char& c : data) {
    if (is_upper && c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  }
  secret.replace(secret.size() - data.size(), data.size(), data);
}

}  // namespace pushguard
