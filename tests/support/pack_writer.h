// SPDX-License-Identifier: Apache-2.0
// Writes packs and their indexes byte by byte, valid or damaged.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/git.h"

namespace pushguard::test {

class PackWriter {
 public:
  enum class Lie { none, offset_past_end, same_offset, unsorted, count, cut };

  // Each returns the number of its entry, from 0. The id of entry n is derived from n.
  size_t whole(unsigned type, std::string_view content);
  size_t delta(size_t base, std::string_view delta);     // by offset
  size_t id_delta(size_t base, std::string_view delta);  // by id; the base may come later
  size_t foreign_delta(std::string_view delta);          // by an id that is not in the pack
  size_t raw(unsigned type, uint64_t size, const std::vector<uint8_t>& stream);

  void lie(Lie lie) { lie_ = lie; }

  // Writes DIRECTORY/pack-x.pack and DIRECTORY/pack-x.idx.
  void write(const std::filesystem::path& directory) const;

  // The id of that entry, of SHA-1's size.
  static std::vector<uint8_t> id_of(size_t entry);
  static std::vector<uint8_t> deflate(std::string_view content);
  // A delta that copies the common start and end, and inserts the rest.
  static std::string delta_of(std::string_view base, std::string_view target);

 private:
  void header(unsigned type, uint64_t size);

  std::vector<uint8_t> pack_ = std::vector<uint8_t>(12);
  std::vector<uint64_t> offsets_;
  Lie lie_ = Lie::none;
};

}  // namespace pushguard::test
