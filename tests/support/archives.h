// SPDX-License-Identifier: Apache-2.0
// Well-formed archives and compressed files, to be read or edited.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "decode/packed_stream.h"

namespace pushguard::test {

std::string packed(std::string_view content, Packing packing);

// A header with its data in whole blocks. `size` is the field's text, if it is another one.
std::string tar_entry(const std::string& name, const std::string& content, char type = '0',
                      const std::string& size = {}, std::string_view magic = "ustar");
// `header`, 512 bytes, with its checksum set.
std::string with_checksum(std::string header);

struct ZipMember {
  std::string name, content;
  uint16_t method = 8;  // 0, 8, 12, 93 or 95
  bool descriptor = false;
};
std::string zip_of(const std::vector<ZipMember>& members);

}  // namespace pushguard::test
