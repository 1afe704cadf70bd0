// SPDX-License-Identifier: Apache-2.0
// The standard input and standard error of a hook: pipes to a git process that may be gone.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// Reads all of standard input. Throws Error when it has more than 64 MiB.
std::string read_standard_input();

// Writes to standard error as far as somebody reads it. Gives up after 5 seconds on a full pipe
// whose reader does not read; the push and git's process would otherwise wait for ever.
void tell(std::string_view text);

}  // namespace pushguard
