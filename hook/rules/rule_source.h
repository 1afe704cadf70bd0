// SPDX-License-Identifier: Apache-2.0
// The texts of rules/*.toml from build time, compressed. `rules show` and `rules check` read
// them; a push never does.
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
  std::string_view compressed;  // all texts, one after the other, as one zlib stream
  struct File {
    std::string_view name;
    size_t size;
  };
  std::span<const File> files;

  // Fills `texts` with what the result refers to; it must outlive the result. Throws Error.
  std::vector<RuleSource> unpack(std::string& texts) const;
};

// For pushguard-rulegen.
std::string compressed_texts(std::string_view texts);

}  // namespace pushguard
