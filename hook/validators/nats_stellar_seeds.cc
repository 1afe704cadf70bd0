// SPDX-License-Identifier: Apache-2.0
#include "validators/nats_stellar_seeds.h"

#include <algorithm>
#include <iterator>

#include "codec/checksums.h"
#include "codec/encodings.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

constexpr size_t kNatsSize = 58, kStellarSize = 56, kCrcSize = 2;
constexpr uint8_t kSeedVersion = 0x90;
// Account, cluster, server, operator, user, curve. The low three bits of each are 0.
constexpr unsigned kNatsKinds[] = {0, 16, 104, 112, 160, 184};
constexpr uint8_t kNatsLowKindBits = 0x38;  // in the second byte

// The bytes of a seed of `size` characters; empty if `secret` is none.
std::string seed_bytes(std::string_view secret, size_t size) {
  if (secret.size() != size || secret.find_first_of(kLower) != secret.npos) return {};
  return base32_decode(secret).value_or("");
}

std::string crc_bytes(std::string_view covered) {
  return little_endian(crc16_xmodem(covered), kCrcSize);
}

bool has_crc(std::string_view bytes) {
  return bytes.size() > kCrcSize &&
         bytes.ends_with(crc_bytes(bytes.substr(0, bytes.size() - kCrcSize)));
}

std::string with_crc(std::string bytes) {
  bytes.resize(bytes.size() - kCrcSize);
  return base32_encode(bytes + crc_bytes(bytes));
}

bool is_nats_kind(uint8_t first, uint8_t second) {
  const unsigned kind = (first & 7u) << 5 | second >> 3;
  return (first & 0xf8) == kSeedVersion &&
         std::ranges::find(kNatsKinds, kind) != std::end(kNatsKinds);
}

}  // namespace

Validation check_nats_seed(std::string_view secret, int64_t) {
  const std::string bytes = seed_bytes(secret, kNatsSize);
  const bool matches = has_crc(bytes) &&
                       is_nats_kind(static_cast<uint8_t>(bytes[0]), static_cast<uint8_t>(bytes[1]));
  return checksum_verdict(matches, Validity::weakened);
}

void seal_nats_seed(std::string& secret) {
  std::string bytes = seed_bytes(secret, kNatsSize);
  if (bytes.empty()) return;
  bytes[1] = static_cast<char>(bytes[1] & ~kNatsLowKindBits);
  secret = with_crc(bytes);
}

Validation check_stellar_seed(std::string_view secret, int64_t) {
  const std::string bytes = seed_bytes(secret, kStellarSize);
  const bool matches = has_crc(bytes) && static_cast<uint8_t>(bytes[0]) == kSeedVersion;
  return checksum_verdict(matches, Validity::weakened);
}

void seal_stellar_seed(std::string& secret) {
  std::string bytes = seed_bytes(secret, kStellarSize);
  if (bytes.empty()) return;
  bytes[0] = static_cast<char>(kSeedVersion);
  secret = with_crc(bytes);
}

}  // namespace pushguard
