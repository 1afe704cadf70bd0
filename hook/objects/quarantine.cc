#include "objects/quarantine.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "objects/byte_reader.h"
#include "objects/loose.h"
#include "objects/pack_file.h"
#include "objects/pack_walk.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// The entries of a directory in the order of their names, so that the same
// push is told in the same way each time. A directory that is not there is
// empty; one that cannot be read is an error.
std::vector<fs::path> listed(const fs::path& directory) {
  std::error_code failure;
  std::vector<fs::path> paths;
  fs::directory_iterator entries(directory, failure);
  if (failure == std::errc::no_such_file_or_directory) return paths;
  for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
    paths.push_back(entries->path());
  }
  if (failure) {
    throw Error(fmt::format("cannot list '{}': {}", directory.native(), failure.message()));
  }
  std::ranges::sort(paths);
  return paths;
}

// Returns how many objects the pack has.
uint64_t visit_pack(const fs::path& pack, size_t hash_size, const Limits& limits, uint64_t first,
                    std::span<ObjectVisitor* const> visitors) {
  try {
    const PackFile file(pack, fs::path(pack).replace_extension(".idx"), hash_size);
    PackWalk(file, limits, first).run(visitors);
    return file.entries().size();
  } catch (const Damaged& error) {
    visitors[0]->unscanned({{}, ObjectType::unknown, 0, Why::damaged,
                            fmt::format("{}: {}", pack.filename().native(), error.what())});
    return 0;
  }
}

}  // namespace

void visit_objects(const fs::path& quarantine, size_t hash_size, const Limits& limits,
                   std::span<ObjectVisitor* const> visitors) {
  uint64_t order = 0;
  for (const fs::path& pack : listed(quarantine / "pack")) {
    if (pack.extension() == ".pack") order += visit_pack(pack, hash_size, limits, order, visitors);
  }
  ObjectVisitor& visitor = *visitors[0];
  LooseReader loose(limits, order, visitor);
  for (const fs::path& directory : listed(quarantine)) {
    const std::string prefix = directory.filename();
    if (prefix.size() != 2) continue;
    for (const fs::path& file : listed(directory)) {
      const auto id = Oid::from_hex(prefix + file.filename().native());
      if (!id || id->size != hash_size) continue;
      if (limits.out_of_time()) {
        visitor.unscanned({*id, ObjectType::unknown, 0, Why::out_of_time, "a loose object"});
      } else {
        loose.visit(file, *id);
      }
    }
  }
}

void visit_objects(const fs::path& quarantine, size_t hash_size, const Limits& limits,
                   ObjectVisitor& visitor) {
  ObjectVisitor* const only = &visitor;
  visit_objects(quarantine, hash_size, limits, std::span(&only, 1));
}

}  // namespace pushguard
