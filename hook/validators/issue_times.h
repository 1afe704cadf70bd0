// SPDX-License-Identifier: Apache-2.0
// The time of issue in ids that are part of a token: ObjectIds (BSON) and ULIDs.
//
// Every real id has a time from 2012 until tomorrow, and so has one random id in ten: such an
// id is `unknown`, with the day as its note. Any other id is `weakened`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Reads the first run of exactly 24 hex digits; the first 8 are seconds.
Validation check_object_id_time(std::string_view secret, int64_t now);
void seal_object_id_time(std::string& secret);

// Reads the first run of exactly 26 characters of Crockford's base32, in either case; the
// first 10 are milliseconds.
Validation check_ulid_time(std::string_view secret, int64_t now);
void seal_ulid_time(std::string& secret);

}  // namespace pushguard
