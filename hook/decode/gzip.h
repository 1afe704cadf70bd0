// SPDX-License-Identifier: Apache-2.0
// gzip members (RFC 1952), and deflate by itself (RFC 1951), unpacked as far as
// they go.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pushguard {

// A member with no options but a name starts this way: what is meant to be one.
bool is_gzip(std::string_view content);

struct Unpacked {
  enum class End : unsigned char {
    whole,
    damaged,  // what came before the damage is there
    cut,      // at `most` bytes
  };
  std::string text;
  End end = End::whole;
};

// All members of `content`, at most `most` bytes of them.
Unpacked unpack_gzip(std::string_view content, size_t most);
Unpacked unpack_deflate(std::string_view content, size_t most);

}  // namespace pushguard
