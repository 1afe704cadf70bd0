// SPDX-License-Identifier: Apache-2.0
// An object id of either hash: 20 bytes (SHA-1) or 32 bytes (SHA-256).
//
// The size travels with the id, so no stage asks which format a repository
// has. Rejected: a template on the hash (every stage would be one too).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

namespace pushguard {

struct Oid {
  std::array<uint8_t, 32> bytes{};
  uint8_t size = 0;  // 20 or 32; 0 is "no id"

  // 40 or 64 lower-case or upper-case hex digits; anything else is no id.
  static std::optional<Oid> from_hex(std::string_view hex);
  // `raw` must hold 20 or 32 bytes.
  static Oid from_raw(std::span<const uint8_t> raw);

  std::string hex() const;
  // The id that git sends for "does not exist": all zeros.
  bool is_null() const;
  std::span<const uint8_t> raw() const { return {bytes.data(), size}; }

  friend auto operator<=>(const Oid&, const Oid&) = default;
  friend bool operator==(const Oid&, const Oid&) = default;
};

// Under a random key of this process: a pusher can write any ids into a tree, and ids of
// equal hashes would make a set as slow as a list.
struct OidHash {
  size_t operator()(const Oid& oid) const;
};

using OidSet = std::unordered_set<Oid, OidHash>;

}  // namespace pushguard
