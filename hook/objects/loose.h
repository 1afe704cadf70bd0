// SPDX-License-Identifier: Apache-2.0
// Loose objects: one zlib stream a file (gitformat-loose).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "objects/inflate.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

struct LooseObject {
  ObjectType type = ObjectType::unknown;
  uint64_t size = 0;    // of the content, in bytes, as the header says
  std::string content;  // "" where only the header was wanted
};

// The loose object in `file`. Throws Damaged, or Error when it cannot be opened.
LooseObject read_loose(const std::filesystem::path& file, bool with_content);

class LooseReader {
 public:
  // `first` is the order of the first object that is visited.
  LooseReader(const Limits& limits, uint64_t first, ObjectTypes types, ObjectVisitor& visitor)
      : limits_(limits), types_(types), visitor_(visitor), count_(first) {}

  // An object of another type does not arrive. `file` is named by the last digits of `id`.
  void visit(const std::filesystem::path& file, const Oid& id);

 private:
  void reserve(size_t size);

  const Limits& limits_;
  const ObjectTypes types_;
  ObjectVisitor& visitor_;
  Inflater inflater_;
  std::unique_ptr<uint8_t[]> buffer_;
  size_t buffer_size_ = 0;
  uint64_t count_;
};

}  // namespace pushguard
