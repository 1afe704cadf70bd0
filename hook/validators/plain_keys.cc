// SPDX-License-Identifier: Apache-2.0
#include "validators/plain_keys.h"

#include "codec/encodings.h"

namespace pushguard {
namespace {

constexpr size_t kCurveKeySize = 32;

// `text` without padding and in the standard alphabet.
std::string letters_of(std::string_view text) {
  std::string letters(text.substr(0, text.find_last_not_of('=') + 1));
  for (char& c : letters) c = c == '-' ? '+' : c == '_' ? '/' : c;
  return letters;
}

bool encodes(std::string_view text, size_t size) {
  const auto bytes = base64_decode(text);
  return bytes && bytes->size() == size && letters_of(base64_encode(*bytes)) == letters_of(text);
}

Validation size_verdict(bool matches) {
  if (matches) return {Validity::unknown, "size is right"};
  return {Validity::weakened, "size is not that of a real one"};
}

constexpr size_t kUuidSize = 36, kVersionAt = 14, kVariantAt = 19;

}  // namespace

Validation check_base64_32(std::string_view secret, int64_t) {
  return size_verdict(encodes(secret, 32));
}

Validation check_base64_64(std::string_view secret, int64_t) {
  return size_verdict(encodes(secret, 64));
}

void seal_base64(std::string& secret) {
  if (const auto bytes = base64_decode(secret)) base64_overwrite(secret, 0, *bytes);
}

Validation check_wireguard_key(std::string_view secret, int64_t) {
  const auto bytes = base64_decode(secret);
  const bool is_clamped = bytes && bytes->size() == kCurveKeySize && ((*bytes)[0] & 7) == 0 &&
                          ((*bytes)[kCurveKeySize - 1] & 0xc0) == 0x40;
  if (is_clamped) return {Validity::unknown, "structure is valid"};
  return {Validity::weakened, "is no clamped Curve25519 key"};
}

void seal_wireguard_key(std::string& secret) {
  auto bytes = base64_decode(secret);
  if (!bytes || bytes->size() != kCurveKeySize) return;
  (*bytes)[0] = static_cast<char>((*bytes)[0] & 0xf8);
  (*bytes)[kCurveKeySize - 1] = static_cast<char>(((*bytes)[kCurveKeySize - 1] & 0x3f) | 0x40);
  base64_overwrite(secret, 0, *bytes);
}

Validation check_uuid(std::string_view secret, int64_t) {
  if (secret.size() != kUuidSize) return {};
  const bool matches =
      secret[kVersionAt] >= '1' && secret[kVersionAt] <= '8' &&
      std::string_view("89abAB").find(secret[kVariantAt]) != std::string_view::npos;
  if (matches) return {Validity::unknown, "structure is valid"};
  return {Validity::weakened, "is no UUID of a known version"};
}

void seal_uuid(std::string& secret) {
  if (secret.size() != kUuidSize) return;
  secret[kVersionAt] = '4';
  secret[kVariantAt] = 'a';
}

}  // namespace pushguard
