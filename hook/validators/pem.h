// SPDX-License-Identifier: Apache-2.0
// Private keys in PEM text (RFC 7468): complete, encrypted, or a dummy.
//
// The armor is read as leniently as any program reads it (armor.h). What the key is decides, and
// only where none can be read its label and headers. The numbers are not tested, except that an RSA
// key whose modulus is not the product of its primes is not `valid` (it may work with its
// exponent). A published key (published_keys.h) is `weakened`, with its name.
#pragma once

#include <string_view>

#include "validators/armor.h"
#include "validators/validator.h"

namespace pushguard {

// What is said of a key that was read.
Validation check_key(const ArmoredKey& key);

// `secret` is all of the block, from "-----BEGIN" to "END".
Validation check_pem_private_key(std::string_view secret, int64_t now);

// `secret` is what extent_of_armor() took for a key. Read without what is around it, it is no less.
Validation check_armored_key(std::string_view secret, int64_t now);

}  // namespace pushguard
