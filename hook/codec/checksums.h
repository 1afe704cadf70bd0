// SPDX-License-Identifier: Apache-2.0
// The cyclic redundancy checks that providers use in their tokens.
#pragma once

#include <cstdint>
#include <string_view>

namespace pushguard {

// CRC-32/ISO-HDLC, as in zlib: "123456789" gives 0xCBF43926.
uint32_t crc32_of(std::string_view bytes);
// CRC-16/XMODEM: "123456789" gives 0x31C3.
uint16_t crc16_xmodem(std::string_view bytes);

}  // namespace pushguard
