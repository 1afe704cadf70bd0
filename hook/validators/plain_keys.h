// SPDX-License-Identifier: Apache-2.0
// Keys that consist of random bytes only. Their size and their few fixed bits are tested.
//
// A key that passes is `unknown`, because a pass proves little; one that fails is `weakened`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Base64 of exactly 32 or 64 bytes, with zeros for the unused bits of the last character.
Validation check_base64_32(std::string_view secret, int64_t now);
Validation check_base64_64(std::string_view secret, int64_t now);
// Clears the unused bits.
void seal_base64(std::string& secret);

// 32 bytes, clamped for Curve25519 (RFC 7748, section 5), as `wg genkey` prints them.
Validation check_wireguard_key(std::string_view secret, int64_t now);
void seal_wireguard_key(std::string& secret);

// A UUID (RFC 9562): the version digit is 1 to 8, the variant digit 8, 9, a or b.
Validation check_uuid(std::string_view secret, int64_t now);
void seal_uuid(std::string& secret);

}  // namespace pushguard
