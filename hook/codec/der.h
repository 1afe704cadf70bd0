// SPDX-License-Identifier: Apache-2.0
// DER, as far as private keys need it: elements with definite lengths.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/cursor.h"

namespace pushguard {

inline constexpr uint8_t kDerInteger = 0x02, kDerOctets = 0x04, kDerObjectId = 0x06,
                         kDerSequence = 0x30;

struct DerElement {
  uint8_t tag = 0;
  std::string_view content;
};

class DerReader {
 public:
  explicit DerReader(std::string_view bytes) : cursor_(bytes) {}

  bool done() const { return cursor_.done(); }
  std::optional<DerElement> next();
  // The next element's content, if it has this tag.
  std::optional<std::string_view> next(uint8_t tag);

 private:
  Cursor cursor_;
};

// What a private key's outermost structure is. Bytes behind it do not matter.
enum class DerKey { none, rsa, dsa, ec, pkcs8, pkcs8_encrypted };
DerKey classify_der_key(std::string_view der);

// The first element with its header; "" if it is not whole.
std::string_view first_der_element(std::string_view der);

// Whether an RSA key, in PKCS#1 or inside PKCS#8, has a modulus that is not the
// product of its primes. False for keys of other kinds.
bool is_broken_rsa(std::string_view der);

}  // namespace pushguard
