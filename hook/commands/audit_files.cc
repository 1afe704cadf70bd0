// SPDX-License-Identifier: Apache-2.0
#include "commands/audit_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "audit/leaf.h"
#include "audit/log_files.h"
#include "audit/log_lines.h"
#include "commands/access_check.h"
#include "commands/run_as.h"
#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

Error failed(std::string_view what, const fs::path& path) {
  return Error(fmt::format("cannot {} '{}': {}", what, path.native(), std::strerror(errno)));
}

void write_new(const fs::path& file, const std::string& text, int flags, mode_t mode) {
  const Descriptor opened(open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode));
  if (!opened) throw failed("make", file);
  const ssize_t written = write(opened.get(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size()) || fsync(opened.get()) != 0)
    throw failed("write", file);
}

fs::path folder_of(const fs::path& file) { return fs::absolute(file).parent_path(); }

void expect_safe_folder(const fs::path& folder, const std::optional<fs::path>& log) {
  struct stat info {};
  if (stat(folder.c_str(), &info) != 0) throw failed("use", folder);
  AccessReport report;
  check_writers(folder, "folder", calling_user(), report);
  if (!report.warnings.empty()) {
    throw Error(fmt::format("{}; who can exchange the key can rewrite the log unseen",
                            report.warnings.front()));
  }
  if (!log || stat(log->c_str(), &info) != 0 || info.st_uid != geteuid() || geteuid() == 0) return;
  throw Error(fmt::format("'{}' writes the log '{}', and so must not sign it: make the key as "
                          "root or as another user",
                          name_of_user(geteuid()), log->native()));
}

std::string host_name() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 && name[0] ? name : "localhost";
}

}  // namespace

std::string read_key_file(const fs::path& file) {
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!opened) throw failed("read", file);
  constexpr size_t kMostBytes = size_t{1} << 26;
  std::string text;
  char chunk[65536];
  for (ssize_t got; (got = read(opened.get(), chunk, sizeof chunk)) != 0;) {
    if (got < 0) throw failed("read", file);
    text.append(chunk, static_cast<size_t>(got));
    if (text.size() > kMostBytes) throw Error(fmt::format("'{}' is too large", file.native()));
  }
  return text;
}

void exchange_file(const fs::path& file, const std::string& text) {
  const fs::path aside = file.native() + ".new";
  write_new(aside, text, O_TRUNC | O_NOFOLLOW, 0644);
  if (std::rename(aside.c_str(), file.c_str()) != 0) throw failed("write", file);
}

std::string signer_of(const Note& note) {
  const NoteSignature& first = note.signatures.front();
  return fmt::format("{}+{:02x}{:02x}{:02x}{:02x}", first.name, first.id[0], first.id[1],
                     first.id[2], first.id[3]);
}

std::string find_record(const fs::path& directory, uint64_t seq) {
  const LogFiles found = open_log_files(directory);
  for (auto file = found.files.rbegin(); file != found.files.rend(); ++file) {
    if (file->first > seq) continue;
    LogLines lines(file->file.get(), file->path, 0);
    for (uint64_t number = file->first; lines.next(); ++number) {
      if (number == seq) return std::string(lines.line());
    }
  }
  throw Error(fmt::format("no file of the log in '{}' has record {}", directory.native(), seq));
}

int make_key(const fs::path& file, const std::optional<std::string>& name,
             const std::optional<fs::path>& log) {
  expect_safe_folder(folder_of(file), log);
  const NoteSigner signer = NoteSigner::make(name.value_or(host_name() + "/pushguard"));
  write_new(file, signer.str() + '\n', O_EXCL, 0400);
  write_new(file.native() + ".pub", signer.verifier().str() + '\n', O_EXCL, 0444);
  fmt::print("{}\n", signer.verifier().str());
  return 0;
}

}  // namespace pushguard
