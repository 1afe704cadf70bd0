// SPDX-License-Identifier: Apache-2.0
#include "repository/clean_objects.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "repository/state_file.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr size_t kHeader = 128;

}  // namespace

CleanObjects::CleanObjects(const fs::path& state, const std::vector<fs::path>& directories,
                           size_t hash_size, const std::string& rules)
    : hash_size_(hash_size), rules_(rules) {
  for (const fs::path& directory : directories) {
    File& file = files_.emplace_back();
    file.path = state / (state_name(directory) + ".clean");
  }
  // In one order, so that no two processes wait for each other.
  std::vector<File*> by_path;
  for (File& file : files_) by_path.push_back(&file);
  std::ranges::sort(by_path, {}, &File::path);
  for (File* file : by_path) file->lock = *lock_file(file->path.native() + ".lock", true);
  for (File& file : files_) {
    std::error_code failure;
    if (!fs::exists(file.path, failure)) continue;
    auto mapped = std::make_unique<MappedFile>(file.path);
    const std::span<const uint8_t> bytes = mapped->bytes();
    const std::string expected = header();
    if (bytes.size() < kHeader || (bytes.size() - kHeader) % hash_size != 0 ||
        std::memcmp(bytes.data(), expected.data(), kHeader) != 0) {
      continue;
    }
    file.ids = bytes.subspan(kHeader);
    file.mapped = std::move(mapped);
  }
}

std::string CleanObjects::header() const {
  std::string line = fmt::format("pushguard clean objects 1 {} {}", rules_, hash_size_);
  line.resize(kHeader - 1, ' ');
  return line + '\n';
}

bool CleanObjects::is_in(std::span<const uint8_t> ids, const Oid& id) const {
  size_t first = 0, count = ids.size() / hash_size_;
  while (count > 0) {
    const size_t middle = first + count / 2;
    const int order = std::memcmp(&ids[middle * hash_size_], id.bytes.data(), hash_size_);
    if (order == 0) return true;
    if (order < 0) {
      first = middle + 1;
      count -= count / 2 + 1;
    } else {
      count /= 2;
    }
  }
  return false;
}

bool CleanObjects::empty() const {
  return std::ranges::all_of(files_, [](const File& file) { return file.ids.empty(); });
}

bool CleanObjects::contains(const Oid& id) const {
  return id.size == hash_size_ &&
         std::ranges::any_of(files_, [&](const File& file) { return is_in(file.ids, id); });
}

void CleanObjects::write(const ObjectStorage& storage, const OidSet& unclean) const {
  for (size_t i = 0; i < files_.size(); ++i) {
    replace_file(files_[i].path, [&](const Put& put) {
      put(header());
      storage.each_id(i, [&](const Oid& id) {
        if (unclean.contains(id)) return;
        put({reinterpret_cast<const char*>(id.bytes.data()), id.size});
      });
    });
  }
}

}  // namespace pushguard
