// SPDX-License-Identifier: Apache-2.0
// Tokens that consist of JSON in base64. The names of the fields prove the kind of token.
//
// A token that does not parse or lacks a field is `weakened`: documentation often shows only
// the start of a token, which is of no use.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// "sk.", "pk." or "tk."; JSON with the user and the id of the token; a signature. Public
// ("pk.") and temporary ("tk.") tokens are `weakened`.
Validation check_mapbox_token(std::string_view secret, int64_t now);

// "ops_", then JSON with the keys and the address of the account.
Validation check_onepassword_service(std::string_view secret, int64_t now);

// "glc_", then JSON with organisation, name, key and metadata; or the legacy form without a
// prefix: JSON with key, name and the id of the organisation.
Validation check_grafana_record(std::string_view secret, int64_t now);

}  // namespace pushguard
