// SPDX-License-Identifier: Apache-2.0
// A value beside the name of a secret that is stored in a form which opens nothing, or is none of
// it.
//
// Only its name and its statement tell: the digits of an MD5 may as well be a password that a
// machine drew, and a Fernet token may be one that logs in.
#pragma once

#include <string_view>

#include "vocabulary/range.h"

namespace pushguard {

// `encrypted_password: V`: the name says so, and the value is a Fernet token or has the size of an
// RSA block.
bool is_ciphertext_by_name(std::string_view content, Range name, Range value);

// `INSERT INTO users (name, password) VALUES ('bob', 'V')`, `UPDATE users SET password = 'V'`: as
// many hex digits as a digest has, in a row of a table. The name is that of the column.
bool is_digest_in_row(std::string_view content, Range name, Range value);

// `commit V`, `From V Mon Sep 17`, `V refs/heads/token`, `V  secret.tar.gz`: the id of an object,
// or the digest of a file in a list, whatever name stands on the line before. So is the digest of a
// password in `UPDATE users SET password = 'V'`, which a rule for passwords of SQL meets as well.
bool is_listed_digest(std::string_view content, Range value);

}  // namespace pushguard
