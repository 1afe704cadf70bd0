// SPDX-License-Identifier: Apache-2.0
// AWS access key ids. They have no checksum, but contain the number of their account.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The 12 digits of the account, decoded from characters 5 to 20; nothing if these are not
// base32. The result is right only for ids issued since about 2019.
std::optional<std::string> aws_account_of(std::string_view key_id);

// `invalid` for the ids in AWS's documentation, which end in "EXAMPLE". Otherwise `unknown`,
// with the account as its note.
Validation check_aws_key_id(std::string_view secret, int64_t now);

}  // namespace pushguard
