// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/keyed_hash.h"

#include <sodium.h>

namespace pushguard {

static_assert(crypto_shorthash_BYTES == sizeof(uint64_t));
static_assert(crypto_shorthash_KEYBYTES == 16);

KeyedHash::KeyedHash() { randombytes_buf(key_.data(), key_.size()); }

uint64_t KeyedHash::operator()(std::string_view bytes) const {
  uint64_t hash;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash),
                   reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), key_.data());
  return hash;
}

}  // namespace pushguard
