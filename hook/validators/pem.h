// SPDX-License-Identifier: Apache-2.0
// Private keys in PEM text (RFC 7468): complete, encrypted, or a dummy.
//
// Lines may be separated as in a file, as in a JSON string ("\n"), or by spaces. The numbers
// are not tested, except that the modulus of an RSA key must be the product of its primes. A
// published key (published_keys.h) is `weakened`, with its name.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// `secret` is all of the block, from "-----BEGIN" to "END".
Validation check_pem_private_key(std::string_view secret, int64_t now);

}  // namespace pushguard
