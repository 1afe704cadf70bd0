// SPDX-License-Identifier: Apache-2.0
#include "push/push.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "push/alternates.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

fs::path find_git_dir(const Environment& environment) {
  const auto git_dir = environment.get("GIT_DIR");
  if (!git_dir) throw Error("GIT_DIR is not set: git did not start this as a hook");
  std::error_code failure;
  fs::path path = fs::canonical(*git_dir, failure);
  if (failure) throw Error(fmt::format("GIT_DIR '{}': {}", *git_dir, failure.message()));
  // HEAD may be a link to a branch that is not born yet.
  if (!fs::exists(fs::symlink_status(path / "HEAD", failure))) {
    throw Error(fmt::format("GIT_DIR '{}' is not a repository: it has no HEAD", *git_dir));
  }
  return path;
}

std::vector<std::string> read_options(const Environment& environment) {
  std::vector<std::string> options;
  const auto count_text = environment.get("GIT_PUSH_OPTION_COUNT");
  if (!count_text) return options;
  unsigned count = 0;
  const char* end = count_text->data() + count_text->size();
  const auto parsed = std::from_chars(count_text->data(), end, count);
  if (parsed.ec != std::errc() || parsed.ptr != end) {
    throw Error("GIT_PUSH_OPTION_COUNT is not a number");
  }
  for (unsigned i = 0; i < count; ++i) {
    auto option = environment.get(fmt::format("GIT_PUSH_OPTION_{}", i));
    if (option) options.push_back(std::move(*option));
  }
  return options;
}

bool same_directory(const fs::path& one, const fs::path& other) {
  std::error_code failure;
  return fs::equivalent(one, other, failure);
}

// GitLab's Gitaly names the quarantine only as the object directory, so that is
// one too when it is not the repository's own.
std::optional<fs::path> find_quarantine(const Environment& environment, const fs::path& git_dir) {
  if (auto path = environment.get("GIT_QUARANTINE_PATH")) {
    std::error_code failure;
    if (!fs::is_directory(*path, failure)) {
      throw Error(fmt::format("GIT_QUARANTINE_PATH '{}' is not a directory: the new objects could "
                              "not be checked",
                              *path));
    }
    return fs::absolute(*path);
  }
  const auto objects = environment.get("GIT_OBJECT_DIRECTORY");
  if (!objects || !environment.get("GIT_ALTERNATE_OBJECT_DIRECTORIES") ||
      same_directory(*objects, git_dir / "objects")) {
    return std::nullopt;
  }
  return fs::absolute(*objects);
}

}  // namespace

bool Push::only_deletes() const {
  return std::ranges::all_of(updates, [](const RefUpdate& update) { return update.deletes(); });
}

Push read_push(std::string_view input, const Environment& environment) {
  Push push;
  push.updates = parse_ref_updates(input);
  push.options = read_options(environment);
  push.git_dir = find_git_dir(environment);
  push.quarantine = find_quarantine(environment, push.git_dir);
  std::vector<fs::path> stored;
  if (const auto value = environment.get("GIT_ALTERNATE_OBJECT_DIRECTORIES")) {
    stored = parse_alternates(*value);
  }
  stored.push_back(push.git_dir / "objects");
  push.stored = with_alternates(stored);
  if (push.quarantine) {
    std::erase_if(push.stored,
                  [&](const fs::path& path) { return same_directory(path, *push.quarantine); });
  }
  push.repository = find_repository_name(environment, push.git_dir.native());
  push.pusher = find_pusher(environment);
  return push;
}

}  // namespace pushguard
