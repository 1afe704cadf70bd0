// SPDX-License-Identifier: Apache-2.0
// RIPEMD-160 (Dobbertin, Bosselaers, Preneel, 1996); only EOS keys need it.
//
// Rejected: libsodium, which has no RIPEMD-160.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// The digest, 20 bytes.
std::string ripemd160(std::string_view message);

}  // namespace pushguard
