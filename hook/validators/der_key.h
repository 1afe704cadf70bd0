// SPDX-License-Identifier: Apache-2.0
// Private keys in DER: a whole file, known by its structure and not by its name.
//
// Only the beginning of a file is read: programs ignore what follows the key. Rejected: keys in
// the middle of binary files (nothing loads them from there, and short structures are met in all
// of them).
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// `secret` is a file that begins with a key.
Validation check_der_private_key(std::string_view secret, int64_t now);

// For Validator::extend.
Extent extent_of_der_key(std::string_view content, size_t begin, Effort& effort);

}  // namespace pushguard
