// SPDX-License-Identifier: Apache-2.0
// Whether a secret that only its name tells is likely, by where it stands.
//
// A surely random value beside a name that says secret is a secret in a file with settings or
// code that runs. In tests, documentation and data the same is more often made up.
// Rejected: to raise it wherever it stands (in tests of large projects most such values are made
// up: tests/rules/README.md has the figures), and never to (what people leak most would pass).
#pragma once

#include <string_view>
#include <vector>

#include "history/exposure.h"

namespace pushguard {

// Raises those that are `possible` to `likely`, except what an approved template file has. Drops
// what opens nothing any more and stands in tests, examples and documents alone: an expired token
// is what such files should have.
void grade(std::vector<Exposure>& exposures);

// Whether the file at `path` is a test, example, document or copy of other people's code.
bool says_made_up(std::string_view path);

// Whether the file at `path` has settings or code, and is none of these, by its name and those of
// its directories.
bool is_settings_or_code(std::string_view path);

}  // namespace pushguard
