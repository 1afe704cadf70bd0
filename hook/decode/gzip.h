// SPDX-License-Identifier: Apache-2.0
// Unpacks gzip members (RFC 1952) and bare DEFLATE streams (RFC 1951), up to the first
// damage.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pushguard {

// Whether `content` starts as a gzip member does that has at most a name as an option.
bool is_gzip(std::string_view content);

struct Unpacked {
  enum class End : unsigned char {
    whole,
    damaged,  // `text` has what came before the damage
    cut,      // `text` has the first `most` bytes
  };
  std::string text;
  End end = End::whole;
};

// Unpacks all members of `content`, at most `most` bytes in all.
Unpacked unpack_gzip(std::string_view content, size_t most);
Unpacked unpack_deflate(std::string_view content, size_t most);

}  // namespace pushguard
