// SPDX-License-Identifier: Apache-2.0
// git as a subprocess, in a controlled environment.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/descriptor.h"

namespace pushguard {

// The variables of this process without those of git: no quarantine, no `-c` of the pusher,
// no other repository. GIT_DIR is `git_dir`. Grafts and replace refs are off, and missing
// objects are not fetched.
std::vector<std::string> git_environment(const std::filesystem::path& git_dir);

// Runs `git WORDS...` with pipes to its standard input and output; its standard error is
// discarded. The destructor waits for the process.
class GitProcess {
 public:
  // Throws Error when git cannot be run.
  GitProcess(const std::vector<std::string>& words, std::vector<std::string> environment);
  ~GitProcess();
  GitProcess(const GitProcess&) = delete;
  GitProcess& operator=(const GitProcess&) = delete;

  // Returns false when git no longer reads.
  bool write(std::string_view text);
  void end_input();
  // Reads up to out.size() bytes; returns how many, 0 at the end.
  size_t read(std::span<char> out);
  // Waits for the process; returns whether it exited with 0.
  bool succeeded();

 private:
  pid_t process_ = -1;
  Descriptor to_git_, from_git_;
};

// The output of `git WORDS...`, up to 64 KiB; nothing unless it exits with 0. Throws Error
// when git cannot be run.
std::optional<std::string> git_output(const std::vector<std::string>& words,
                                      const std::filesystem::path& git_dir);

}  // namespace pushguard
