// SPDX-License-Identifier: Apache-2.0
// Dates in tokens: whether one has passed, and how a note writes it. Times are in Unix seconds.
#pragma once

#include <cstdint>
#include <string>

namespace pushguard {

// Whether `expiry` was more than 24 hours ago; the day allows for clocks that differ.
bool is_expired(int64_t expiry, int64_t now);
// "2024-02-29", in UTC. Dates outside the years 1970 to 9999 are clamped.
std::string day_of(int64_t seconds);
// "expired on 2024-02-29".
std::string expired_note(int64_t expiry);

}  // namespace pushguard
