// SPDX-License-Identifier: Apache-2.0
// Base58Check keys: Bitcoin's WIF and extended keys, XRP Ledger's seeds, EOS keys.
//
// The last four bytes are a double SHA-256 of the rest; EOS's newer form has
// RIPEMD-160. Versions of the first form are not compared: other chains use it
// with versions of their own.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

inline constexpr std::string_view kBase58Digits =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// WIF (Bitcoin, EOS), xprv and its kin. With a passphrase ("6P", BIP-38):
// `weakened`.
Validation check_base58_key(std::string_view secret, int64_t now);
void seal_base58_key(std::string& secret);

// In the ledger's own alphabet, of a seed's version.
Validation check_xrp_seed(std::string_view secret, int64_t now);
void seal_xrp_seed(std::string& secret);

// "PVT_K1_" or "PVT_R1_", then 32 bytes and their check.
Validation check_eos_key(std::string_view secret, int64_t now);
void seal_eos_key(std::string& secret);

}  // namespace pushguard
