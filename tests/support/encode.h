// SPDX-License-Identifier: Apache-2.0
// Encodes text in the encodings that the hook decodes.
#pragma once

#include <string>
#include <string_view>

namespace pushguard::test {

std::string in_base64(std::string_view text, bool padded = true);
std::string in_hex(std::string_view text);
// Every byte except letters and digits as '%XX'.
std::string in_url_encoding(std::string_view text);
std::string in_utf16(std::string_view text, bool big_endian = false);
// Lines of `width` characters, with `end` between them.
std::string in_lines(std::string_view text, size_t width, std::string_view end = "\n");
std::string in_gzip(std::string_view text);
std::string in_zlib(std::string_view text, int level = 6);

}  // namespace pushguard::test
