// Passwords inside other forms: is there one, or only a template for it?
//
// Weak passwords stay `unknown`: what reads like a dummy is often what runs.
// Only what a program replaces before use is `invalid`.
#pragma once

#include <string_view>

#include "detect/validator.h"

namespace pushguard {

// Base64 of "user:password", as in an Authorization header or .npmrc.
Validation check_basic_auth(std::string_view secret, int64_t now);
// The password of a URL, as it stands there: percent signs are decoded.
Validation check_url_password(std::string_view secret, int64_t now);

}  // namespace pushguard
