// SPDX-License-Identifier: Apache-2.0
// Passwords inside other text: real ones, or templates.
//
// A template, which a program or a person replaces before use, is `invalid`. A password is
// `weakened` when it reads as words, has under 8 characters, or is no readable text once
// decoded: tests and manuals have such passwords, but production often does as well, so they
// warn. All others are `unknown`; none is `valid`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The base64 of a password, by definition of its field (`_password` in an .npmrc).
Validation check_base64_password(std::string_view secret, int64_t now);
std::string decode_base64_password(std::string_view secret);

// `secret` is base64 of "user:password" (RFC 7617), as in an Authorization header or .npmrc;
// `invalid` when it is not.
Validation check_basic_auth(std::string_view secret, int64_t now);
// The password in such a `secret`. A user's name of 3 or more characters that the password
// contains is cut out of it. "" when there is no password.
std::string decode_basic_auth(std::string_view secret);
// `secret` is the password as written in a URL; percent-encoding is decoded.
Validation check_url_password(std::string_view secret, int64_t now);
// `secret` is base64 of a Docker config.json, which may be cut off. Checks the first "auth",
// else the first "password"; `unknown` when it has neither.
Validation check_docker_config(std::string_view secret, int64_t now);
// `secret` is the password itself.
Validation check_chosen_password(std::string_view secret, int64_t now);

}  // namespace pushguard
