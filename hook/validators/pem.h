// SPDX-License-Identifier: Apache-2.0
// Private keys in PEM text: is it a whole key, an encrypted one, or a dummy?
//
// Lines may be divided as in a file, or as in a JSON string (backslash and n),
// or by spaces. Of the numbers inside, an RSA key's modulus must be the product
// of its primes. Keys that everybody has are `weakened`, with their name.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// `secret` reaches from BEGIN to END.
Validation check_pem_private_key(std::string_view secret, int64_t now);

}  // namespace pushguard
