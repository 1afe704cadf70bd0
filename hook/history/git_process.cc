// SPDX-License-Identifier: Apache-2.0
#include "history/git_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr size_t kMostOutput = 64 << 10;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

struct Pipe {
  Descriptor out, in;
};

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace

std::vector<std::string> git_environment(const std::filesystem::path& git_dir) {
  std::vector<std::string> variables;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text(*entry);
    if (!text.starts_with("GIT_") || text.starts_with("GIT_EXEC_PATH=")) {
      variables.emplace_back(text);
    }
  }
  variables.push_back("GIT_DIR=" + git_dir.native());
  variables.emplace_back("GIT_GRAFT_FILE=/dev/null");
  variables.emplace_back("GIT_NO_REPLACE_OBJECTS=1");
  variables.emplace_back("GIT_NO_LAZY_FETCH=1");
  return variables;
}

GitProcess::GitProcess(const std::vector<std::string>& words,
                       std::vector<std::string> environment) {
  Pipe requests = make_pipe(), answers = make_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, requests.out.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, answers.in.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> arguments{"git"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  const int failure = posix_spawnp(&process_, "git", &actions, nullptr, pointers(arguments).data(),
                                   pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw Error(fmt::format("cannot run git: {}", std::strerror(failure)));
  to_git_ = std::move(requests.in);
  from_git_ = std::move(answers.out);
}

GitProcess::~GitProcess() { succeeded(); }

bool GitProcess::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(to_git_.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

void GitProcess::end_input() { to_git_.reset(); }

size_t GitProcess::read(std::span<char> out) {
  ssize_t got;
  do {
    got = ::read(from_git_.get(), out.data(), out.size());
  } while (got < 0 && errno == EINTR);
  return got < 0 ? 0 : static_cast<size_t>(got);
}

bool GitProcess::succeeded() {
  to_git_.reset();
  from_git_.reset();
  if (process_ < 0) return false;
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::optional<std::string> git_output(const std::vector<std::string>& words,
                                      const std::filesystem::path& git_dir) {
  GitProcess git(words, git_environment(git_dir));
  git.end_input();
  std::string output;
  char chunk[4096];
  while (const size_t got = git.read(chunk)) {
    if (output.size() + got > kMostOutput) break;
    output.append(chunk, got);
  }
  if (!git.succeeded()) return std::nullopt;
  return output;
}

}  // namespace pushguard
