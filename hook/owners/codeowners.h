// SPDX-License-Identifier: Apache-2.0
// Who owns a path, by a CODEOWNERS file: in GitHub's, GitLab's and Gitea's dialects.
//
// Lines that the host would skip are skipped. A path without a rule is not the same as one that a
// rule leaves without owners. Sources: docs.github.com "About code owners"; GitLab's reference of
// Code Owners syntax; Gitea's "Code Owners".
// Rejected: fnmatch(3) (it has no '**'), a regex for each glob (most are tried once).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace pushguard {

class Codeowners {
 public:
  enum class Dialect : uint8_t { github, gitlab, gitea };
  static constexpr size_t kMostRules = 5000;  // the rest of a file is not read

  Codeowners(std::string_view text, Dialect dialect);

  // The owners as written ("@acme/ops", "ann@example.com"), each once. Nothing where no rule is
  // about `path`, which is from the top of the repository, without a '/' before it.
  std::optional<std::vector<std::string>> owners_of(std::string_view path) const;

 private:
  struct Rule {
    std::string pattern;         // a glob, from the top of the repository
    std::unique_ptr<RE2> regex;  // instead, in Gitea's dialect
    size_t section = 0;          // of GitLab's: the last match of each counts
    bool excludes = false;       // the path has no owner of the section
    std::vector<std::string> owners;

    bool matches(std::string_view path) const;
  };

  void read_globs(std::string_view text);
  void read_regexes(std::string_view text);

  Dialect dialect_;
  std::vector<Rule> rules_;
};

// Whether `glob` matches `path` as gitignore(5) has it: '*' and '?' match no '/', '**' any number
// of directories. Both are from the top. The time is at most the product of their lengths.
bool matches_ignore_glob(std::string_view glob, std::string_view path);

}  // namespace pushguard
