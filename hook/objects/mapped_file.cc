// SPDX-License-Identifier: Apache-2.0
#include "objects/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard {

MappedFile::MappedFile(const std::filesystem::path& path) {
  // A pipe would be waited for.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  void* address = nullptr;
  bool ok = file && fstat(file.get(), &info) == 0;
  if (ok && !S_ISREG(info.st_mode)) {
    throw Error(fmt::format("cannot read '{}': not a regular file", path.native()));
  }
  const auto size = static_cast<size_t>(info.st_size);
  if (ok && size > 0) {
    address = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    ok = address != MAP_FAILED;
  }
  if (!ok) {
    throw Error(fmt::format("cannot read '{}': {}", path.native(), std::strerror(errno)));
  }
  bytes_ = {static_cast<const uint8_t*>(address), size};
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<uint8_t*>(bytes_.data()), bytes_.size());
}

}  // namespace pushguard
