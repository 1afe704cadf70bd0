// SPDX-License-Identifier: Apache-2.0
#include "objects/object_storage.h"

#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "objects/byte_reader.h"
#include "objects/loose.h"
#include "objects/pack_walk.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostUnread = 100'000;
constexpr size_t kAll = static_cast<size_t>(-1);

bool is_loose_directory(const std::string& name) {
  return name.size() == 2 && std::ranges::all_of(name, is_hex_digit);
}

fs::path file_of(const fs::path& directory, const Oid& id) {
  const std::string hex = id.hex();
  return directory / hex.substr(0, 2) / hex.substr(2);
}

}  // namespace

// Leaves out what is known, and what another place has.
class ObjectStorage::Once : public ObjectVisitor {
 public:
  Once(ObjectStorage& storage, size_t packs_before, size_t loose_before, bool with_known,
       ObjectVisitor& next)
      : storage_(storage),
        packs_before_(packs_before),
        loose_before_(loose_before),
        with_known_(with_known),
        next_(next) {}

  void object(const Object& object) override {
    // Of a large blob the first part decides.
    if (!object.part || object.part->offset == 0) {
      leaves_out_ = storage_.is_left_out(object.id, packs_before_, loose_before_, with_known_);
    }
    if (leaves_out_) {
      if (object.remember) *object.remember = std::make_unique<LeftOut>();
      return;
    }
    if (!dynamic_cast<const LeftOut*>(object.base)) return next_.object(object);
    Object whole = object;
    whole.base = nullptr;
    whole.base_size = 0;
    whole.copies = {};
    next_.object(whole);
  }
  void unscanned(Unscanned what) override {
    if (what.id.size != 0) storage_.note_unread(what.id);
    next_.unscanned(std::move(what));
  }

 private:
  // Nobody has seen this base: its deltas are whole objects.
  struct LeftOut : Remembered {
    uint64_t bytes() const override { return sizeof(*this); }
  };

  ObjectStorage& storage_;
  const size_t packs_before_, loose_before_;
  const bool with_known_;
  ObjectVisitor& next_;
  bool leaves_out_ = false;
};

ObjectStorage::ObjectStorage(std::vector<fs::path> directories, size_t hash_size, IsKnown is_known)
    : directories_(std::move(directories)), hash_size_(hash_size), is_known_(std::move(is_known)) {
  // Loose objects first: what git packs in between is then seen twice, and not missed.
  list_loose();
  open_packs();
}

ObjectStorage::~ObjectStorage() = default;

void ObjectStorage::note_unopened(const fs::path& path, std::string detail) {
  std::error_code failure;
  const auto bytes = fs::file_size(path, failure);
  unopened_.push_back({{},
                       ObjectType::unknown,
                       failure ? 0 : bytes,
                       Why::damaged,
                       fmt::format("{}: {}", path.native(), detail)});
}

std::vector<std::string> ObjectStorage::listed(const fs::path& directory) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(directory.c_str()), closedir);
  if (!entries) {
    if (errno != ENOENT) note_unopened(directory, std::strerror(errno));
    return names;
  }
  errno = 0;
  while (const dirent* entry = readdir(entries.get())) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  if (errno != 0) note_unopened(directory, std::strerror(errno));
  std::ranges::sort(names);
  return names;
}

void ObjectStorage::list_loose() {
  for (const fs::path& directory : directories_) {
    Loose& loose = loose_.emplace_back(Loose{directory, {}});
    for (const std::string& prefix : listed(directory)) {
      if (!is_loose_directory(prefix)) continue;
      for (const std::string& name : listed(directory / prefix)) {
        const auto id = Oid::from_hex(prefix + name);
        if (id && id->size == hash_size_) loose.ids.push_back(*id);
      }
    }
    std::ranges::sort(loose.ids);
  }
}

// Opens the packs that were not tried yet. One that is gone was replaced by another one.
void ObjectStorage::open_packs() {
  constexpr int kRounds = 5;
  const size_t old = packs_.size();
  bool is_any_gone = true;
  for (int round = 0; is_any_gone && round < kRounds; ++round) {
    is_any_gone = false;
    for (size_t i = 0; i < directories_.size(); ++i) {
      for (const std::string& name : listed(directories_[i] / "pack")) {
        const fs::path pack = directories_[i] / "pack" / name;
        if (!name.ends_with(".pack") || tried_.contains(pack)) continue;
        try {
          auto walk = std::make_unique<PackWalk>(pack, fs::path(pack).replace_extension(".idx"),
                                                 hash_size_);
          packs_.push_back({i, std::move(walk)});
          tried_[pack] = true;
        } catch (const Error& error) {
          is_any_gone = access(pack.c_str(), F_OK) != 0;
          if (is_any_gone) continue;
          tried_[pack] = false;
          note_unopened(pack, error.what());
        }
      }
    }
  }
  std::stable_sort(packs_.begin() + static_cast<ptrdiff_t>(old), packs_.end(),
                   [](const Pack& a, const Pack& b) { return a.walk->size() > b.walk->size(); });
}

bool ObjectStorage::is_in_packs(const Oid& id, size_t before) const {
  const size_t end = std::min(before, packs_.size());
  for (size_t i = 0; i < end; ++i) {
    if (packs_[i].walk->contains(id)) return true;
  }
  return false;
}

bool ObjectStorage::contains(const Oid& id) const {
  if (is_in_packs(id, kAll)) return true;
  return std::ranges::any_of(
      loose_, [&](const Loose& loose) { return std::ranges::binary_search(loose.ids, id); });
}

