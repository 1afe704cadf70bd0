// SPDX-License-Identifier: Apache-2.0
// Private keys in Bech32 (BIP-173): a readable prefix, "1", 52 characters for 32 bytes, and
// six check characters.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

inline constexpr std::string_view kBech32Digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

// age identities ("AGE-SECRET-KEY-1", upper case).
Validation check_age_identity(std::string_view secret, int64_t now);
// Nostr keys ("nsec1", lower case).
Validation check_nostr_key(std::string_view secret, int64_t now);
// For both kinds: sets the six check characters and clears the unused bits.
void seal_bech32_key(std::string& secret);

}  // namespace pushguard
