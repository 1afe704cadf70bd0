// SPDX-License-Identifier: Apache-2.0
// A gitleaks configuration file as written: TOML with [[rules]].
//
// The raw form, with the place of each value, after `[extend] path` was followed;
// gitleaks_rules.h makes rules from it. The format is that of gitleaks 8, from its README. As
// there, letter case in keys is ignored, and a file's values come before those of the file
// that it extends.
//
// What Pushguard cannot honour is a FileError, or a warning with its place; nothing is
// ignored silently.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "vocabulary/toml_file.h"

namespace pushguard {

// A text and its place.
struct GitleaksText {
  std::string text;
  const TomlFile* file = nullptr;
  const toml::node* node = nullptr;
};

struct GitleaksAllowlist {
  const TomlFile* file = nullptr;
  const toml::table* table = nullptr;
  std::string description, target;  // target: "secret", "match" or "line"
  bool all = false;                 // condition = "AND"
  std::vector<GitleaksText> regexes, paths, stopwords, commits, target_rules;
};

struct GitleaksRequirement {
  const TomlFile* file = nullptr;
  const toml::table* table = nullptr;
  std::string id;
  std::optional<int64_t> lines, columns;
};

struct GitleaksRule {
  const TomlFile* file = nullptr;
  const toml::table* table = nullptr;
  std::string id;
  std::optional<std::string> description;
  std::optional<GitleaksText> regex, path;
  std::optional<int64_t> secret_group;
  const TomlFile* secret_group_file = nullptr;
  const toml::node* secret_group_node = nullptr;
  std::optional<double> entropy;
  std::vector<GitleaksText> keywords;
  std::vector<GitleaksAllowlist> allowlists;
  std::vector<GitleaksRequirement> required;
  bool skip_report = false;
};

class GitleaksFile {
 public:
  explicit GitleaksFile(const std::filesystem::path& path);
  // The same for a file that was read already.
  GitleaksFile(const std::filesystem::path& path, TomlFile file);
  GitleaksFile(const GitleaksFile&) = delete;
  GitleaksFile& operator=(const GitleaksFile&) = delete;

  const std::deque<TomlFile>& files() const { return files_; }  // the named one first
  const std::vector<GitleaksRule>& rules() const { return rules_; }
  const std::vector<GitleaksAllowlist>& allowlists() const { return allowlists_; }  // for all rules
  // Whether it extends gitleaks' own rules (`useDefault`), which Pushguard does not have.
  bool uses_default() const { return uses_default_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  void read(const std::filesystem::path& path, const TomlFile& file, size_t depth);
  void extend(const std::filesystem::path& path, const TomlFile& file, const toml::table& table,
              size_t depth);
  void add(GitleaksRule rule);
  GitleaksRule read_rule(const TomlFile& file, const toml::table& table);
  GitleaksAllowlist read_allowlist(const TomlFile& file, const toml::table& table, bool global);
  void read_allowlists(const TomlFile& file, const toml::table& table, bool global,
                       std::vector<GitleaksAllowlist>& lists);
  void warn_of_unknown(const TomlFile& file, const toml::table& table,
                       std::span<const std::string_view> known);
  void warn(const TomlFile& file, const toml::node& node, std::string_view message);

  std::deque<TomlFile> files_;
  std::vector<GitleaksRule> rules_;
  std::vector<GitleaksAllowlist> allowlists_;
  std::vector<std::string> warnings_;
  std::map<std::string, bool> disabled_;  // rule ids -> whether an extended file has the rule
  bool uses_default_ = false, told_of_tags_ = false;
};

// Whether the top-level keys are those of a gitleaks file ([[rules]], not our
// [[rule]]). Throws FileError when there are both or neither.
bool is_gitleaks(const TomlFile& file);

// "FILE:LINE: MESSAGE"
std::string at(const TomlFile& file, const toml::node& node, std::string_view message);

}  // namespace pushguard
