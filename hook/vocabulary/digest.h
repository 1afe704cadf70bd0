// SPDX-License-Identifier: Apache-2.0
// SHA-256 of rules, configuration and known public values.
#pragma once

#include <string>
#include <string_view>

#include <sodium.h>

namespace pushguard {

class Digest {
 public:
  Digest() { crypto_hash_sha256_init(&state_); }
  void add(std::string_view bytes);
  // 64 lower-case digits; ends the digest.
  std::string hex();

 private:
  crypto_hash_sha256_state state_;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace pushguard
