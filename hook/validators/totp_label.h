// SPDX-License-Identifier: Apache-2.0
// Whether the label of an otpauth URL (github.com/google/google-authenticator/wiki/Key-Uri-Format)
// says that its seed is only for show: "Test Label", "Example:alice".
#pragma once

#include <string_view>

namespace pushguard {

// For Validator::is_for_show: the label stands before the seed, an issuer on either side.
bool is_for_test_label(std::string_view before, std::string_view after);

}  // namespace pushguard
