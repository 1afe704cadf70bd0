#include "history/cat_file_store.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "error.h"
#include "history/git_process.h"
#include "push/alternates.h"

namespace pushguard {
namespace {

std::vector<std::string> environment_for(const std::vector<std::filesystem::path>& directories,
                                         const std::filesystem::path& git_dir) {
  std::vector<std::string> variables = git_environment(git_dir);
  variables.push_back("GIT_OBJECT_DIRECTORY=" + directories.front().native());
  variables.push_back("GIT_ALTERNATE_OBJECT_DIRECTORIES=" +
                      format_alternates({directories.begin() + 1, directories.end()}));
  return variables;
}

}  // namespace

CatFileStore::CatFileStore(const std::vector<std::filesystem::path>& directories,
                           const std::filesystem::path& git_dir) {
  int requests[2], answers[2];
  if (pipe2(requests, O_CLOEXEC) != 0 || pipe2(answers, O_CLOEXEC) != 0) {
    throw Error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  to_git_ = requests[1];
  from_git_ = answers[0];
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, requests[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, answers[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);

  std::vector<std::string> variables = environment_for(directories, git_dir);
  std::vector<char*> environment;
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  std::string words[] = {"git", "cat-file", "--batch-command"};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  const int failure =
      posix_spawnp(&process_, "git", &actions, nullptr, arguments, environment.data());
  posix_spawn_file_actions_destroy(&actions);
  close(requests[0]);
  close(answers[1]);
  if (failure != 0) {
    close(to_git_);
    close(from_git_);
    throw Error(fmt::format("cannot run git: {}", std::strerror(failure)));
  }
}

CatFileStore::~CatFileStore() {
  close(to_git_);
  close(from_git_);
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
}

std::optional<StoredObject> CatFileStore::read(const Oid& id) {
  const auto header = ask("contents", id);
  if (!header) return std::nullopt;
  StoredObject object{header->type, read_bytes(header->size)};
  read_bytes(1);  // the line feed behind the content
  return object;
}

bool CatFileStore::contains(const Oid& id) { return ask("info", id).has_value(); }

std::optional<CatFileStore::Header> CatFileStore::ask(std::string_view command, const Oid& id) {
  const std::string line = fmt::format("{} {}\n", command, id.hex());
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = write(to_git_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw Error("git cat-file went away");
    rest.remove_prefix(static_cast<size_t>(written));
  }
  // "<id> <type> <size>", or "<id> missing"
  const std::string answer = read_line();
  const size_t first = answer.find(' '), last = answer.rfind(' ');
  if (first == last) return std::nullopt;
  Header header{object_type(std::string_view(answer).substr(first + 1, last - first - 1)), 0};
  std::from_chars(answer.data() + last + 1, answer.data() + answer.size(), header.size);
  return header;
}

std::string CatFileStore::read_line() {
  while (buffer_.find('\n', used_) == buffer_.npos) fill();
  std::string line = read_bytes(buffer_.find('\n', used_) + 1 - used_);
  line.pop_back();
  return line;
}

std::string CatFileStore::read_bytes(size_t count) {
  while (buffer_.size() - used_ < count) fill();
  std::string bytes = buffer_.substr(used_, count);
  used_ += count;
  return bytes;
}

void CatFileStore::fill() {
  buffer_.erase(0, used_);
  used_ = 0;
  char chunk[65536];
  ssize_t got;
  do {
    got = ::read(from_git_, chunk, sizeof chunk);
  } while (got < 0 && errno == EINTR);
  if (got <= 0) throw Error("git cat-file ended without an answer");
  buffer_.append(chunk, static_cast<size_t>(got));
}

}  // namespace pushguard
