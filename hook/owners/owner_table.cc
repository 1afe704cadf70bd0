// SPDX-License-Identifier: Apache-2.0
#include "owners/owner_table.h"

#include <algorithm>
#include <map>

#include "history/commit.h"
#include "objects/tree_entries.h"
#include "vocabulary/path_glob.h"

namespace pushguard {
namespace {

constexpr size_t kMostPaths = 1000;
constexpr uint64_t kLargestFile = 3'000'000;

using Dialect = Codeowners::Dialect;

struct Location {
  std::string_view directory;
  Dialect dialect;  // of a host that is not known
};
constexpr Location kGithub[] = {
    {".github", Dialect::github}, {"", Dialect::github}, {"docs", Dialect::github}};
constexpr Location kGitlab[] = {
    {"", Dialect::gitlab}, {"docs", Dialect::gitlab}, {".gitlab", Dialect::gitlab}};
constexpr Location kGitea[] = {{"", Dialect::gitea},
                               {"docs", Dialect::gitea},
                               {".gitea", Dialect::gitea},
                               {".forgejo", Dialect::gitea}};
constexpr Location kAnywhere[] = {{".github", Dialect::github}, {".gitlab", Dialect::gitlab},
                                  {".gitea", Dialect::gitea},   {".forgejo", Dialect::gitea},
                                  {"", Dialect::github},        {"docs", Dialect::github}};

std::span<const Location> locations(std::optional<Dialect> dialect) {
  if (!dialect) return kAnywhere;
  switch (*dialect) {
    case Dialect::github: return kGithub;
    case Dialect::gitlab: return kGitlab;
    case Dialect::gitea: return kGitea;
  }
  return kAnywhere;
}

std::optional<Oid> entry_of(const Oid& tree, std::string_view name, bool is_tree,
                            ObjectStore& stored) {
  std::optional<Oid> found;
  const auto object = stored.read(tree);
  if (!object || object->type != ObjectType::tree) return found;
  each_entry(object->content, {0, object->content.size()}, tree.size, [&](const TreeEntry& entry) {
    if (entry.name == name && entry.is_tree() == is_tree && !entry.is_gitlink()) found = entry.id();
  });
  return found;
}

std::optional<std::string> read_file(const Oid& tree, std::string_view directory,
                                     ObjectStore& stored) {
  const auto in = directory.empty() ? std::optional(tree) : entry_of(tree, directory, true, stored);
  if (!in) return std::nullopt;
  const auto id = entry_of(*in, "CODEOWNERS", false, stored);
  const auto header = id ? stored.header(*id) : std::nullopt;
  if (!header || header->type != ObjectType::blob || header->size >= kLargestFile) return {};
  auto blob = stored.read(*id);
  return blob ? std::optional(std::move(blob->content)) : std::nullopt;
}

class Table {
 public:
  Table(const Codeowners* file, std::span<const SiteOwner> site, std::string_view repository)
      : file_(file), site_(site), repository_(repository) {}

  void set(Exposure& exposure) {
    for (Place& place : exposure.places) {
      if (place.path.empty()) continue;
      const auto key = std::pair(exposure.rule->provider, place.path.str());
      const auto known = known_.find(key);
      if (known != known_.end()) {
        place.owners = known->second;
      } else if (known_.size() < kMostPaths) {
        place.owners = known_[key] = find(place.path, exposure.rule->provider);
      }
    }
    for (Exposure& partner : exposure.partners) set(partner);
  }

 private:
  static bool holds(const std::optional<std::string>& glob, std::string_view text) {
    return !glob || matches_path_glob(*glob, text);
  }

  SharedText find(std::string_view path, std::string_view provider) const {
    std::vector<std::string> owners;
    if (file_) owners = file_->owners_of(path).value_or(std::vector<std::string>());
    for (const SiteOwner& entry : site_) {
      if (!holds(entry.repository, repository_) || !holds(entry.path, path)) continue;
      if (entry.provider && *entry.provider != provider) continue;
      owners.insert(owners.end(), entry.owners.begin(), entry.owners.end());
    }
    std::string text;
    for (const std::string& owner : owners) text += (text.empty() ? "" : " ") + owner;
    return text;
  }

  const Codeowners* file_;
  std::span<const SiteOwner> site_;
  std::string_view repository_;
  std::map<std::pair<std::string_view, std::string>, SharedText> known_;
};

}  // namespace

std::optional<Dialect> dialect_of(std::string_view pusher_source) {
  if (pusher_source == "GITHUB_USER_LOGIN") return Dialect::github;
  if (pusher_source == "GL_USERNAME" || pusher_source == "GL_ID") return Dialect::gitlab;
  if (pusher_source == "GITEA_PUSHER_NAME") return Dialect::gitea;
  return std::nullopt;
}

std::optional<Codeowners> read_codeowners(const Oid& commit, std::optional<Dialect> dialect,
                                          ObjectStore& stored) {
  const auto object = stored.read(commit);
  if (!object || object->type != ObjectType::commit) return std::nullopt;
  const auto parsed = parse_commit(object->content);
  if (!parsed) return std::nullopt;
  for (const Location& location : locations(dialect)) {
    const auto text = read_file(parsed->tree, location.directory, stored);
    if (text) return std::optional<Codeowners>(std::in_place, *text, location.dialect);
  }
  return std::nullopt;
}

void set_owners(std::vector<Exposure>& exposures, const Codeowners* file,
                std::span<const SiteOwner> site, std::string_view repository) {
  if (!file && site.empty()) return;
  Table table(file, site, repository);
  for (Exposure& exposure : exposures) table.set(exposure);
}

}  // namespace pushguard
