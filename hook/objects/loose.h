// Loose objects: one zlib stream a file (gitformat-loose).
#pragma once

#include <filesystem>
#include <vector>

#include "objects/inflate.h"
#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

class LooseReader {
 public:
  LooseReader(const Limits& limits, ObjectVisitor& visitor) : limits_(limits), visitor_(visitor) {}

  // `file` is named by the last digits of `id`.
  void visit(const std::filesystem::path& file, const Oid& id);

 private:
  const Limits& limits_;
  ObjectVisitor& visitor_;
  Inflater inflater_;
  std::vector<uint8_t> buffer_;
};

}  // namespace pushguard
