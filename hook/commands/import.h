// SPDX-License-Identifier: Apache-2.0
// `pushguard rules import`: what a file of a site's rules means here, and its
// rules in our own format where that can say them.
#pragma once

#include <string>
#include <vector>

namespace pushguard {

// Prints the rules, and what is not honoured, each with its place. `output`,
// when not "", is the file that the rules are written to; "-" is standard
// output, and the report goes to standard error. Returns the exit code; throws
// what read_site_file() throws, and Error for an output that cannot be written.
int import_rules(const std::string& path, const std::string& output);

// What a site's rules say that is not honoured, to standard error.
void print_warnings(const std::vector<std::string>& warnings);

}  // namespace pushguard
