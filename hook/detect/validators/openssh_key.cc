#include "detect/validators/openssh_key.h"

#include <optional>

#include "detect/validators/cursor.h"

namespace pushguard {
namespace {

std::optional<std::string_view> take_string(Cursor& cursor) {
  const auto size = cursor.be32();
  return size ? cursor.take(*size) : std::nullopt;
}

}  // namespace

OpensshKey classify_openssh_key(std::string_view bytes) {
  constexpr std::string_view kMagic("openssh-key-v1\0", 15);
  Cursor cursor(bytes);
  if (!cursor.skip(kMagic)) return OpensshKey::none;
  const auto cipher = take_string(cursor);
  const auto kdf = take_string(cursor);
  const auto kdf_options = take_string(cursor);
  const auto keys = cursor.be32();
  const auto public_key = take_string(cursor);
  const auto private_keys = take_string(cursor);
  if (!cipher || !kdf || !kdf_options || keys != 1u || !public_key || !private_keys) {
    return OpensshKey::none;
  }
  if (*cipher != "none" || *kdf != "none") return OpensshKey::encrypted;
  Cursor inside(*private_keys);
  const auto check = inside.be32();
  return check && inside.be32() == check && !inside.done() ? OpensshKey::clear : OpensshKey::none;
}

}  // namespace pushguard
