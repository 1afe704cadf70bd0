// SPDX-License-Identifier: Apache-2.0
// Base58Check keys: WIF and extended keys of Bitcoin, seeds of XRP Ledger, keys of EOS.
//
//   version | key or seed | first 4 bytes of SHA-256(SHA-256(all before)), in base58
//
// The newer form of EOS keys has RIPEMD-160 instead. Formats: BIP-32 (xprv), BIP-38.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

inline constexpr std::string_view kBase58Digits =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// WIF (Bitcoin, EOS), xprv and similar extended keys. `weakened` when a passphrase encrypts
// the key ("6P", BIP-38). The version is not tested: other chains have their own.
Validation check_base58_key(std::string_view secret, int64_t now);
void seal_base58_key(std::string& secret);

// XRP Ledger: its own alphabet, and the version of a seed.
Validation check_xrp_seed(std::string_view secret, int64_t now);
void seal_xrp_seed(std::string& secret);

// EOS: "PVT_K1_" or "PVT_R1_", then 32 bytes and their check.
Validation check_eos_key(std::string_view secret, int64_t now);
void seal_eos_key(std::string& secret);

}  // namespace pushguard
