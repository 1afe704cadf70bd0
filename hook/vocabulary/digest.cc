// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/digest.h"

#include <fmt/format.h>

namespace pushguard {

void Digest::add(std::string_view bytes) {
  crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

std::array<uint8_t, 32> Digest::finish() {
  std::array<uint8_t, 32> hash;
  static_assert(hash.size() == crypto_hash_sha256_BYTES);
  crypto_hash_sha256_final(&state_, hash.data());
  return hash;
}

std::string Digest::hex() {
  const std::array<uint8_t, 32> hash = finish();
  std::string text;
  for (const unsigned char byte : hash) text += fmt::format("{:02x}", byte);
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  // The configuration of a site that has none, at every push.
  if (bytes.empty()) return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  Digest digest;
  digest.add(bytes);
  return digest.hex();
}

}  // namespace pushguard
