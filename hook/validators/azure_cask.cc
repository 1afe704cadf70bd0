// SPDX-License-Identifier: Apache-2.0
#include "validators/azure_cask.h"

#include "codec/encodings.h"
#include "codec/marvin32.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

constexpr uint64_t kSeed = marvin_seed("Default0");
constexpr size_t kCovered = 80, kSignatureAt = 52, kShort = 84, kLong = 88, kFullCheck = 6;
constexpr std::string_view kSignature = "JQQJ9";

// How many characters of the check the key contains; 0 if it is no such key.
size_t check_room(std::string_view key) {
  if (key.size() != kShort && key.size() != kLong) return 0;
  if (key.substr(kSignatureAt, kSignature.size()) != kSignature) return 0;
  return key.size() == kShort ? 4 : kFullCheck;
}

// Later keys have the four bytes as one number in base62; its digits are read as base64, which
// clears the unused bits. Early keys, which check_azure_cask() accepts as well, have the bytes
// in plain base64.
std::string written_check(std::string_view check_bytes) {
  uint32_t number = 0;
  for (const char c : check_bytes) number = number << 8 | static_cast<uint8_t>(c);
  std::string digits = to_base(number, kBase62UpperFirst, 0);
  digits.resize(kFullCheck, '0');
  return base64_encode(*base64_decode(digits));
}

}  // namespace

Validation check_azure_cask(std::string_view secret, int64_t) {
  const size_t room = check_room(secret);
  const auto covered = base64_decode(secret.substr(0, kCovered));
  if (room == 0 || !covered) return checksum_verdict(false, Validity::weakened);
  const std::string bytes = marvin_bytes(kSeed, *covered);
  const std::string_view found = secret.substr(kCovered, room);
  const bool matches = found == written_check(bytes).substr(0, room) ||
                       found == base64_encode(bytes).substr(0, room);
  return checksum_verdict(matches, Validity::weakened);
}

void seal_azure_cask(std::string& secret) {
  const size_t room = check_room(secret);
  const auto covered = base64_decode(std::string_view(secret).substr(0, kCovered));
  if (room == 0 || !covered) return;
  secret.replace(kCovered, room, written_check(marvin_bytes(kSeed, *covered)), 0, room);
}

}  // namespace pushguard
