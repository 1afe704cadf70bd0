// SPDX-License-Identifier: Apache-2.0
// The files of rules/ as they were when the binary was built, compressed: people
// and `rules check` read them, a push never does.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

struct RuleSource {
  std::string_view name, text;
};

struct PackedSources {
  std::string_view compressed;  // zlib: all texts, one behind the other
  struct File {
    std::string_view name;
    size_t size;
  };
  std::span<const File> files;

  // `texts` gets what the sources refer to, and must live as long. Throws Error.
  std::vector<RuleSource> unpack(std::string& texts) const;
};

// For the program that makes them.
std::string compressed_texts(std::string_view texts);

}  // namespace pushguard
