// SPDX-License-Identifier: Apache-2.0
// Azure's common annotated security keys ("JQQJ9" in the middle).
//
// 80 characters of base64 with the key's kind and date, then four or six more
// of Marvin32. Filler that only looks the part is common in documentation.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

Validation check_azure_cask(std::string_view secret, int64_t now);
void seal_azure_cask(std::string& secret);

}  // namespace pushguard
