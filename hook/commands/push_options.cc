// SPDX-License-Identifier: Apache-2.0
#include "commands/push_options.h"

#include <fmt/format.h>

#include "history/git_process.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr const char* kKey = "receive.advertisePushOptions";

// What one configuration says of it: nothing, or "true" or "false".
std::string ask(std::vector<std::string> which) {
  std::vector<std::string> words{"config", "--includes", "--type=bool", "--get", kKey};
  words.insert(words.begin() + 1, which.begin(), which.end());
  std::string output = git_output(words, "/nonexistent").value_or("");
  return output.substr(0, output.find('\n'));
}

}  // namespace

PushOptions offers_push_options(const std::optional<std::filesystem::path>& git_directory,
                                const std::string& home) {
  struct Source {
    std::vector<std::string> words;
    std::string name;
  };
  std::vector<Source> sources{{{"--system"}, "git's system configuration"}};
  if (!home.empty()) sources.push_back({{"--global"}, fmt::format("the global one in '{}'", home)});
  if (git_directory) {
    const std::string file = (*git_directory / "config").native();
    sources.push_back({{"--file", file}, fmt::format("'{}'", file)});
  }
  PushOptions result;
  std::string names, turned_off;
  for (const Source& source : sources) {
    const std::string answer = ask(source.words);
    names += (names.empty() ? "" : ", ") + source.name;
    if (answer.empty()) continue;
    result.are_offered = answer == "true";
    turned_off = result.are_offered ? "" : source.name;
  }
  result.where = turned_off.empty() ? fmt::format("{} is not set in {}", kKey, names)
                                    : fmt::format("{} is false in {}", kKey, turned_off);
  return result;
}

std::filesystem::path git_directory(const std::filesystem::path& repository) {
  for (const auto& path : {repository, repository / ".git"}) {
    std::error_code failure;
    if (std::filesystem::exists(path / "config", failure) &&
        std::filesystem::exists(path / "objects", failure)) {
      return path;
    }
  }
  throw Error(fmt::format("'{}' is not a git repository", repository.native()));
}

}  // namespace pushguard
