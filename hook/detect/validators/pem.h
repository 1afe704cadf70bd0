// Private keys in PEM text: is it a whole key, an encrypted one, or a dummy?
//
// Lines may be divided as in a file, or as in a JSON string (backslash and n),
// or by spaces. Decoding stops at the structure: whether the numbers inside
// form a working key is not computed.
#pragma once

#include <string_view>

#include "detect/validator.h"

namespace pushguard {

// `secret` reaches from BEGIN to END.
Validation check_pem_private_key(std::string_view secret, int64_t now);

}  // namespace pushguard
