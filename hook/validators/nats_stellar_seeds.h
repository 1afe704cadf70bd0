// SPDX-License-Identifier: Apache-2.0
// Seeds of NATS and Stellar: base32 of bytes that end in a CRC-16 (XMODEM) of the others.
//
// Formats: nkeys of NATS; "strkey" of Stellar (SEP-0023).
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// NATS: 58 characters; the second letter is the kind of key ("SU" for a user).
Validation check_nats_seed(std::string_view secret, int64_t now);
void seal_nats_seed(std::string& secret);

// Stellar: 56 characters; the first byte is the version of a seed, 0x90.
Validation check_stellar_seed(std::string_view secret, int64_t now);
void seal_stellar_seed(std::string& secret);

}  // namespace pushguard
