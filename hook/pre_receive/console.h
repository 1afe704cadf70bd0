// SPDX-License-Identifier: Apache-2.0
// Standard input and standard error as a hook has them: pipes to a git process
// that may be gone.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// All of it, at most 64 MiB. Throws Error.
std::string read_standard_input();

// To standard error, as far as somebody reads it: gives up after 5 seconds on a
// full pipe whose reader is there and does not read, which would otherwise hold
// the push, and git's process with it, for ever.
void tell(std::string_view text);

}  // namespace pushguard
