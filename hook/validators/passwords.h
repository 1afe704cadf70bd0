// SPDX-License-Identifier: Apache-2.0
// Passwords inside other forms: is there one, or only a template for it?
//
// What a program replaces before use is `invalid`. What reads as words, or is
// too short to have been drawn, is `weakened`: it is what tests and manuals say,
// but often runs as well, so it warns. The rest is `unknown`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Base64 of "user:password", as in an Authorization header or .npmrc.
Validation check_basic_auth(std::string_view secret, int64_t now);
// The password in it, without the user's name where that is a part of it; ""
// when there is none.
std::string decode_basic_auth(std::string_view secret);
// The password of a URL, as it stands there: percent signs are decoded.
Validation check_url_password(std::string_view secret, int64_t now);
// Base64 of a Docker config.json, which may be cut: the first login in it.
Validation check_docker_config(std::string_view secret, int64_t now);
// A password in clear.
Validation check_chosen_password(std::string_view secret, int64_t now);

}  // namespace pushguard
