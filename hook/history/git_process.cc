#include "history/git_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "error.h"

namespace pushguard {
namespace {

constexpr size_t kMostOutput = 64 << 10;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::string read_to_end(int file) {
  std::string text;
  char chunk[4096];
  for (;;) {
    const ssize_t got = ::read(file, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || text.size() + static_cast<size_t>(got) > kMostOutput) return text;
    text.append(chunk, static_cast<size_t>(got));
  }
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
  variables.emplace_back("GIT_NO_REPLACE_OBJECTS=1");
  variables.emplace_back("GIT_NO_LAZY_FETCH=1");
  return variables;
}

std::optional<std::string> git_output(const std::vector<std::string>& words,
                                      const std::filesystem::path& git_dir) {
  int answers[2];
  if (pipe2(answers, O_CLOEXEC) != 0) {
    throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, answers[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> variables = git_environment(git_dir), arguments{"git"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  pid_t process = -1;
  const int failure = posix_spawnp(&process, "git", &actions, nullptr, pointers(arguments).data(),
                                   pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  close(answers[1]);
  if (failure != 0) {
    close(answers[0]);
    throw Error(fmt::format("cannot run git: {}", std::strerror(failure)));
  }
  std::string output = read_to_end(answers[0]);
  close(answers[0]);
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return output;
}

}  // namespace pushguard
