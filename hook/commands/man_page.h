// SPDX-License-Identifier: Apache-2.0
// The manual pages pushguard(1) and pushguard.toml(5), as man(7) source.
//
// Their date is that of the commit, so that two builds of it are the same.
#pragma once

#include <string>

#include "commands/command_page.h"

namespace pushguard {

std::string render_man_page(const CommandPage& root);

// Every key of policy/config_keys.h, which is also what the parser knows.
std::string render_config_man_page();

}  // namespace pushguard
