// SPDX-License-Identifier: Apache-2.0
#include "validators/ssh2_key.h"

#include "codec/cursor.h"
#include "codec/encodings.h"
#include "validators/armor_letters.h"

namespace pushguard {

Validation check_ssh2_key(std::string_view secret, int64_t) {
  constexpr uint32_t kMagic = 0x3f6ff9eb;
  constexpr size_t kEnoughDigits = 120;  // with the names of the key's kind and of the cipher
  Effort effort{secret.size()};
  ArmorLetters letters(secret, 0, ArmorStyle::plain, effort);
  if (!letters.read(kEnoughDigits)) return {};
  const std::string bytes = base64_decode(letters.letters()).value_or("");
  Cursor cursor(bytes);
  if (cursor.be32() != kMagic || !cursor.be32()) return {};
  const auto kind_size = cursor.be32();
  if (!kind_size || !cursor.take(*kind_size)) return {};
  const auto cipher_size = cursor.be32();
  const auto cipher = cipher_size ? cursor.take(*cipher_size) : std::nullopt;
  if (!cipher) return {};
  if (*cipher == "none") return {Validity::valid, "has no passphrase"};
  return {Validity::weakened, "encrypted: needs its passphrase"};
}

}  // namespace pushguard
