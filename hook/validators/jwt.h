// SPDX-License-Identifier: Apache-2.0
// JSON Web Tokens (RFC 7519), in the compact form (RFC 7515): header.payload.signature
//
// A signature cannot be tested without its key, so a well-formed token is only `unknown`, with
// a note. A token is `weakened` when it is not JSON in base64url, unsigned, expired, or signed
// with a published sample secret. A token in base64 (it starts with "ZXlK") is decoded first.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Whether `text` has the three parts of a JSON Web Token, of which the first is a JSON object.
bool is_jwt(std::string_view text);

// Whether `text` is the key that Supabase has people publish: its role is "anon"
// (supabase.com/docs/guides/api/api-keys).
bool is_public_jwt(std::string_view text);

Validation check_jwt(std::string_view secret, int64_t now);

}  // namespace pushguard
