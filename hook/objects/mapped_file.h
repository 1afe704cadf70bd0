// SPDX-License-Identifier: Apache-2.0
// A whole file, mapped read-only: the kernel may drop its pages under memory pressure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

namespace pushguard {

class MappedFile {
 public:
  // Throws Error when the file cannot be opened or mapped.
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::span<const uint8_t> bytes() const { return bytes_; }

 private:
  std::span<const uint8_t> bytes_;
};

}  // namespace pushguard
