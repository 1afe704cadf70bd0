// SPDX-License-Identifier: Apache-2.0
// Microsoft's secrets with checks that are not those of Azure's keys.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Entra ID client secrets: three characters of Marvin32 after "8Q~" ones. The
// older form ("7Q~") has no check and is `unknown`.
Validation check_entra_secret(std::string_view secret, int64_t now);
void seal_entra_secret(std::string& secret);

// Azure DevOps personal access tokens from before 2024: 52 characters of base32
// with the CRC-32's bytes spread over them.
Validation check_azure_devops_legacy(std::string_view secret, int64_t now);
void seal_azure_devops_legacy(std::string& secret);

}  // namespace pushguard
