// SPDX-License-Identifier: Apache-2.0
// git itself as a subprocess, in an environment that says only what we say.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pushguard {

// The process's variables without git's own: nothing of the quarantine, of the
// pusher's `-c` or of other repositories. GIT_DIR is `git_dir`; no grafts, no
// replace refs, and nothing that is missing is fetched.
std::vector<std::string> git_environment(const std::filesystem::path& git_dir);

// `git WORDS...` with pipes to its input and from its output; what it says on
// standard error is dropped. It is waited for at the end.
class GitProcess {
 public:
  // Throws Error when git cannot be run.
  GitProcess(const std::vector<std::string>& words, std::vector<std::string> environment);
  ~GitProcess();
  GitProcess(const GitProcess&) = delete;
  GitProcess& operator=(const GitProcess&) = delete;

  // False when git reads no more.
  bool write(std::string_view text);
  void end_input();
  // Fills `out` or less; returns the number of bytes, 0 at the end.
  size_t read(std::span<char> out);
  // Waits for the end; whether the exit code was 0.
  bool succeeded();

 private:
  pid_t process_ = -1;
  int to_git_ = -1, from_git_ = -1;
};

// What `git WORDS...` prints, up to 64 KiB; nothing when it exits otherwise
// than with 0. Throws Error when git cannot be run.
std::optional<std::string> git_output(const std::vector<std::string>& words,
                                      const std::filesystem::path& git_dir);

}  // namespace pushguard
