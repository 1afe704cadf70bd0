// SPDX-License-Identifier: Apache-2.0
#include "validators/base58.h"

#include <sodium.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "codec/ripemd160.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

constexpr std::string_view kXrpDigits =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
constexpr size_t kLongest = 128;  // the conversion takes quadratic time
constexpr size_t kCheckSize = 4;

// Converts a number from base `from` to base `to`. The count of leading zeros stays the same.
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

std::string encode(std::string_view bytes, std::string_view alphabet) {
  std::string text = convert(bytes, 256, 58);
  for (char& digit : text) digit = alphabet[static_cast<uint8_t>(digit)];
  return text;
}

std::string double_sha256(std::string_view bytes) {
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
  return bytes->ends_with(double_sha256(covered));
}

// The text of `bytes` with its last four replaced by the right check; `secret` when the text
// would have another size.
std::string sealed(const std::string& secret, std::string bytes, std::string_view alphabet) {
  bytes.resize(bytes.size() - kCheckSize);
  const std::string text = encode(bytes + double_sha256(bytes), alphabet);
  return text.size() == secret.size() ? text : secret;
}

// The version before the 16 bytes of a seed, chosen by the total size: one byte for secp256k1,
// or the three bytes that show as "sEd" in base58. Empty for other sizes.
std::string_view xrp_version(size_t size) {
  constexpr size_t kEntropySize = 16;
  constexpr std::string_view kVersions[] = {"\x21", "\x01\xe1\x4b"};
  for (const std::string_view version : kVersions) {
    if (size == version.size() + kEntropySize + kCheckSize) return version;
  }
  return {};
}

// "PVT_K1_": the check is a hash of the key and the name of the curve ("K1").
constexpr std::string_view kEosMark = "PVT_";
constexpr size_t kCurveAt = 4, kCurveSize = 2, kEosKeyAt = 7, kEosKeySize = 32;

std::string eos_check(std::string_view key, std::string_view curve) {
  return ripemd160(std::string(key) + std::string(curve)).substr(0, kCheckSize);
}

std::optional<std::string> eos_bytes(std::string_view secret) {
  if (!secret.starts_with(kEosMark) || secret.size() <= kEosKeyAt) return std::nullopt;
  auto bytes = decode(secret.substr(kEosKeyAt), kBase58Digits);
  if (!bytes || bytes->size() != kEosKeySize + kCheckSize) return std::nullopt;
  return bytes;
}

}  // namespace

Validation check_base58_key(std::string_view secret, int64_t) {
  constexpr std::string_view kPassphrased = "6P";  // BIP-38
  constexpr size_t kPassphrasedSize = 58;
  const bool matches = is_checked(decode(secret, kBase58Digits));
  if (matches && secret.starts_with(kPassphrased) && secret.size() == kPassphrasedSize) {
    return {Validity::weakened, "encrypted: needs its passphrase"};
  }
  return checksum_verdict(matches, Validity::weakened);
}

void seal_base58_key(std::string& secret) {
  const auto bytes = decode(secret, kBase58Digits);
  if (bytes && bytes->size() > kCheckSize) secret = sealed(secret, *bytes, kBase58Digits);
}

Validation check_xrp_seed(std::string_view secret, int64_t) {
  const auto bytes = decode(secret, kXrpDigits);
  const std::string_view version = bytes ? xrp_version(bytes->size()) : "";
  const bool matches = !version.empty() && bytes->starts_with(version) && is_checked(bytes);
  return checksum_verdict(matches, Validity::weakened);
}

void seal_xrp_seed(std::string& secret) {
  auto bytes = decode(secret, kXrpDigits);
  const std::string_view version = bytes ? xrp_version(bytes->size()) : "";
  if (version.empty()) return;
  bytes->replace(0, version.size(), version);
  secret = sealed(secret, *bytes, kXrpDigits);
}

Validation check_eos_key(std::string_view secret, int64_t) {
  const auto bytes = eos_bytes(secret);
  const bool matches = bytes && bytes->ends_with(eos_check(bytes->substr(0, kEosKeySize),
                                                           secret.substr(kCurveAt, kCurveSize)));
  return checksum_verdict(matches, Validity::weakened);
}

void seal_eos_key(std::string& secret) {
  const auto bytes = eos_bytes(secret);
  if (!bytes) return;
  const std::string key = bytes->substr(0, kEosKeySize);
  const std::string curve = secret.substr(kCurveAt, kCurveSize);
  const std::string text = encode(key + eos_check(key, curve), kBase58Digits);
  if (text.size() == secret.size() - kEosKeyAt) secret.replace(kEosKeyAt, text.size(), text);
}

}  // namespace pushguard
