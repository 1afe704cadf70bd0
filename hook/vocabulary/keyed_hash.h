// SPDX-License-Identifier: Apache-2.0
// A hash for tables whose keys a pusher chooses.
//
// SipHash-2-4 under a random key of its own: collisions cannot be constructed. Rejected: an id's
// own first bytes (a tree may name any ids, whether such objects exist or not).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace pushguard {

class KeyedHash {
 public:
  KeyedHash();
  uint64_t operator()(std::string_view bytes) const;

 private:
  std::array<uint8_t, 16> key_;
};

}  // namespace pushguard
