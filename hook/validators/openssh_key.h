// SPDX-License-Identifier: Apache-2.0
// The binary content of "BEGIN OPENSSH PRIVATE KEY". Format: PROTOCOL.key in OpenSSH's source.
#pragma once

#include <string_view>

namespace pushguard {

inline constexpr std::string_view kOpensshMagic("openssh-key-v1\0", 15);

enum class OpensshKey { none, clear, encrypted };
// `bytes` is the decoded base64. Returns none for anything but one complete key.
OpensshKey classify_openssh_key(std::string_view bytes);

}  // namespace pushguard
