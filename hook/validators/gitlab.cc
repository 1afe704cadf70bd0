// SPDX-License-Identifier: Apache-2.0
#include "validators/gitlab.h"

#include <algorithm>

#include "codec/checksums.h"
#include "codec/encodings.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

constexpr size_t kSizeDigits = 2, kCrcDigits = 7, kTail = kSizeDigits + kCrcDigits;
constexpr size_t kRandomBytes = 16;
constexpr std::string_view kVersion = ".01";

struct Parts {
  bool shaped = false;  // ends in "." and nine base36 digits
  bool versioned = false;
  std::string_view front;   // prefix and payload
  size_t payload_size = 0;  // in characters, from the size digits
};

Parts split(std::string_view secret) {
  Parts parts;
  if (secret.size() <= kTail + 1) return parts;
  const std::string_view tail = secret.substr(secret.size() - kTail);
  if (secret[secret.size() - kTail - 1] != '.' || !consists_of(tail, kBase36)) return parts;
  parts.shaped = true;
  parts.front = secret.substr(0, secret.size() - kTail - 1);
  parts.versioned = parts.front.ends_with(kVersion);
  if (parts.versioned) parts.front.remove_suffix(kVersion.size());
  parts.payload_size = kBase36.find(tail[0]) * kBase36.size() + kBase36.find(tail[1]);
  return parts;
}

// Whether the payload, by its size digits, starts after a prefix, and whether its last byte is
// the size of the routing text in it.
bool is_consistent(const Parts& parts) {
  if (parts.payload_size >= parts.front.size()) return false;
  const size_t start = parts.front.size() - parts.payload_size;
  if (parts.front[start - 1] != '-' && parts.front[start - 1] != '_') return false;
  const auto payload = base64_decode(parts.front.substr(start));
  if (!payload || payload->size() <= kRandomBytes) return false;
  return static_cast<uint8_t>(payload->back()) == payload->size() - kRandomBytes - 1;
}

std::string crc_digits(std::string_view covered) {
  return to_base(crc32_of(covered), kBase36, kCrcDigits);
}

// Whether the CRC of runner and deploy tokens covers their outer prefix is not known, so all
// starts up to the payload are tried.
bool crc_matches(std::string_view secret, const Parts& parts) {
  constexpr size_t kLongestPrefix = 64;
  const std::string_view covered = secret.substr(0, secret.size() - kCrcDigits);
  const std::string_view found = secret.substr(covered.size());
  const size_t starts = std::min(parts.front.size() - parts.payload_size, kLongestPrefix);
  for (size_t start = 0; start <= starts; ++start) {
    if (crc_digits(covered.substr(start)) == found) return true;
  }
  return false;
}

}  // namespace

Validation check_gitlab_routable(std::string_view secret, int64_t) {
  const Parts parts = split(secret);
  if (!parts.shaped) return {};
  const bool consistent = is_consistent(parts);
  if (consistent && crc_matches(secret, parts)) return checksum_verdict(true, Validity::invalid);
  if (!parts.versioned) return {};
  // What the CRC covers is known for personal access tokens only. Text before the prefix may be
  // the instance's own or no part of the token.
  const bool is_personal = parts.front.starts_with("glpat-");
  return checksum_verdict(false,
                          is_personal || !consistent ? Validity::invalid : Validity::weakened);
}

void seal_gitlab_routable(std::string& secret) {
  if (!split(secret).shaped) return;
  const size_t covered = secret.size() - kCrcDigits;
  secret.replace(covered, kCrcDigits, crc_digits(std::string_view(secret).substr(0, covered)));
}

}  // namespace pushguard
