// SPDX-License-Identifier: Apache-2.0
// Reads binary structures inside tokens; each read returns nothing past the end.
//
// objects/byte_reader.h throws, as is right for a damaged pack. A candidate that does not
// parse is no error but a result, so every read here returns an optional.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pushguard {

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  std::optional<std::string_view> take(uint64_t count);
  // Takes `expected` if it comes next.
  bool skip(std::string_view expected);
  std::optional<uint8_t> u8();
  std::optional<uint32_t> be32();
  // Seven bits a byte, least significant first, at most 9 bytes.
  std::optional<uint64_t> varint();

 private:
  std::string_view rest_;
};

}  // namespace pushguard
