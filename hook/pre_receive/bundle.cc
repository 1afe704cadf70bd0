// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/bundle.h"

#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "history/git_process.h"
#include "push/push.h"
#include "vocabulary/error.h"
#include "vocabulary/oid.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

std::string output_of(GitProcess& git) {
  git.end_input();
  std::string output;
  char chunk[4096];
  while (const size_t got = git.read(chunk)) output.append(chunk, got);
  return output;
}

// "ID REF" on each line. A bundle may name HEAD, which no push sets.
std::string push_input(std::string_view listed) {
  std::string input;
  while (!listed.empty()) {
    const std::string_view line = listed.substr(0, listed.find('\n'));
    listed.remove_prefix(std::min(line.size() + 1, listed.size()));
    const size_t blank = line.find(' ');
    const auto id = Oid::from_hex(line.substr(0, blank));
    if (!id || blank == line.npos) continue;
    const std::string_view ref = line.substr(blank + 1);
    input += fmt::format("{} {} {}{}\n", std::string(line.substr(0, blank).size(), '0'), id->hex(),
                         ref.starts_with("refs/") ? "" : "refs/heads/", ref);
  }
  return input;
}

}  // namespace

Bundle::Bundle(const fs::path& bundle, const fs::path& git_dir) : git_dir_(git_dir) {
  if (!std::ifstream(bundle)) {
    throw Error(fmt::format("cannot read '{}': {}", bundle.native(), std::strerror(errno)));
  }
  const fs::path stored =
      read_place(Environment({{"GIT_DIR", git_dir.native()}})).common_dir / "objects";
  std::string made = stored / "tmp_objdir-admit-XXXXXX";
  if (!mkdtemp(made.data())) {
    throw Error(
        fmt::format("cannot make a directory in '{}': {}", stored.native(), std::strerror(errno)));
  }
  quarantine_ = made;
  try {
    fs::create_directory(quarantine_ / "info");
    std::ofstream(quarantine_ / "info" / "alternates") << stored.native() << '\n';
    std::vector<std::string> environment = git_environment(git_dir);
    environment.push_back("GIT_OBJECT_DIRECTORY=" + quarantine_.native());
    GitProcess git({"bundle", "unbundle", fs::absolute(bundle).native()}, std::move(environment));
    input_ = push_input(output_of(git));
    if (!git.succeeded() || input_.empty()) {
      throw Error(fmt::format("git cannot unpack the bundle '{0}': see what it says to\n  git -C "
                              "{1} bundle verify {0}",
                              fs::absolute(bundle).native(), git_dir.native()));
    }
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(quarantine_, ignored);
    throw;
  }
}

Bundle::~Bundle() {
  std::error_code ignored;
  fs::remove_all(quarantine_, ignored);
}

Environment Bundle::environment() const {
  return Environment({{"GIT_DIR", git_dir_.native()},
                      {"GIT_QUARANTINE_PATH", quarantine_.native()},
                      {"GIT_OBJECT_DIRECTORY", quarantine_.native()}});
}

}  // namespace pushguard
