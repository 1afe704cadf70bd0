// SPDX-License-Identifier: Apache-2.0
#include "support/git.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace pushguard::test {
namespace fs = std::filesystem;

ScratchDirectory::ScratchDirectory() {
  std::string name = (fs::temp_directory_path() / "pushguard-test.XXXXXX").native();
  if (!mkdtemp(name.data())) throw std::runtime_error("cannot make a scratch directory");
  path_ = fs::canonical(name);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void write_file(const fs::path& path, std::string_view content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::string git(const fs::path& directory, const std::string& arguments, const std::string& input) {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "input", input);
  const std::string command =
      "cd '" + directory.native() +
      "' && GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=Ann "
      "GIT_AUTHOR_EMAIL=ann@example.com GIT_COMMITTER_NAME=Ann "
      "GIT_COMMITTER_EMAIL=ann@example.com git " +
      arguments + " <'" + (scratch.path() / "input").native() + "' 2>'" +
      (scratch.path() / "errors").native() + "'";
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 65536> chunk;
  while (const size_t got = std::fread(chunk.data(), 1, chunk.size(), pipe)) {
    output.append(chunk.data(), got);
  }
  if (pclose(pipe) != 0) {
    std::ifstream errors(scratch.path() / "errors");
    throw std::runtime_error("git " + arguments + ": " +
                             std::string(std::istreambuf_iterator<char>(errors), {}));
  }
  return output;
}

std::map<Oid, GitObject> all_objects(const fs::path& repository) {
  const std::string output =
      git(repository, "cat-file --batch --batch-all-objects --unordered --buffer");
  std::map<Oid, GitObject> objects;
  for (size_t at = 0; at < output.size();) {
    const size_t line_end = output.find('\n', at);
    const std::string line = output.substr(at, line_end - at);
    const size_t first = line.find(' '), second = line.rfind(' ');
    const size_t size = std::stoul(line.substr(second + 1));
    objects[*Oid::from_hex(line.substr(0, first))] = {line.substr(first + 1, second - first - 1),
                                                      output.substr(line_end + 1, size)};
    at = line_end + 1 + size + 1;
  }
  return objects;
}

}  // namespace pushguard::test
