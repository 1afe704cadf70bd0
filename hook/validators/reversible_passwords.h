// SPDX-License-Identifier: Apache-2.0
// Passwords that a program stores under a key which everybody has.
//
// Cisco's type 7, Junos' "$9$", Group Policy's cpassword and rclone's pass are
// encodings in effect: what decodes to readable text is the password itself,
// so the finding is confirmed. Notes never repeat the text.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Two digits of offset, then bytes in hex, XOR a published string.
Validation check_cisco_type7(std::string_view secret, int64_t now);
void seal_cisco_type7(std::string& secret);

// "$9$", then each byte as gaps in an alphabet of 65 characters. From the
// algorithm that Crypt::Juniper published.
Validation check_juniper_type9(std::string_view secret, int64_t now);

// AES-256-CBC under the key of MS-GPPREF 2.2.1.1.4, UTF-16LE, in base64.
Validation check_gpp_cpassword(std::string_view secret, int64_t now);
void seal_gpp_cpassword(std::string& secret);

// AES-256-CTR under rclone's own key (fs/config/obscure), the first block is
// the counter's start, in base64url.
Validation check_rclone_obscured(std::string_view secret, int64_t now);
void seal_rclone_obscured(std::string& secret);

}  // namespace pushguard
