// SPDX-License-Identifier: Apache-2.0
// AWS access key ids. They have no checksum, but name their account.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The account's 12 digits, from characters 5 to 20; nothing if they are not
// base32. Right for ids issued since about 2019 only.
std::optional<std::string> aws_account_of(std::string_view key_id);

// `invalid` for the keys of AWS's documentation, which end in "EXAMPLE".
Validation check_aws_key_id(std::string_view secret, int64_t now);

}  // namespace pushguard
