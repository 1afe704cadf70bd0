// SPDX-License-Identifier: Apache-2.0
// The binary body of "BEGIN OPENSSH PRIVATE KEY" (PROTOCOL.key of OpenSSH).
#pragma once

#include <string_view>

namespace pushguard {

enum class OpensshKey { none, clear, encrypted };
OpensshKey classify_openssh_key(std::string_view bytes);

}  // namespace pushguard
