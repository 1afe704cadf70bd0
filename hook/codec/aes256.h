// SPDX-License-Identifier: Apache-2.0
// AES-256 on single blocks (FIPS 197), for passwords that a program encrypts under a key that
// its vendor published.
//
// It is slow and not constant-time; it protects no secret.
// Rejected: libsodium (it has only AES-256-GCM, and not on every processor).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pushguard {

class Aes256 {
 public:
  static constexpr size_t kKeySize = 32, kBlockSize = 16;

  explicit Aes256(const std::array<uint8_t, kKeySize>& key);

  // `block` must have 16 bytes; the result has 16 bytes.
  std::string encrypt(std::string_view block) const;
  std::string decrypt(std::string_view block) const;

 private:
  static constexpr size_t kRounds = 14;
  using Block = std::array<uint8_t, kBlockSize>;

  void add_round_key(Block& block, size_t round) const;

  std::array<uint8_t, kBlockSize*(kRounds + 1)> schedule_;
};

}  // namespace pushguard
