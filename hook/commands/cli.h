// SPDX-License-Identifier: Apache-2.0
// CLI11, without what <iostream> does at the start of every program.
//
// A file that includes <iostream> has streams and locales set up before main: a
// tenth of the instructions of a small push, which needs neither. Of that header
// CLI11 needs the streams' names only; who calls CLI11 sets them up, by an
// std::ios_base::Init.
#pragma once

#include <istream>
#include <ostream>

#ifdef __GLIBCXX__
#define _GLIBCXX_IOSTREAM 1  // libstdc++'s guard of that header
namespace std {
extern istream cin;
extern ostream cout, cerr;
}  // namespace std
#endif

#include <CLI/CLI.hpp>
