// SPDX-License-Identifier: Apache-2.0
// Atlassian Data Center's tokens (Jira, Confluence, Bitbucket): base64 of a
// decimal id, ":", and 20 random bytes; 33 bytes for an id of 12 digits.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Bitbucket's stands behind "BBDC-".
Validation check_data_center_pat(std::string_view secret, int64_t now);
void seal_data_center_pat(std::string& secret);

}  // namespace pushguard
