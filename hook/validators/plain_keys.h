// SPDX-License-Identifier: Apache-2.0
// Keys that are nothing but random bytes: their size and the few fixed bits.
//
// A pass proves little and stays `unknown`; a failure is `weakened`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Base64 of exactly so many bytes, the last character without spare bits.
Validation check_base64_32(std::string_view secret, int64_t now);
Validation check_base64_64(std::string_view secret, int64_t now);
// Clears the spare bits.
void seal_base64(std::string& secret);

// 32 bytes, clamped as Curve25519 wants them (RFC 7748): `wg genkey` does so.
Validation check_wireguard_key(std::string_view secret, int64_t now);
void seal_wireguard_key(std::string& secret);

// RFC 9562: version 1 to 8, variant 8 to b.
Validation check_uuid(std::string_view secret, int64_t now);
void seal_uuid(std::string& secret);

}  // namespace pushguard
