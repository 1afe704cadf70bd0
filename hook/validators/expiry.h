// SPDX-License-Identifier: Apache-2.0
// Dates inside tokens: whether one is over, and how it is told to a person.
#pragma once

#include <cstdint>
#include <string>

namespace pushguard {

// Over for more than 24 hours: the two clocks may differ.
bool is_expired(int64_t expiry, int64_t now);
// "2024-02-29", in UTC. Dates outside of 1970 to 9999 are clamped.
std::string day_of(int64_t seconds);
// "expired on 2024-02-29".
std::string expired_note(int64_t expiry);

}  // namespace pushguard
