// SPDX-License-Identifier: Apache-2.0
// Azure's common annotated security keys (CASK).
//
//   characters   content, in base64
//   0 to 79      random bytes, the kind of the key and its date; "JQQJ9" at 52 to 56
//   80 to 83     four characters of a Marvin32 of all before, in keys of 84 characters
//   80 to 85     six characters of it, in keys of 88 characters
//
// Documentation often has filler that looks like such a key, so a mismatch is `weakened`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_azure_cask(std::string_view secret, int64_t now);
void seal_azure_cask(std::string& secret);

}  // namespace pushguard
