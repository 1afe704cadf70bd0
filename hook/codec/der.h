// SPDX-License-Identifier: Apache-2.0
// DER (X.690), as far as private keys need it, and BER as far as OpenSSL reads it as such:
// lengths of any size and form, and strings in pieces.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "codec/cursor.h"

namespace pushguard {

inline constexpr uint8_t kDerInteger = 0x02, kDerOctets = 0x04, kDerObjectId = 0x06,
                         kDerSequence = 0x30, kBerOctetsInPieces = 0x24;

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

// The fields of the sequence that `der` begins with, as far as they are there.
std::optional<DerReader> der_fields(std::string_view der);

// The outermost structure of a private key: PKCS#1 RSA, OpenSSL's DSA form, SEC1 or PKCS#8.
// Versions are not asked, as OpenSSL does not. Bytes after it are ignored, and of PKCS#8 all
// that is after the key itself.
enum class DerKey { none, rsa, dsa, ec, pkcs8, pkcs8_encrypted };
DerKey classify_der_key(std::string_view der);

// The first element with its header; "" when it is cut off.
std::string_view first_der_element(std::string_view der);

// Whether a private key can begin with the bytes `start`, of which more may follow.
bool may_begin_der_key(std::string_view start);

// The size of the first element with its header, if `start` has all of the header and the size
// is written there.
std::optional<uint64_t> size_of_der(std::string_view start);

// Whether `der` is an RSA key, in PKCS#1 or inside PKCS#8, whose modulus is not the product
// of its primes. False for other kinds of keys.
bool is_broken_rsa(std::string_view der);

}  // namespace pushguard
