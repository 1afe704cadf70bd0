// SPDX-License-Identifier: Apache-2.0
#include "owners/codeowners.h"

#include <algorithm>
#include <map>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

std::string_view next_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Words between blanks; a blank after '\' belongs to its word, and so does the '\'.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const bool escapes = line[i] == '\\' && i + 1 < line.size();
    if (!escapes && is_blank(line[i])) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    words.back() += line[i];
    if (escapes) words.back() += line[++i];
  }
  return words;
}

// "@user", "@org/team", "@@role", or an address.
bool is_owner(std::string_view word) {
  const size_t at = word.find('@');
  return at != word.npos && word.size() > 1 && at + 1 < word.size();
}

// The glob of a pattern, from the top of the repository; what is below it is asked apart.
std::string rooted(std::string_view pattern) {
  const bool is_directory = pattern.ends_with('/');
  if (is_directory) pattern.remove_suffix(1);
  const bool is_anchored = pattern.find('/') != pattern.npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  std::string glob = is_anchored ? "" : "**/";
  glob += pattern;
  return is_directory ? glob + "/**" : glob;
}

void add(std::vector<std::string>& owners, const std::vector<std::string>& more) {
  for (const std::string& one : more) {
    if (std::ranges::find(owners, one) == owners.end()) owners.push_back(one);
  }
}

// GitLab's "[Name]", "^[Name][2]", with the owners of the rules that name none.
struct Section {
  std::string name;
  std::vector<std::string> owners;
};

std::optional<Section> section_of(std::string_view line) {
  if (line.starts_with('^')) line.remove_prefix(1);
  const size_t end = line.find(']');
  if (!line.starts_with('[') || end == line.npos) return std::nullopt;
  Section section{to_lower(line.substr(1, end - 1)), {}};
  line.remove_prefix(end + 1);
  if (line.starts_with('[')) line.remove_prefix(std::min(line.find(']'), line.size() - 1) + 1);
  for (std::string& word : words_of(line)) {
    if (is_owner(word)) section.owners.push_back(std::move(word));
  }
  return section;
}

}  // namespace

Codeowners::Codeowners(std::string_view text, Dialect dialect) : dialect_(dialect) {
  dialect == Dialect::gitea ? read_regexes(text) : read_globs(text);
}

void Codeowners::read_globs(std::string_view text) {
  const bool is_gitlab = dialect_ == Dialect::gitlab;
  std::map<std::string, size_t> sections;
  Section section;
  while (!text.empty() && rules_.size() < kMostRules) {
    std::string_view line = next_line(text);
    while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    if (line.empty() || line.starts_with('#')) continue;
    if (is_gitlab) {
      if (auto begun = section_of(line)) {
        section = std::move(*begun);
        continue;
      }
    }
    std::vector<std::string> words = words_of(line);
    Rule rule;
    rule.section = sections.try_emplace(section.name, sections.size()).first->second;
    std::string pattern = std::move(words.front());
    if (pattern.starts_with('!')) {
      if (!is_gitlab) continue;  // GitHub has no negation: it skips the line
      rule.excludes = true;
      pattern.erase(0, 1);
    }
    if (!is_gitlab && pattern.find_first_of("[]") != pattern.npos) continue;
    rule.pattern = rooted(pattern);
    for (size_t i = 1; i < words.size(); ++i) {
      if (!is_gitlab && words[i].starts_with('#')) break;
      if (is_owner(words[i])) rule.owners.push_back(std::move(words[i]));
    }
    if (rule.owners.empty()) rule.owners = section.owners;
    rules_.push_back(std::move(rule));
  }
}

void Codeowners::read_regexes(std::string_view text) {
  constexpr int64_t kMostMemory = 1 << 18;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMostMemory);
  while (!text.empty() && rules_.size() < kMostRules) {
    const std::string_view line = next_line(text);
    std::vector<std::string> words = words_of(line.substr(0, line.find(" #")));
    if (words.size() < 2 || words.front().starts_with('#')) continue;
    Rule rule;
    std::string pattern = std::move(words.front());
    rule.excludes = pattern.starts_with('!');
    if (rule.excludes) pattern.erase(0, 1);
    rule.regex = std::make_unique<RE2>("^(?:" + pattern + ")$", options);
    if (!rule.regex->ok()) continue;
    for (size_t i = 1; i < words.size(); ++i) {
      if (is_owner(words[i])) rule.owners.push_back(std::move(words[i]));
    }
    rules_.push_back(std::move(rule));
  }
}

// A glob of a directory is about all that is below it, but "docs/*" about no directory in docs.
bool Codeowners::Rule::matches(std::string_view path) const {
  if (regex) return RE2::PartialMatch({path.data(), path.size()}, *regex) != excludes;
  if (matches_ignore_glob(pattern, path)) return true;
  return !pattern.ends_with("/*") && matches_ignore_glob(pattern + "/**", path);
}

std::optional<std::vector<std::string>> Codeowners::owners_of(std::string_view path) const {
  std::optional<std::vector<std::string>> owners;
  if (dialect_ == Dialect::gitea) {
    for (const Rule& rule : rules_) {
      if (!rule.matches(path)) continue;
      if (!owners) owners.emplace();
      add(*owners, rule.owners);
    }
    return owners;
  }
  // The last rule that matches counts, of each section; in GitLab an exclusion counts for all
  // that follows in its section.
  std::map<size_t, const Rule*> last;
  for (const Rule& rule : rules_) {
    const auto known = last.find(rule.section);
    const bool is_out = known != last.end() && known->second->excludes;
    if (!is_out && rule.matches(path)) last[rule.section] = &rule;
  }
  for (const auto& [section, rule] : last) {
    if (!owners) owners.emplace();
    if (!rule->excludes) add(*owners, rule->owners);
  }
  return owners;
}

}  // namespace pushguard
