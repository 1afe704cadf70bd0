// SPDX-License-Identifier: Apache-2.0
// Secrets of Microsoft whose checks differ from those of Azure's keys.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Client secrets of Entra ID: 40 characters with "8Q~" at 3; the last three are from a Marvin32
// of the others. The older form ("7Q~") has no check and is `unknown`.
Validation check_entra_secret(std::string_view secret, int64_t now);
void seal_entra_secret(std::string& secret);

// Personal access tokens of Azure DevOps from before 2024: 52 characters of base32 for 32
// bytes, of which four, not in a row, are a CRC-32 of the others.
Validation check_azure_devops_legacy(std::string_view secret, int64_t now);
void seal_azure_devops_legacy(std::string& secret);

}  // namespace pushguard
