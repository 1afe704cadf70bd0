// SPDX-License-Identifier: Apache-2.0
#include "objects/quarantine.h"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "objects/byte_reader.h"
#include "objects/loose.h"
#include "objects/pack_walk.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// The names in a directory, sorted, so that the same push is always reported in the same
// order. A missing directory counts as empty; one that cannot be read is an error.
std::vector<std::string> listed(const fs::path& directory) {
  std::vector<std::string> names;
  const auto failed = [&] {
    return Error(fmt::format("cannot list '{}': {}", directory.native(), std::strerror(errno)));
  };
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(directory.c_str()), closedir);
  if (!entries && errno == ENOENT) return names;
  if (!entries) throw failed();
  errno = 0;
  while (const dirent* entry = readdir(entries.get())) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  if (errno != 0) throw failed();
  std::ranges::sort(names);
  return names;
}

}  // namespace

Quarantine::Quarantine(fs::path directory, size_t hash_size)
    : directory_(std::move(directory)), hash_size_(hash_size) {}

Quarantine::~Quarantine() = default;

bool Quarantine::contains(const Oid& id) const {
  const std::string hex = id.hex();
  std::string file = directory_.native() + '/';
  file.append(hex, 0, 2).append(1, '/').append(hex, 2);
  if (access(file.c_str(), F_OK) == 0) return true;
  return std::ranges::any_of(
      packs_, [&](const auto& pack) { return pack.second && pack.second->contains(id); });
}

// Returns how many objects the pack has.
uint64_t Quarantine::visit_pack(const std::string& name, const Limits& limits, uint64_t first,
                                std::span<ObjectVisitor* const> visitors, ObjectTypes types) {
  try {
    std::unique_ptr<PackWalk>& walk = packs_[name];
    if (!walk) {
      const fs::path pack = directory_ / "pack" / name;
      walk = std::make_unique<PackWalk>(pack, fs::path(pack).replace_extension(".idx"), hash_size_);
    }
    walk->run(limits, first, visitors, types);
    return walk->size();
  } catch (const Damaged& error) {
    // A pack that cannot be opened is reported once.
    if (!packs_[name] && !types.contains(ObjectType::unknown)) return 0;
    std::error_code none;
    const auto bytes = fs::file_size(directory_ / "pack" / name, none);
    visitors[0]->unscanned({{},
                            ObjectType::unknown,
                            none ? 0 : bytes,
                            Why::damaged,
                            fmt::format("{}: {}", name, error.what())});
    return 0;
  }
}

uint64_t Quarantine::size() const {
  uint64_t size = loose_;
  for (const auto& [name, pack] : packs_) size += pack ? pack->size() : 1;
  return size;
}

bool Quarantine::is_packed() const {
  const auto is_loose = [](const std::string& name) { return name.size() == 2; };
  return fs::exists(directory_ / "pack") && std::ranges::none_of(listed(directory_), is_loose);
}

void Quarantine::visit(const Limits& limits, std::span<ObjectVisitor* const> visitors,
                       ObjectTypes types) {
  uint64_t order = 0;
  for (const std::string& pack : listed(directory_ / "pack")) {
    if (pack.ends_with(".pack")) order += visit_pack(pack, limits, order, visitors, types);
  }
  ObjectVisitor& visitor = *visitors[0];
  loose_ = 0;
  LooseReader loose(limits, order, types, visitor);
  for (const std::string& prefix : listed(directory_)) {
    if (prefix.size() != 2) continue;
    const fs::path directory = directory_ / prefix;
    for (const std::string& name : listed(directory)) {
      const auto id = Oid::from_hex(prefix + name);
      if (!id || id->size != hash_size_) continue;
      ++loose_;
      if (limits.out_of_time()) {
        visitor.unscanned({*id, ObjectType::unknown, 0, Why::out_of_time, "a loose object"});
      } else {
        loose.visit(directory / name, *id);
      }
    }
  }
}

}  // namespace pushguard
