// SPDX-License-Identifier: Apache-2.0
// Tokens whose text is JSON in base64: the names of its fields prove the kind.
//
// What does not parse, or lacks a field, is `weakened`: many are cut short in
// documentation, and a cut one is of no use.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// "sk.", "pk." or "tk.", JSON with the user and the token's id, a signature.
// Public ("pk.") and temporary ("tk.") ones are `weakened` by their kind.
Validation check_mapbox_token(std::string_view secret, int64_t now);

// "ops_", JSON with the account's keys and its address.
Validation check_onepassword_service(std::string_view secret, int64_t now);

// "glc_" with organisation, name, key and metadata; or the legacy form without
// a prefix: key, name and the organisation's id.
Validation check_grafana_record(std::string_view secret, int64_t now);

}  // namespace pushguard
