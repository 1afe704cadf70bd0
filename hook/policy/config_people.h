// SPDX-License-Identifier: Apache-2.0
// What the configuration says of people and of coding assistants: [[owner]], [audit] assistants.
#pragma once

#include <string>

#include "owners/owner_table.h"
#include "vocabulary/toml_file.h"

namespace pushguard {

// Throws Error with its place when 'owners' is missing, or a key has the wrong type.
SiteOwner read_owner(const TomlFile& file, const toml::table& table);

// The marks of `[audit] assistants`, in lines (history/assistant.h). Throws Error when one is no
// mark and name.
std::string read_assistants(const TomlFile& file, const toml::table& audit);

}  // namespace pushguard
