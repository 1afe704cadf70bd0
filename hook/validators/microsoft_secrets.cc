// SPDX-License-Identifier: Apache-2.0
#include "validators/microsoft_secrets.h"

#include <algorithm>
#include <iterator>

#include "codec/checksums.h"
#include "codec/encodings.h"
#include "codec/marvin32.h"
#include "validators/verdict.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

constexpr size_t kEntraSize = 40, kEntraCovered = 37;
constexpr std::string_view kEntraDigits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

bool is_checked_entra(std::string_view secret) {
  return secret.size() == kEntraSize && secret.substr(3, 3) == "8Q~";
}

std::string entra_check(std::string_view secret) {
  const uint32_t sum = marvin32(marvin_seed("AadPwd00"), secret.substr(0, kEntraCovered));
  return to_base(sum, kEntraDigits, 6).substr(0, kEntraSize - kEntraCovered);
}

constexpr size_t kDevOpsSize = 52, kDevOpsBytes = 32;
constexpr uint32_t kUserSeed = 0xE0B9692D, kApplicationSeed = 0x1019F92E;
constexpr size_t kDevOpsCheckAt[] = {22, 8, 7, 2};  // least significant byte first

// The bytes of a token; empty if `secret` is none.
std::string devops_bytes(std::string_view secret) {
  if (secret.size() != kDevOpsSize) return {};
  return base32_decode(secret).value_or("");
}

uint32_t devops_crc(std::string_view bytes) {
  std::string covered;
  for (size_t i = 0; i < kDevOpsBytes; ++i) {
    if (std::ranges::find(kDevOpsCheckAt, i) == std::end(kDevOpsCheckAt)) covered += bytes[i];
  }
  return crc32_of(covered);
}

uint32_t devops_stored(std::string_view bytes) {
  uint32_t stored = 0;
  for (unsigned shift = 0; const size_t at : kDevOpsCheckAt) {
    stored |= uint32_t{static_cast<uint8_t>(bytes[at])} << shift;
    shift += 8;
  }
  return stored;
}

}  // namespace

Validation check_entra_secret(std::string_view secret, int64_t) {
  if (!is_checked_entra(secret)) return {};
  return checksum_verdict(secret.ends_with(entra_check(secret)), Validity::weakened);
}

void seal_entra_secret(std::string& secret) {
  if (!is_checked_entra(secret)) return;
  secret.replace(kEntraCovered, kEntraSize - kEntraCovered, entra_check(secret));
}

Validation check_azure_devops_legacy(std::string_view secret, int64_t) {
  const std::string bytes = devops_bytes(secret);
  if (bytes.size() != kDevOpsBytes) return checksum_verdict(false, Validity::weakened);
  const uint32_t seed = devops_crc(bytes) ^ devops_stored(bytes);
  return checksum_verdict(seed == kUserSeed || seed == kApplicationSeed, Validity::weakened);
}

void seal_azure_devops_legacy(std::string& secret) {
  std::string bytes = devops_bytes(secret);
  if (bytes.size() != kDevOpsBytes) return;
  const std::string check = little_endian(devops_crc(bytes) ^ kUserSeed, 4);
  for (size_t i = 0; i < check.size(); ++i) bytes[kDevOpsCheckAt[i]] = check[i];
  secret = to_lower(base32_encode(bytes));
}

}  // namespace pushguard
