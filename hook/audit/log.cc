// SPDX-License-Identifier: Apache-2.0
#include "audit/log.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include <fmt/format.h>

#include "audit/leaf.h"
#include "audit/log_sync.h"
#include "audit/own_file.h"
#include "audit/site_key.h"

namespace pushguard {
namespace {

Error failed(std::string_view what, const std::filesystem::path& path) {
  return Error(
      fmt::format("cannot {} the audit log '{}': {}", what, path.native(), std::strerror(errno)));
}

void write_record(int fd, const std::filesystem::path& path, std::string_view text, uint64_t end) {
  const ssize_t written = write(fd, text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) return;
  const Error error =
      written < 0 ? failed("write", path)
                  : Error(fmt::format("cannot write the audit log '{}': no space", path.native()));
  if (written > 0 && ftruncate(fd, static_cast<off_t>(end)) != 0) throw failed("mend", path);
  throw error;
}

// What the next record says of the tree.
LogState next_record(Mended mended) {
  const TreeState& tree = mended.tree;
  LogState state;
  state.seq = tree.edge.size();
  if (state.seq > 0) state.prev = to_hex(tree.last);
  if (state.seq > 0 && tree.end == 0) {
    for (const TreeHash& root : tree.edge.roots()) state.edge.push_back(to_hex(root));
  }
  state.salt = new_salt();
  state.mended = std::move(mended);
  return state;
}

}  // namespace

AuditLog::Lock AuditLog::lock(std::chrono::milliseconds time) const {
  make_audit_directory(directory_);
  Lock lock{open_own_file(state_file(), "the state of the audit log", O_RDWR | O_CREAT), {}};
  if (!lock.state) throw failed("open", state_file());
  const auto waited = lock_within(lock.state.get(), state_file(), time);
  if (!waited) {
    throw LogBusy(fmt::format("cannot lock the audit log '{}' within {} ms: {} holds it",
                              file().native(), time.count(), lock_holder(lock.state.get())));
  }
  lock.waited = *waited;
  return lock;
}

void AuditLog::under_lock(const std::function<void()>& work, std::chrono::milliseconds lock_time) {
  const Lock held = lock(lock_time);
  work();
}

void AuditLog::append(const std::function<std::string(const LogState&)>& line,
                      std::chrono::milliseconds lock_time) {
  const auto path = file();
  const Lock held = lock(lock_time);
  const Descriptor log = open_own_file(path, "the audit log", O_RDWR | O_CREAT | O_APPEND);
  if (!log) throw failed("open", path);

  std::string_view damage;
  auto known = read_tree_state(held.state.get(), damage);
  if (!known) write_synced(held.state.get(), {});
  LogState state = next_record(mend_log(log.get(), path, std::move(known), damage));
  state.waited = held.waited;
  TreeState tree = state.mended.tree;
  if (tree.end == 0) tree.began = std::time(nullptr);

  const std::string text = line(state) + '\n';
  write_record(log.get(), path, text, tree.end);
  const bool is_new = tree.end == 0;
  tree.append(std::string_view(text).substr(0, text.size() - 1), tree.end + text.size());
  // Where this fails, the next record finds the state behind and says so.
  write_tree_state(held.state.get(), tree);

  flock(held.state.get(), LOCK_UN);
  sync_records(held.state.get(), log.get(), tree.edge.size(), path);
  if (is_new) sync_directory(directory_);
}

}  // namespace pushguard
