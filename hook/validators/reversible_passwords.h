// SPDX-License-Identifier: Apache-2.0
// Passwords that a program stores under a published key.
//
// Type 7 of Cisco, "$9$" of Junos, cpassword of Group Policy and the obscured passwords of
// rclone are no encryption in effect. A value that decodes to readable text contains the
// password, so the finding is confirmed. Notes never repeat the password.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Cisco: two digits for an offset, then hex of the password XOR a published string from that
// offset on.
Validation check_cisco_type7(std::string_view secret, int64_t now);
void seal_cisco_type7(std::string& secret);

// Junos: "$9$", then for each byte the distances between characters in an alphabet of 65. The
// algorithm was published as Crypt::Juniper.
Validation check_juniper_type9(std::string_view secret, int64_t now);

// Group Policy: base64 of AES-256-CBC of UTF-16LE, under the key in MS-GPPREF 2.2.1.1.4.
Validation check_gpp_cpassword(std::string_view secret, int64_t now);
void seal_gpp_cpassword(std::string& secret);

// rclone: base64url of AES-256-CTR under the key in its source (fs/config/obscure). The first
// block is the initial counter.
Validation check_rclone_obscured(std::string_view secret, int64_t now);
void seal_rclone_obscured(std::string& secret);

}  // namespace pushguard
