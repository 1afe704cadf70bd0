// SPDX-License-Identifier: Apache-2.0
// SHA-256 of rules, configuration, known public values, and records of the log.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <sodium.h>

namespace pushguard {

class Digest {
 public:
  Digest() { crypto_hash_sha256_init(&state_); }
  void add(std::string_view bytes);
  // The hash; ends the digest.
  std::array<uint8_t, 32> finish();
  // The same as 64 lower-case digits.
  std::string hex();

 private:
  crypto_hash_sha256_state state_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace pushguard
