// SPDX-License-Identifier: Apache-2.0
// NATS and Stellar seeds: base32 that ends in a CRC-16.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// 58 characters; the second letter tells the kind ("SU" is a user's).
Validation check_nats_seed(std::string_view secret, int64_t now);
void seal_nats_seed(std::string& secret);

// 56 characters of version 0x90.
Validation check_stellar_seed(std::string_view secret, int64_t now);
void seal_stellar_seed(std::string& secret);

}  // namespace pushguard
