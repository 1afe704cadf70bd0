// SPDX-License-Identifier: Apache-2.0
// Hosts that no service answers at: names and addresses set aside for examples.
//
// RFC 2606 and RFC 6761: example, test, invalid and localhost with all below
// them, example.com, example.net and example.org likewise. RFC 5737: 192.0.2.0/24,
// 198.51.100.0/24 and 203.0.113.0/24. Not 127.0.0.1 and "localhost" alone:
// something does run there.
#pragma once

#include <string_view>

namespace pushguard {

// Whether `after`, the text behind a URL's password, is "@" and such a host.
bool is_at_documentation_host(std::string_view before, std::string_view after);

}  // namespace pushguard
