#include "detect/validators/base58.h"

#include <sodium.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "detect/validators/verdict.h"

namespace pushguard {
namespace {

constexpr std::string_view kXrpDigits =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
constexpr size_t kLongest = 128;  // the conversion takes quadratic time
constexpr size_t kCheckSize = 4;

// Rewrites a number of base `from` in base `to`; leading zeros stay in number.
std::string convert(std::string_view digits, unsigned from, unsigned to) {
  const size_t zeros = std::min(digits.find_first_not_of('\0'), digits.size());
  std::string result;  // least significant first
  for (const char digit : digits.substr(zeros)) {
    unsigned carry = static_cast<uint8_t>(digit);
    for (char& place : result) {
      carry += static_cast<uint8_t>(place) * from;
      place = static_cast<char>(carry % to);
      carry /= to;
    }
    for (; carry > 0; carry /= to) result += static_cast<char>(carry % to);
  }
  result.append(zeros, '\0');
  std::ranges::reverse(result);
  return result;
}

std::optional<std::string> decode(std::string_view text, std::string_view alphabet) {
  if (text.size() > kLongest) return std::nullopt;
  std::string digits;
  for (const char c : text) {
    const size_t digit = alphabet.find(c);
    if (digit == alphabet.npos) return std::nullopt;
    digits += static_cast<char>(digit);
  }
  return convert(digits, 58, 256);
}

std::string encode(std::string_view bytes) {
  std::string text = convert(bytes, 256, 58);
  for (char& digit : text) digit = kBase58Digits[static_cast<uint8_t>(digit)];
  return text;
}

std::string double_hash(std::string_view bytes) {
  std::string hash(bytes);
  for (int round = 0; round < 2; ++round) {
    std::string next(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<uint8_t*>(next.data()),
                       reinterpret_cast<const uint8_t*>(hash.data()), hash.size());
    hash = next;
  }
  return hash.substr(0, kCheckSize);
}

bool is_checked(const std::optional<std::string>& bytes) {
  if (!bytes || bytes->size() <= kCheckSize) return false;
  const std::string_view covered(bytes->data(), bytes->size() - kCheckSize);
  return bytes->ends_with(double_hash(covered));
}

}  // namespace

Validation check_base58_key(std::string_view secret, int64_t) {
  const bool holds =
      is_checked(decode(secret, kBase58Digits)) || is_checked(decode(secret, kXrpDigits));
  return checksum_verdict(holds, Validity::invalid);
}

void seal_base58_key(std::string& secret) {
  const auto bytes = decode(secret, kBase58Digits);
  if (!bytes || bytes->size() <= kCheckSize) return;
  const std::string covered = bytes->substr(0, bytes->size() - kCheckSize);
  const std::string sealed = encode(covered + double_hash(covered));
  if (sealed.size() == secret.size()) secret = sealed;
}

}  // namespace pushguard
