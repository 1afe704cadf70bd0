// SPDX-License-Identifier: Apache-2.0
// Passwords inside other text: real ones, or templates.
//
// A template, which a program replaces before use, is `invalid`. A password that reads as
// words, or is too short to have been drawn at random, is `weakened`: tests and manuals have
// such passwords, but production often does as well, so it warns. All others are `unknown`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// `secret` is base64 of "user:password" (RFC 7617), as in an Authorization header or .npmrc.
Validation check_basic_auth(std::string_view secret, int64_t now);
// The password in such a text, without the user's name if it contains that; "" when there is
// no password.
std::string decode_basic_auth(std::string_view secret);
// `secret` is the password as written in a URL; percent-encoding is decoded.
Validation check_url_password(std::string_view secret, int64_t now);
// `secret` is base64 of a Docker config.json, which may be cut off. Checks the first login.
Validation check_docker_config(std::string_view secret, int64_t now);
// `secret` is the password itself.
Validation check_chosen_password(std::string_view secret, int64_t now);

}  // namespace pushguard
