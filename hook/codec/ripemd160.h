// SPDX-License-Identifier: Apache-2.0
// RIPEMD-160 (Dobbertin, Bosselaers, Preneel, 1996), for EOS keys alone.
//
// Rejected: libsodium, which has no RIPEMD-160.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// 20 bytes.
std::string ripemd160(std::string_view message);

}  // namespace pushguard
