// SPDX-License-Identifier: Apache-2.0
// Tokens of Atlassian Data Center (Jira, Confluence, Bitbucket): base64 of a decimal id, ":",
// and 20 random bytes; 33 bytes in all when the id has 12 digits.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// `secret` may have Bitbucket's prefix "BBDC-". Another structure than that is `weakened`,
// not `invalid`.
Validation check_data_center_pat(std::string_view secret, int64_t now);
void seal_data_center_pat(std::string& secret);

}  // namespace pushguard
