// SPDX-License-Identifier: Apache-2.0
// Azure's identifiable keys: a signature like "+ASt", then a Marvin32 checksum.
//
// The checksum is the last six base64 characters. Without a known signature in
// front of it a key is of the older kind that has no check: `unknown`. The seed
// that fits tells what the key may do, which the note repeats.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_azure_identifiable(std::string_view secret, int64_t now);
void seal_azure_identifiable(std::string& secret);

}  // namespace pushguard
