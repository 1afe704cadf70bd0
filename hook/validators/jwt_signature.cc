// SPDX-License-Identifier: Apache-2.0
#include "validators/jwt_signature.h"

#include <sodium.h>

#include <algorithm>

namespace pushguard {
namespace {

// From the documentation and default settings of JWT libraries and services.
constexpr std::string_view kSampleSecrets[] = {
    "secret",
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "a-string-secret-at-least-256-bits-long",
    "a-valid-string-secret-that-is-at-least-384-bits-long",
    "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
    "super-secret-jwt-token-with-at-least-32-characters-long",
    "your-secret-key",
    "your_jwt_secret",
    "jwt-secret",
    "secretkey",
    "shhhhh",
    "mysecret",
    "my-secret",
    "supersecret",
    "jwt_secret",
    "changeme",
    "password",
};

const uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

std::string text_of(const uint8_t* bytes, size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  crypto_auth_hmacsha256_state state;
  uint8_t tag[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
  crypto_auth_hmacsha256_final(&state, tag);
  return text_of(tag, sizeof tag);
}

std::string hmac_sha512(std::string_view key, std::string_view message) {
  crypto_auth_hmacsha512_state state;
  uint8_t tag[crypto_auth_hmacsha512_BYTES];
  crypto_auth_hmacsha512_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha512_update(&state, bytes_of(message), message.size());
  crypto_auth_hmacsha512_final(&state, tag);
  return text_of(tag, sizeof tag);
}

// libsodium has no SHA-384. SHA-384 is SHA-512 with another initial state, cut to 48 bytes
// (FIPS 180-4, 5.3.4).
std::string sha384(std::string_view message) {
  constexpr uint64_t kStart[8] = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17,
                                  0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
                                  0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};
  crypto_hash_sha512_state state;
  uint8_t hash[crypto_hash_sha512_BYTES];
  crypto_hash_sha512_init(&state);
  std::ranges::copy(kStart, state.state);
  crypto_hash_sha512_update(&state, bytes_of(message), message.size());
  crypto_hash_sha512_final(&state, hash);
  return text_of(hash, 48);
}

std::string hmac_sha384(std::string_view key, std::string_view message) {
  constexpr size_t kBlock = 128;
  std::string inner(key.size() > kBlock ? sha384(key) : std::string(key));
  inner.resize(kBlock);
  std::string outer = inner;
  for (char& c : inner) c ^= 0x36;
  for (char& c : outer) c ^= 0x5c;
  return sha384(outer + sha384(inner.append(message)));
}

}  // namespace

std::string jwt_hmac(std::string_view algorithm, std::string_view key, std::string_view message) {
  if (algorithm == "HS256") return hmac_sha256(key, message);
  if (algorithm == "HS384") return hmac_sha384(key, message);
  if (algorithm == "HS512") return hmac_sha512(key, message);
  return {};
}

bool is_sample_signature(std::string_view algorithm, std::string_view message,
                         std::string_view signature) {
  if (signature.empty()) return false;
  return std::ranges::any_of(kSampleSecrets, [&](std::string_view key) {
    return jwt_hmac(algorithm, key, message) == signature;
  });
}

}  // namespace pushguard
