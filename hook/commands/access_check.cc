// SPDX-License-Identifier: Apache-2.0
#include "commands/access_check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "audit/log.h"
#include "audit/own_file.h"
#include "vocabulary/descriptor.h"
#include "vocabulary/fingerprint.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

std::string with_hint(const std::string& message, const std::string& hint) {
  return fmt::format("{}\nhint: {}", message, hint);
}

// Who but root and the user may write it; "" for nobody.
std::string other_writer(const struct stat& info, const User& user) {
  if (info.st_uid != 0 && info.st_uid != user.id) {
    return fmt::format("it belongs to '{}'", name_of_user(info.st_uid));
  }
  if (S_ISDIR(info.st_mode) && (info.st_mode & S_ISVTX)) return {};  // others add, and no more
  if (info.st_mode & S_IWOTH) return "every user may write it";
  if ((info.st_mode & S_IWGRP) && info.st_gid != 0 && info.st_gid != user.group) {
    return fmt::format("the group '{}' may write it", name_of_group(info.st_gid));
  }
  return {};
}

std::string others(const User& user) {
  if (user.id == 0) return "others than root";
  return fmt::format("others than root and '{}'", user.name);
}

// What the log and the key have in common. Nothing when it is missing.
class OwnFile {
 public:
  OwnFile(const fs::path& path, std::string_view what, const User& user, AccessReport& report)
      : path_(path), what_(what), user_(user), report_(report) {
    missing_ = lstat(path.c_str(), &info_) != 0 && errno == ENOENT;
  }

  bool is_missing() const { return missing_; }
  off_t size() const { return info_.st_size; }
  mode_t mode() const { return info_.st_mode; }

  void mistake(std::string_view message, std::string_view hint = {}) {
    const std::string text = fmt::format("the {} '{}' {}", what_, path_.native(), message);
    report_.mistakes.push_back(hint.empty() ? text : with_hint(text, std::string(hint)));
  }

