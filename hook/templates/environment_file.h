// SPDX-License-Identifier: Apache-2.0
// Files that set up a real environment, known by their names: `.env`,
// `.env.production`, `application.prod.yml`.
//
// An example value in one of them is either a mistake, or a value that everyone
// knows in real use.
#pragma once

#include <array>
#include <string_view>

namespace pushguard {

// By the last part of `path`. Not `.env.example`, `.env.sample`,
// `.env.template` or `.env.dist`, nor documentation or source of a product.
bool is_environment_file(std::string_view path);

// What all such names contain, in the case in which they are written.
inline constexpr std::array<std::string_view, 2> kEnvironmentMarks = {".env", "prod"};

}  // namespace pushguard
