// SPDX-License-Identifier: Apache-2.0
#include "audit/site_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "audit/own_file.h"
#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

Error failed(std::string_view what, const fs::path& path) {
  return Error(fmt::format("cannot {} '{}': {}", what, path.native(), std::strerror(errno)));
}

void read_key(const Descriptor& file, const fs::path& path, SiteKey& key) {
  if (read(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
    throw Error(fmt::format("'{}' is not a key of {} bytes", path.native(), key.size()));
  }
}

bool read_own_key(const fs::path& path, SiteKey& key) {
  const Descriptor file = open_own_file(path, "the key", O_RDONLY);
  if (file) read_key(file, path, key);
  return static_cast<bool>(file);
}

}  // namespace

void make_audit_directory(const fs::path& directory) {
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) throw failed("make", directory);
}

SiteKey read_site_key(const fs::path& file) {
  SiteKey key{};
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened) throw failed("read", file);
  read_key(opened, file, key);
  return key;
}

SiteKey site_key(const fs::path& directory) {
  const fs::path path = directory / "key";
  SiteKey key{};
  if (read_own_key(path, key)) return key;
  make_audit_directory(directory);
  if (sodium_init() < 0) throw Error("no random numbers on this machine");
  randombytes_buf(key.data(), key.size());

  // Written to another file and then linked: a concurrent hook never reads a partial key.
  std::string aside = (directory / "key.XXXXXX").native();
  const Descriptor file(mkostemp(aside.data(), O_CLOEXEC));  // mode 0600
  if (!file) throw failed("make", aside);
  const bool written =
      write(file.get(), key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
      fsync(file.get()) == 0;
  const bool linked = written && (link(aside.c_str(), path.c_str()) == 0 || errno == EEXIST);
  const int failure = errno;
  unlink(aside.c_str());
  errno = failure;
  if (!linked || !read_own_key(path, key)) throw failed("write", path);
  return key;
}

}  // namespace pushguard