  // Whether it is a file of the user's that can be opened so.
  bool opens(int flags, std::string_view action) {
    if (!S_ISREG(info_.st_mode)) {
      mistake(fmt::format("is {}, not a file", kind_of_file(info_.st_mode)));
      return false;
    }
    const Descriptor file(open(path_.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    const std::string why = std::strerror(errno);
    if (!file) {
      mistake(fmt::format("cannot be {} by '{}': {}", action, user_.name, why),
              fmt::format("it belongs to '{}', with mode {:04o}", name_of_user(info_.st_uid),
                          info_.st_mode & 07777));
      return false;
    }
    // Root opens all of them, and is seldom whom git runs as.
    if (info_.st_uid != user_.id && user_.id != 0) {
      mistake(
          fmt::format("belongs to '{}', not to '{}'", name_of_user(info_.st_uid), user_.name),
          fmt::format("who owns it can change it: chown '{}' '{}'", user_.name, path_.native()));
    }
    return true;
  }

 private:
  const fs::path& path_;
  std::string_view what_;
  const User& user_;
  AccessReport& report_;
  struct stat info_ {};
  bool missing_ = false;
};

// Whether the log is there.
bool check_log(const fs::path& path, const User& user, AccessReport& report) {
  OwnFile log(path, "audit log", user, report);
  if (log.is_missing()) return false;
  if (log.opens(O_RDWR | O_APPEND, "written") && (log.mode() & S_IWOTH)) {
    log.mistake("can be written by every user of this machine",
                fmt::format("chmod 0600 '{}'", path.native()));
  }
  return true;
}

void check_tree(const fs::path& path, const User& user, AccessReport& report) {
  OwnFile state(path, "state of the audit log", user, report);
  if (!state.is_missing()) state.opens(O_RDWR, "written");
}

bool check_key(const fs::path& path, const User& user, AccessReport& report) {
  OwnFile key(path, "key", user, report);
  if (key.is_missing()) return false;
  if (!key.opens(O_RDONLY, "read")) return true;
  constexpr size_t kSize = sizeof(SiteKey);
  if (key.size() == 0) {
    key.mistake("is empty", "remove it: the next push with a finding makes a new one");
  } else if (static_cast<size_t>(key.size()) < kSize) {
    key.mistake(fmt::format("has {} bytes, and a key has {}", key.size(), kSize),
                "put the whole key back, or remove it: secrets then get new ids");
  }
  if (key.mode() & (S_IROTH | S_IWOTH)) {
    key.mistake("can be read or written by every user of this machine",
                fmt::format("chmod 0600 '{}'; who has read it can try weak secrets against ids",
                            path.native()));
  }
  return true;
}

bool may(const fs::path& path, int how) {
  return faccessat(AT_FDCWD, path.c_str(), how, AT_EACCESS) == 0;
}

void check_missing(const fs::path& directory, const User& user, AccessReport& report) {
  fs::path parent = directory;
  if (!parent.has_filename()) parent = parent.parent_path();
  parent = parent.parent_path();
  if (fs::is_symlink(fs::symlink_status(directory))) {
    report.mistakes.push_back(
        fmt::format("the audit directory '{}' is a link to nothing", directory.native()));
  } else if (!may(parent, W_OK | X_OK)) {
    report.mistakes.push_back(with_hint(
        fmt::format("the audit directory '{}' is missing, and '{}' cannot make it: {}",
                    directory.native(), user.name, std::strerror(errno)),
        fmt::format("as root: install -d -m 0700 -o '{}' '{}'", user.name, directory.native())));
  }
}

}  // namespace

void check_readable(const fs::path& file, std::string_view what, const User& user,
                    AccessReport& report) {
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (opened) return;
  report.mistakes.push_back(fmt::format("the {} '{}' cannot be read by '{}': {}", what,
                                        file.native(), user.name, std::strerror(errno)));
}

void check_writers(const fs::path& file, std::string_view what, const User& user,
                   AccessReport& report) {
  std::error_code failure;
  const fs::path real = fs::canonical(file, failure);
  if (failure) return;
  for (fs::path path = real;; path = path.parent_path()) {
    struct stat info {};
    if (stat(path.c_str(), &info) == 0) {
      const std::string who = other_writer(info, user);
      if (!who.empty()) {
        report.warnings.push_back(fmt::format(
            "{} can change the {} '{}': {}", others(user), what, file.native(),
            path == real ? who : fmt::format("of its directory '{}', {}", path.native(), who)));
        return;
      }
    }
    if (path == path.parent_path()) return;
  }
}

void check_audit(const fs::path& directory, const User& user, AccessReport& report) {
  struct stat info {};
  if (stat(directory.c_str(), &info) != 0) {
    if (errno == ENOENT) return check_missing(directory, user, report);
    report.mistakes.push_back(fmt::format("the audit directory '{}' cannot be reached by '{}': {}",
                                          directory.native(), user.name, std::strerror(errno)));
    return;
  }
  if (!S_ISDIR(info.st_mode)) {
    report.mistakes.push_back(
        fmt::format("the audit directory '{}' is no directory", directory.native()));
    return;
  }
  bool all_there = false;
  if (may(directory, X_OK)) {
    const bool has_log = check_log(AuditLog(directory).file(), user, report);
    check_tree(AuditLog(directory).state_file(), user, report);
    all_there = check_key(directory / "key", user, report) && has_log;
  }
  if (!all_there && !may(directory, W_OK | X_OK)) {
    const std::string why = std::strerror(errno);
    report.mistakes.push_back(
        with_hint(fmt::format("the audit directory '{}' cannot be written by '{}': {}",
                              directory.native(), user.name, why),
                  fmt::format("it belongs to '{}', with mode {:04o}", name_of_user(info.st_uid),
                              info.st_mode & 07777)));
  }
  const std::string who = other_writer(info, user);
  if (who.empty()) return;
  report.warnings.push_back(
      user.id == 0 ? with_hint(fmt::format("the audit directory '{}' was checked as 'root': {}",
                                           directory.native(), who),
                               "--user NAME checks as the user that git runs as")
                   : fmt::format("{} can change the audit directory '{}': {}", others(user),
                                 directory.native(), who));
}

}  // namespace pushguard
