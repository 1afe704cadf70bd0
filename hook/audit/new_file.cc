// SPDX-License-Identifier: Apache-2.0
#include "audit/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "audit/own_file.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr size_t kChunk = size_t{1} << 20;

Error failed(const std::filesystem::path& path) {
  return Error(fmt::format("cannot write '{}': {}", path.native(), std::strerror(errno)));
}

}  // namespace

NewLogFile::NewLogFile(const LogFile& old)
    : path_(old.path), aside_(old.path.native() + ".new.torn") {  // a name that no log has
  unlink(aside_.c_str());
  file_ = open_own_file(aside_, "the audit log", O_WRONLY | O_CREAT | O_EXCL);
  struct stat info {};
  if (!file_ || fstat(old.file.get(), &info) != 0 || fchmod(file_.get(), info.st_mode) != 0)
    throw failed(aside_);
  // Root may do it for git's user, who goes on to write it.
  if (info.st_uid != geteuid() && fchown(file_.get(), info.st_uid, info.st_gid) != 0)
    throw failed(aside_);
}

NewLogFile::~NewLogFile() {
  if (file_) unlink(aside_.c_str());
}

void NewLogFile::write_line(std::string_view line) {
  buffer_.append(line) += '\n';
  size_ += line.size() + 1;
  if (buffer_.size() > kChunk) write_out();
}

void NewLogFile::write_out() {
  for (std::string_view rest = buffer_; !rest.empty();) {
    const ssize_t written = write(file_.get(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw failed(aside_);
    rest.remove_prefix(static_cast<size_t>(written));
  }
  buffer_.clear();
}

void NewLogFile::put_in_place() {
  write_out();
  if (fsync(file_.get()) != 0 || std::rename(aside_.c_str(), path_.c_str()) != 0)
    throw failed(path_);
  file_.reset();
}

}  // namespace pushguard
