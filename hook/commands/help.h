// SPDX-License-Identifier: Apache-2.0
// What `--help` and `help` print of a command.
#pragma once

#include <string>

#include "commands/command_page.h"

namespace pushguard {

// At most 80 columns wide, except for examples, which are not broken.
std::string render_help(const CommandPage& page);

}  // namespace pushguard
