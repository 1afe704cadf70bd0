// SPDX-License-Identifier: Apache-2.0
// Azure's identifiable keys: base64 that ends in a four-character signature like "+ASt" and
// six characters of Marvin32.
//
// A key without a known signature is of the older kind, which has no check: `unknown`. Each
// kind of key has its own seed for the Marvin32; where the seed that matches says what the key
// may do, the note repeats it.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_azure_identifiable(std::string_view secret, int64_t now);
void seal_azure_identifiable(std::string& secret);

}  // namespace pushguard
