// SPDX-License-Identifier: Apache-2.0
#include "audit/log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

#include <fmt/format.h>

#include "audit/leaf.h"
#include "audit/log_files.h"
#include "audit/log_sync.h"
#include "audit/own_file.h"
#include "audit/site_key.h"

namespace pushguard {
namespace {

constexpr std::string_view kWhat = "the audit log";

namespace fs = std::filesystem;

void write_record(int fd, const fs::path& path, std::string_view text, uint64_t end) {
  const ssize_t written = write(fd, text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) return;
  const Error error =
      written < 0 ? file_error("write", kWhat, path)
                  : Error(fmt::format("cannot write the audit log '{}': no space", path.native()));
  if (written > 0 && ftruncate(fd, static_cast<off_t>(end)) != 0)
    throw file_error("mend", kWhat, path);
  throw error;
}

}  // namespace

fs::path AuditLog::log_file(const fs::path& directory) { return directory / "audit.jsonl"; }
fs::path AuditLog::tree_state_file(const fs::path& directory) { return directory / "audit.tree"; }

LockedLog::LockedLog(const fs::path& directory, const AuditSettings& settings,
                     std::chrono::milliseconds time)
    : directory_(directory), settings_(settings) {
  make_audit_directory(directory);
  const fs::path file = AuditLog::tree_state_file(directory);
  state_ = open_own_file(file, "the state of the audit log", O_RDWR | O_CREAT);
  if (!state_) throw file_error("open", kWhat, file);
  const auto waited = lock_within(state_.get(), file, time);
  if (!waited) {
    throw LogBusy(fmt::format("cannot lock the audit log '{}' within {} ms: {} holds it",
                              AuditLog::log_file(directory).native(), time.count(),
                              lock_holder(state_.get())));
  }
  waited_ = *waited;
}

void LockedLog::open() {
  const fs::path path = AuditLog::log_file(directory_);
  log_ = open_own_file(path, "the audit log", O_RDWR | O_CREAT | O_APPEND);
  if (!log_) throw file_error("open", kWhat, path);
}

void LockedLog::rotate_if_due(LogState& state) {
  const bool is_large = settings_.rotate_bytes > 0 && tree_.end >= settings_.rotate_bytes;
  const std::chrono::seconds age(std::time(nullptr) - tree_.began);
  const bool is_old = settings_.rotate_days.count() > 0 && age >= settings_.rotate_days;
  if (tree_.end == 0 || !(is_large || is_old)) return;
  const fs::path path = AuditLog::log_file(directory_), to = rotated_file(directory_, tree_.first);
  struct stat info {};
  if (lstat(to.c_str(), &info) == 0) {
    state.not_rotated = fmt::format("'{}' is there already", to.native());
    return;
  }
  // Later syncs are of the new file.
  if (settings_.sync && fdatasync(log_.get()) != 0) throw file_error("write", kWhat, path);
  if (std::rename(path.c_str(), to.c_str()) != 0) {
    state.not_rotated = std::strerror(errno);
    return;
  }
  open();
  tree_.first = tree_.edge.size();
  tree_.end = 0;
  tree_.tail.clear();
}

void LockedLog::append(const RecordLine& line) {
  const fs::path path = AuditLog::log_file(directory_);
  open();
  std::string_view damage;
  auto known = read_tree_state(state_.get(), damage);
  if (!known) write_synced(state_.get(), {});
  LogState state;
  state.mended = mend_log(log_.get(), path, std::move(known), damage);
  tree_ = state.mended.tree;
  rotate_if_due(state);
  is_new_file_ = tree_.end == 0;
  if (is_new_file_) tree_.began = std::time(nullptr);

  state.seq = tree_.edge.size();
  if (state.seq > 0) state.prev = to_hex(tree_.last);
  if (state.seq > 0 && is_new_file_) {
    for (const TreeHash& root : tree_.edge.roots()) state.edge.push_back(to_hex(root));
  }
  state.salt = new_salt();
  state.waited = waited_;
  const std::string text = line(state) + '\n';
  write_record(log_.get(), path, text, tree_.end);
  tree_.append(std::string_view(text).substr(0, text.size() - 1), tree_.end + text.size());
  // Where this fails, the next record finds the state behind and says so.
  write_tree_state(state_.get(), tree_);
}

void LockedLog::take_in_new_size() {
  open();
  struct stat info {};
  if (fstat(log_.get(), &info) != 0)
    throw file_error("read", kWhat, AuditLog::log_file(directory_));
  tree_.end = static_cast<uint64_t>(info.st_size);
  write_tree_state(state_.get(), tree_);
}

void LockedLog::start_from(const TreeState& tree) {
  write_synced(state_.get(), {});
  if (!write_tree_state(state_.get(), tree))
    throw file_error("write the state of", kWhat, AuditLog::log_file(directory_));
}

void AuditLog::append(const RecordLine& line) const {
  under_lock([&](LockedLog& log) { log.append(line); });
}

void AuditLog::under_lock(const std::function<void(LockedLog&)>& work) const {
  LockedLog log(directory_, settings_, lock_time_);
  work(log);
  flock(log.state_.get(), LOCK_UN);
  if (!log.log_ || !settings_.sync) return;
  sync_records(log.state_.get(), log.log_.get(), log.tree_.edge.size(), file());
  if (log.is_new_file_) sync_directory(directory_);
}

}  // namespace pushguard
