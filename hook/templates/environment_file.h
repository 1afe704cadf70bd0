// SPDX-License-Identifier: Apache-2.0
// Files that configure a real environment, recognised by their names: `.env`,
// `.env.production`, `application.prod.yml`.
//
// An example value in such a file is either a mistake, or a published value in real use.
#pragma once

#include <array>
#include <string_view>

namespace pushguard {

// Judges the last part of `path`. False for `.env.example`, `.env.sample`, `.env.template` and
// `.env.dist`, and for documentation and source code.
bool is_environment_file(std::string_view path);

// Every such name contains one of these. Letter case matters.
inline constexpr std::array<std::string_view, 2> kEnvironmentMarks = {".env", "prod"};

}  // namespace pushguard
