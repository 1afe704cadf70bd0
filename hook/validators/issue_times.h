// SPDX-License-Identifier: Apache-2.0
// The time of issue inside ids that tokens carry: ObjectIds and ULIDs.
//
// A time from 2012 on and not past tomorrow is what every real one has, and one
// of ten random ones: `unknown` with the day as its note. Any other is `weakened`.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// The first 24 hex digits that stand by themselves: the first 8 are seconds.
Validation check_object_id_time(std::string_view secret, int64_t now);
void seal_object_id_time(std::string& secret);

// The first 26 characters of Crockford's base32, in either case, that stand by
// themselves: the first 10 are milliseconds.
Validation check_ulid_time(std::string_view secret, int64_t now);
void seal_ulid_time(std::string& secret);

}  // namespace pushguard
