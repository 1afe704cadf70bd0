// SPDX-License-Identifier: Apache-2.0
// Hosts at which no service runs: names and addresses reserved for documentation.
//
// RFC 2606 and RFC 6761: all names under example, test, invalid, localhost, example.com,
// example.net and example.org, and these themselves. RFC 5737: 192.0.2.0/24, 198.51.100.0/24
// and 203.0.113.0/24. Not 127.0.0.1 or "localhost" alone: services do run there.
#pragma once

#include <string_view>

namespace pushguard {

// Whether `after`, the text after the password of a URL, starts with "@" and such a host.
// `before` is not used.
bool is_at_documentation_host(std::string_view before, std::string_view after);

}  // namespace pushguard
