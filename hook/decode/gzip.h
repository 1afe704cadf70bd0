// SPDX-License-Identifier: Apache-2.0
// gzip (RFC 1952) in what is encoded; the other formats are in unpack.h.
#pragma once

#include <cstddef>
#include <string_view>

#include "decode/unpack.h"

namespace pushguard {

// Whether `content` starts as a gzip member does.
inline bool is_gzip(std::string_view content) { return begins_stream(content, Packing::gzip); }

// Unpacks all members of `content`, at most `most` bytes in all.
inline Unpacked unpack_gzip(std::string_view content, size_t most) {
  return unpack_streams(content, Packing::gzip, {most});
}

}  // namespace pushguard
