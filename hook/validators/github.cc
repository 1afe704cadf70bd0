// SPDX-License-Identifier: Apache-2.0
#include "validators/github.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "codec/checksums.h"
#include "codec/encodings.h"
#include "validators/verdict.h"

namespace pushguard {
namespace {

constexpr size_t kBodySize = 30, kRefreshBodySize = 70, kCheckSize = 6;
constexpr size_t kFineGrainedSize = 93, kHashedSize = 77, kHashCheckSize = 8;

// The characters that the CRC covers; empty when the format has no check.
std::string_view crc32_body(std::string_view secret) {
  const size_t mark = secret.find('_');
  if (mark == secret.npos) return {};
  const std::string_view rest = secret.substr(mark + 1);
  const size_t body = rest.size() - std::min(rest.size(), kCheckSize);
  if (body != kBodySize && body != kRefreshBodySize) return {};
  if (!consists_of(rest, kBase62UpperFirst)) return {};
  return rest.substr(0, body);
}

std::string crc32_check(std::string_view body) {
  return to_base(crc32_of(body), kBase62UpperFirst, kCheckSize);
}

std::string hash_check(std::string_view secret) {
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const uint8_t*>(secret.data()), kHashedSize);
  return base32_encode({reinterpret_cast<const char*>(hash.data()), kHashCheckSize * 5 / 8});
}

}  // namespace

Validation check_github_crc32(std::string_view secret, int64_t) {
  const std::string_view body = crc32_body(secret);
  if (!body.empty()) {
    return checksum_verdict(secret.ends_with(crc32_check(body)), Validity::invalid);
  }
  // A token followed by other letters looks like a longer token.
  for (const size_t size : {kBodySize, kRefreshBodySize}) {
    const std::string_view start = secret.substr(0, secret.find('_') + 1 + size + kCheckSize);
    const std::string_view inner = crc32_body(start);
    if (!inner.empty() && start.ends_with(crc32_check(inner))) {
      return checksum_verdict(true, Validity::invalid);
    }
  }
  return {};
}

void seal_github_crc32(std::string& secret) {
  const std::string_view body = crc32_body(secret);
  if (!body.empty()) secret.replace(secret.size() - kCheckSize, kCheckSize, crc32_check(body));
}

Validation check_github_fine_grained(std::string_view secret, int64_t) {
  if (secret.size() != kFineGrainedSize) return {};
  if (secret.substr(kHashedSize, kHashCheckSize) != hash_check(secret)) return {};
  return checksum_verdict(true, Validity::unknown);
}

void seal_github_fine_grained(std::string& secret) {
  if (secret.size() != kFineGrainedSize) return;
  secret.replace(kHashedSize, kHashCheckSize, hash_check(secret));
}

}  // namespace pushguard
