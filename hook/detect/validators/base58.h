// Base58Check keys: Bitcoin's WIF and extended keys, and the XRP Ledger's seeds.
//
// The last four bytes are a double SHA-256 of the rest. Versions are not
// compared: other chains use the same form with versions of their own.
#pragma once

#include <string>
#include <string_view>

#include "detect/validator.h"

namespace pushguard {

inline constexpr std::string_view kBase58Digits =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

Validation check_base58_key(std::string_view secret, int64_t now);
void seal_base58_key(std::string& secret);

}  // namespace pushguard
