// SPDX-License-Identifier: Apache-2.0
// Loose objects: a file with one zlib stream of "TYPE SIZE\0" and the content
// (gitformat-loose(5)).
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
  uint64_t size = 0;    // of the content, in bytes, from the header
  std::string content;  // "" when only the header was asked for
};

// Reads the loose object in `file`. Throws Damaged, or Error when the file cannot be opened.
LooseObject read_loose(const std::filesystem::path& file, bool with_content);

class LooseReader {
 public:
  // `first` is the order (Object::order) of the first object.
  LooseReader(const Limits& limits, uint64_t first, ObjectTypes types, ObjectVisitor& visitor)
      : limits_(limits), types_(types), visitor_(visitor), count_(first) {}

  // Passes the object in `file` to the visitor, as an object or as Unscanned; skips it when
  // it has another type. The file's name is that of `id`, without the first two digits.
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