bool ObjectStorage::is_left_out(const Oid& id, size_t packs_before, size_t loose_before,
                                bool with_known) const {
  if (!with_known && is_known_ && is_known_(id)) return true;
  return is_elsewhere(id, packs_before, loose_before);
}

bool ObjectStorage::is_elsewhere(const Oid& id, size_t packs_before, size_t loose_before) const {
  bool found = is_in_packs(id, packs_before);
  for (size_t i = 0; !found && i < loose_before; ++i) {
    found = std::ranges::binary_search(loose_[i].ids, id);
  }
  if (!found) return false;
  const std::lock_guard guard(lock_);
  return !too_many_unread_ && !unread_.contains(id);
}

void ObjectStorage::note_unread(const Oid& id) {
  const std::lock_guard guard(lock_);
  if (unread_.size() < kMostUnread) {
    unread_.insert(id);
  } else {
    too_many_unread_ = true;
  }
}

void ObjectStorage::each_id(size_t directory, const std::function<void(const Oid&)>& take) const {
  struct Cursor {
    Oid next;
    std::function<bool(Oid&)> move;  // to the next id, if there is one
  };
  std::vector<Cursor> cursors;
  const auto add = [&](std::function<bool(Oid&)> move) {
    Cursor cursor{{}, std::move(move)};
    if (cursor.move(cursor.next)) cursors.push_back(std::move(cursor));
  };
  for (const Pack& pack : packs_) {
    if (pack.directory != directory) continue;
    add([&walk = *pack.walk, position = uint32_t{0}](Oid& id) mutable {
      if (position == walk.size()) return false;
      id = walk.sorted_oid(position++);
      return true;
    });
  }
  add([&ids = loose_[directory].ids, position = size_t{0}](Oid& id) mutable {
    if (position == ids.size()) return false;
    id = ids[position++];
    return true;
  });
  const auto is_later = [](const Cursor& a, const Cursor& b) { return a.next > b.next; };
  std::ranges::make_heap(cursors, is_later);
  std::optional<Oid> last;
  while (!cursors.empty()) {
    std::ranges::pop_heap(cursors, is_later);
    Cursor& first = cursors.back();
    if (first.next != last && !gone_.contains(first.next)) take(first.next);
    last = first.next;
    if (first.move(first.next)) {
      std::ranges::push_heap(cursors, is_later);
    } else {
      cursors.pop_back();
    }
  }
}

uint64_t ObjectStorage::size() const {
  uint64_t size = 0;
  for (const Pack& pack : packs_) size += pack.walk->size();
  for (const Loose& loose : loose_) size += loose.ids.size();
  return size;
}

void ObjectStorage::visit(const Limits& limits, std::span<ObjectVisitor* const> visitors,
                          ObjectTypes types) {
  walk(limits, visitors, types, false);
}

void ObjectStorage::visit_all(const Limits& limits, std::span<ObjectVisitor* const> visitors,
                              ObjectTypes types) {
  walk(limits, visitors, types, true);
}

void ObjectStorage::walk(const Limits& limits, std::span<ObjectVisitor* const> visitors,
                         ObjectTypes types, bool with_known) {
  for (size_t i = 0; i < packs_.size(); ++i) walk_pack(i, limits, visitors, types, with_known);
  walk_loose(limits, visitors, types, with_known);
  if (!types.contains(ObjectType::unknown)) return;
  for (const Unscanned& what : unopened_) visitors[0]->unscanned(what);
}

void ObjectStorage::walk_pack(size_t pack, const Limits& limits,
                              std::span<ObjectVisitor* const> visitors, ObjectTypes types,
                              bool with_known) {
  uint64_t first = 0;
  for (size_t i = 0; i < pack; ++i) first += packs_[i].walk->size();
  std::vector<std::unique_ptr<Once>> once;
  std::vector<ObjectVisitor*> wrapped;
  for (ObjectVisitor* visitor : visitors) {
    wrapped.push_back(
        once.emplace_back(std::make_unique<Once>(*this, pack, 0, with_known, *visitor)).get());
  }
  packs_[pack].walk->run(limits, first, wrapped, types,
                         [&](const Oid& id) { return is_left_out(id, pack, 0, with_known); });
}

void ObjectStorage::walk_loose(const Limits& limits, std::span<ObjectVisitor* const> visitors,
                               ObjectTypes types, bool with_known) {
  uint64_t first = 0;
  for (const Pack& pack : packs_) first += pack.walk->size();
  const size_t packs = packs_.size();
  bool is_any_gone = false;
  for (size_t i = 0; i < loose_.size(); ++i) {
    Once once(*this, packs, i, with_known, *visitors[0]);
    LooseReader reader(limits, first, types, once);
    for (const Oid& id : loose_[i].ids) {
      // Before it is inflated, which is most of the work.
      if (is_left_out(id, packs, i, with_known)) continue;
      const fs::path file = file_of(loose_[i].directory, id);
      if (access(file.c_str(), F_OK) != 0 && errno == ENOENT) {
        gone_.insert(id);
        is_any_gone = true;
      } else if (limits.out_of_time()) {
        once.unscanned({id, ObjectType::unknown, 0, Why::out_of_time, "a loose object"});
      } else {
        reader.visit(file, id);
      }
    }
    first += loose_[i].ids.size();
  }
  if (!is_any_gone) return;
  open_packs();
  for (size_t i = packs; i < packs_.size(); ++i) {
    walk_pack(i, limits, visitors, types, with_known);
  }
}

}  // namespace pushguard
