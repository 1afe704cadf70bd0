// SPDX-License-Identifier: Apache-2.0
// How a file in a zip is packed: APPNOTE.TXT, 4.4.5.
#pragma once

#include <string_view>

#include "decode/unpack.h"
#include "decode/zip_directory.h"

namespace pushguard {

// Whether a program ever wrote this method.
bool is_zip_method(uint16_t method);

inline constexpr std::string_view kEncrypted = "encrypted";

// Why `file` is not unpacked (kEncrypted, or a method that nothing here reads), as what follows
// "it is"; "" if it is.
std::string_view unread_zip_method(const ZipFile& file);

// Only for a file that can be unpacked. `data` is as it is packed.
Unpacked unpack_zip_file(const ZipFile& file, std::string_view data, const UnpackBounds& bounds);

}  // namespace pushguard
