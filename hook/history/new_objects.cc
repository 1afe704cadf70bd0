// SPDX-License-Identifier: Apache-2.0
#include "history/new_objects.h"

#include <fmt/format.h>

#include "history/git_process.h"
#include "push/alternates.h"

namespace pushguard {
namespace {

// The most bytes of refs' names in arguments: below Linux's limit for all arguments.
constexpr size_t kMostArgumentBytes = 1 << 20;

// The refs that the push names may have moved already, as on hosts that call the hook late:
// they count with their old ids.
std::vector<std::string> rev_list(const Push& push) {
  std::vector<std::string> words{"rev-list", "--objects", "--stdin", "--not"};
  for (const RefUpdate& update : push.updates) words.push_back("--exclude=" + update.ref);
  words.push_back("--glob=refs/*");
  return words;
}

// git then sees the objects that the server has, and no quarantine.
std::vector<std::string> environment_for(const Push& push) {
  std::vector<std::string> variables = git_environment(push.git_dir);
  variables.push_back("GIT_ALTERNATE_OBJECT_DIRECTORIES=" + format_alternates(push.stored));
  return variables;
}

bool fits_arguments(const Push& push) {
  size_t bytes = 0;
  for (const RefUpdate& update : push.updates) bytes += update.ref.size() + 32;
  return bytes <= kMostArgumentBytes;
}

// The lines of `git rev-list --objects`: "<id>", or "<id> <path>".
class NewIds {
 public:
  NewIds(const Push& push, std::span<const Oid> ids)
      : hash_size_(push.hash_size()), git_(rev_list(push), environment_for(push)) {
    // git reads all of its input before it writes.
    for (const Oid& id : ids) asked_ = git_.write(id.hex() + "\n") && asked_;
    for (const RefUpdate& update : push.updates) {
      if (!update.creates()) asked_ = git_.write("^" + update.old_id.hex() + "\n") && asked_;
    }
    git_.end_input();
  }

  std::optional<Oid> next() {
    size_t end;
    while ((end = buffer_.find('\n', used_)) == buffer_.npos) {
      buffer_.erase(0, used_);
      used_ = 0;
      char chunk[65536];
      const size_t got = git_.read(chunk);
      if (got == 0) return std::nullopt;
      buffer_.append(chunk, got);
    }
    const std::string_view line = std::string_view(buffer_).substr(used_, end - used_);
    used_ = end + 1;
    const auto id = Oid::from_hex(line.substr(0, line.find(' ')));
    return id && id->size == hash_size_ ? id : std::nullopt;
  }

  // Whether git listed all objects, known after the last one.
  bool complete() { return asked_ && used_ == buffer_.size() && git_.succeeded(); }

 private:
  const size_t hash_size_;
  GitProcess git_;
  bool asked_ = true;
  std::string buffer_;
  size_t used_ = 0;
};

class StoreWithout : public ObjectStore {
 public:
  StoreWithout(const OidSet& newer, std::unique_ptr<ObjectStore> store)
      : newer_(newer), store_(std::move(store)) {}

  std::optional<StoredObject> read(const Oid& id) override {
    return newer_.contains(id) ? std::nullopt : store_->read(id);
  }
  std::optional<StoredHeader> header(const Oid& id) override {
    return newer_.contains(id) ? std::nullopt : store_->header(id);
  }
  bool contains(const Oid& id) override { return !newer_.contains(id) && store_->contains(id); }

 private:
  const OidSet& newer_;
  std::unique_ptr<ObjectStore> store_;
};

void visit(const Oid& id, uint64_t order, ObjectStore& store, const Limits& limits,
           ObjectVisitor& visitor) {
  const auto header = store.header(id);
  if (header && header->size > limits.object_bytes) {
    visitor.unscanned(
        {id, header->type, header->size, Why::too_large,
         fmt::format("{} bytes, and the limit is {}", header->size, limits.object_bytes)});
    return;
  }
  const auto stored = header ? store.read(id) : std::nullopt;
  if (!stored) {
    visitor.unscanned({id, header ? header->type : ObjectType::unknown, header ? header->size : 0,
                       Why::damaged, "the server stored it, and it cannot be read"});
    return;
  }
  Object object{id, stored->type, stored->content};
  object.order = order;
  visitor.object(object);
}

}  // namespace

OidSet visit_new_objects(const Push& push, const Limits& limits, ObjectVisitor& visitor) {
  std::vector<Oid> ids;
  for (const RefUpdate& update : push.updates) {
    if (!update.deletes()) ids.push_back(update.new_id);
  }
  return visit_new_objects(push, ids, limits, visitor);
}

OidSet visit_new_objects(const Push& push, std::span<const Oid> new_ids, const Limits& limits,
                         ObjectVisitor& visitor) {
  OidSet visited;
  const std::string_view lack =
      push.quarantine ? "the quarantine does not have the new objects"
                      : "the server gave no quarantine directory with the new objects";
  if (!fits_arguments(push)) {
    visitor.unscanned(
        {{},
         ObjectType::unknown,
         0,
         Why::no_quarantine,
         fmt::format("{}, and the push names too many refs for git to list them", lack)});
    return visited;
  }
  const auto store = open_object_store(push.stored, push.hash_size(), push.git_dir);
  NewIds ids(push, new_ids);
  while (const auto id = ids.next()) {
    if (limits.out_of_time()) {
      visitor.unscanned({*id, ObjectType::unknown, 0, Why::out_of_time,
                         "this object and all that git would list after it"});
      return visited;
    }
    visit(*id, visited.size(), *store, limits, visitor);
    visited.insert(*id);
  }
  if (!ids.complete()) {
    visitor.unscanned({{},
                       ObjectType::unknown,
                       0,
                       Why::no_quarantine,
                       fmt::format("{}, and git could not list them", lack)});
  }
  return visited;
}

void visit_again(const OidSet& ids, ObjectTypes types, ObjectStore& store, const Limits& limits,
                 ObjectVisitor& visitor) {
  for (const Oid& id : ids) {
    if (limits.out_of_time()) return;
    const auto header = store.header(id);
    if (!header || !types.contains(header->type) || header->size > limits.object_bytes) continue;
    if (const auto stored = store.read(id)) visitor.object({id, stored->type, stored->content});
  }
}

std::unique_ptr<ObjectStore> store_without(const OidSet& newer,
                                           std::unique_ptr<ObjectStore> store) {
  if (newer.empty()) return store;
  return std::make_unique<StoreWithout>(newer, std::move(store));
}

}  // namespace pushguard
