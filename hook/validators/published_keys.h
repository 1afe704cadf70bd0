// SPDX-License-Identifier: Apache-2.0
// Published private keys: test keys and default keys of projects.
//
// The list has the SHA-256 of the decoded body, because files differ in line ends and in text
// after the key. Such a key is no longer secret, but a host that accepts it is open to all, so
// the finding is kept.
#pragma once

#include <string_view>

namespace pushguard {

// A name like "Vagrant's insecure key"; "" when `body` is no published key.
std::string_view published_key_name(std::string_view body);

}  // namespace pushguard
