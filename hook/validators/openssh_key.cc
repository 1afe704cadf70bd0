// SPDX-License-Identifier: Apache-2.0
#include "validators/openssh_key.h"

#include <optional>

#include "codec/cursor.h"

namespace pushguard {
namespace {

std::optional<std::string_view> take_string(Cursor& cursor) {
  const auto size = cursor.be32();
  return size ? cursor.take(*size) : std::nullopt;
}

// Whether the rest of the private block is a key: its kind, the numbers of that kind, a
// comment, then padding 1, 2, 3 ... For other kinds, such as security keys, only the kind is read.
bool is_private_block(Cursor cursor) {
  struct Kind {
    std::string_view name;
    int numbers;
  };
  constexpr Kind kKinds[] = {{"ssh-rsa", 6},
                             {"ssh-dss", 5},
                             {"ssh-ed25519", 2},
                             {"ecdsa-sha2-nistp256", 3},
                             {"ecdsa-sha2-nistp384", 3},
                             {"ecdsa-sha2-nistp521", 3}};
  const auto name = take_string(cursor);
  if (!name || name->empty()) return false;
  for (const Kind& kind : kKinds) {
    if (kind.name != *name) continue;
    for (int i = 0; i < kind.numbers + 1; ++i) {
      if (!take_string(cursor)) return false;
    }
    for (uint8_t expected = 1; !cursor.done(); ++expected) {
      if (cursor.u8() != expected) return false;
    }
  }
  return true;
}

}  // namespace

OpensshKey classify_openssh_key(std::string_view bytes) {
  Cursor cursor(bytes);
  if (!cursor.skip(kOpensshMagic)) return OpensshKey::none;
  const auto cipher = take_string(cursor);
  const auto kdf = take_string(cursor);
  const auto kdf_options = take_string(cursor);
  const auto keys = cursor.be32();
  const auto public_key = take_string(cursor);
  const auto private_keys = take_string(cursor);
  if (!cipher || !kdf || !kdf_options || keys != 1u || !public_key || !private_keys) {
    return OpensshKey::none;
  }
  // Without a cipher the key is clear, whatever a passphrase would be made into.
  if (*cipher != "none") return OpensshKey::encrypted;
  Cursor inside(*private_keys);
  const auto check = inside.be32();
  const bool matches = check && inside.be32() == check && is_private_block(inside);
  return matches ? OpensshKey::clear : OpensshKey::none;
}

}  // namespace pushguard
