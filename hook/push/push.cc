// SPDX-License-Identifier: Apache-2.0
#include "push/push.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "push/alternates.h"
#include "push/git_dir.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kMostOptions = 1000;

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
  if (parsed.ec == std::errc::invalid_argument || parsed.ptr != end) {
    throw Error("GIT_PUSH_OPTION_COUNT is not a number");
  }
  if (parsed.ec != std::errc() || count > kMostOptions) {
    throw Error(fmt::format("GIT_PUSH_OPTION_COUNT is '{}': no push has more than {} options",
                            *count_text, kMostOptions));
  }
  for (unsigned i = 0; i < count; ++i) {
    auto option = environment.get(fmt::format("GIT_PUSH_OPTION_{}", i));
    if (option) options.push_back(std::move(*option));
  }
  return options;
}

std::optional<Oid> read_certificate(const Environment& environment) {
  const auto text = environment.get("GIT_PUSH_CERT");
  if (!text) return std::nullopt;
  const auto id = Oid::from_hex(*text);
  if (!id) throw Error("GIT_PUSH_CERT is not an object's id");
  return id;
}

bool same_directory(const fs::path& one, const fs::path& other) {
  std::error_code failure;
  return fs::equivalent(one, other, failure);
}

// GitLab's Gitaly names the quarantine only as the object directory, so that is
// one too when it is not the repository's own.
std::optional<fs::path> find_quarantine(const Environment& environment,
                                        const fs::path& common_dir) {
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
      same_directory(*objects, common_dir / "objects")) {
    return std::nullopt;
  }
  return fs::absolute(*objects);
}

// Whether `path` is below `directory`; both are canonical.
bool is_below(const fs::path& path, const fs::path& directory) {
  const auto end = std::ranges::mismatch(directory, path).in1;
  return end == directory.end() && path != directory;
}

// Object directories that the server had before. One below the repository's own is where a host
// keeps pushes until they are accepted; it may be named as an alternate.
std::vector<fs::path> find_stored(const Environment& environment, const Push& push) {
  std::vector<fs::path> named;
  if (const auto value = environment.get("GIT_ALTERNATE_OBJECT_DIRECTORIES")) {
    named = parse_alternates(*value);
  }
  const fs::path own = push.common_dir / "objects";
  named.push_back(own);
  std::vector<fs::path> stored = with_alternates(named);
  std::error_code failure;
  const fs::path real = fs::is_symlink(own, failure) ? fs::canonical(own, failure) : own;
  const auto objects = environment.get("GIT_OBJECT_DIRECTORY");
  std::erase_if(stored, [&](const fs::path& path) {
    if (push.quarantine && same_directory(path, *push.quarantine)) return true;
    if (path == real) return false;
    return (!failure && is_below(path, real)) || (objects && same_directory(path, *objects));
  });
  return stored;
}

}  // namespace

bool Push::only_deletes() const {
  return std::ranges::all_of(updates, [](const RefUpdate& update) { return update.deletes(); });
}

Push read_place(const Environment& environment) {
  Push push;
  push.certificate = read_certificate(environment);
  push.git_dir = find_git_dir(environment);
  push.common_dir = find_common_dir(push.git_dir);
  return push;
}

Push read_push(std::string_view input, const Environment& environment) {
  std::vector<RefUpdate> updates = parse_ref_updates(input);
  Push push = read_place(environment);
  push.updates = std::move(updates);
  if (push.certificate && push.certificate->size != push.hash_size()) {
    throw Error("GIT_PUSH_CERT is not an object's id");
  }
  push.repository = find_repository_name(environment, push.git_dir.native());
  push.pusher = find_pusher(environment);
  std::error_code failure;
  push.is_public = environment.get("GITHUB_REPO_PUBLIC") == "true" ||
                   fs::exists(push.git_dir / "git-daemon-export-ok", failure);
  return push;
}

void read_content(Push& push, const Environment& environment) {
  push.options = read_options(environment);
  push.quarantine = find_quarantine(environment, push.common_dir);
  push.stored = find_stored(environment, push);
}

}  // namespace pushguard
