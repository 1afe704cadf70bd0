// SPDX-License-Identifier: Apache-2.0
// The version of this program: CMakeLists.txt's project(VERSION), and the commit.
//
// Functions, so that one small file each is compiled again when they change.
#pragma once

#include <string_view>

namespace pushguard {

std::string_view version();

// The full id of the commit that was built, with "-dirty" where files differed
// from it, or "unknown". Only in the program itself: a library with it would link
// every test again after each commit.
std::string_view commit();
std::string_view commit_date();  // "2026-01-31", or "" where the commit is unknown

}  // namespace pushguard
