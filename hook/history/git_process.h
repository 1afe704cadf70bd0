// git itself as a subprocess, in an environment that says only what we say.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pushguard {

// The process's variables without git's own: nothing of the quarantine, of the
// pusher's `-c` or of other repositories. GIT_DIR is `git_dir`.
std::vector<std::string> git_environment(const std::filesystem::path& git_dir);

// What `git WORDS...` prints, up to 64 KiB; nothing when it exits otherwise
// than with 0. Throws Error when git cannot be run.
std::optional<std::string> git_output(const std::vector<std::string>& words,
                                      const std::filesystem::path& git_dir);

}  // namespace pushguard
