// SPDX-License-Identifier: Apache-2.0
#include "history/template_files.h"

#include <algorithm>

#include "history/commit.h"
#include "history/git_process.h"
#include "objects/tree_entries.h"
#include "templates/environment_file.h"
#include "vocabulary/ascii.h"
#include "vocabulary/path_glob.h"

namespace pushguard {
namespace {

constexpr size_t kMostFiles = 1000;       // more template files are not read,
constexpr size_t kLargestFile = 1 << 20;  // nor are larger ones
constexpr size_t kMostBytes = 8 << 20;    // nor more, in all

struct TemplateFile {
  std::string path, content;
};

bool is_value_byte(char c) { return is_alnum(c) || c == '_'; }

bool stands_in(std::string_view content, std::string_view value) {
  for (size_t at = content.find(value); at != content.npos; at = content.find(value, at + 1)) {
    const size_t end = at + value.size();
    if ((at == 0 || !is_value_byte(content[at - 1])) &&
        (end == content.size() || !is_value_byte(content[end]))) {
      return true;
    }
  }
  return false;
}

std::vector<TemplateFile> read_template_files(const Oid& commit, std::span<const std::string> globs,
                                              ObjectStore& stored, const Limits& limits) {
  std::vector<TemplateFile> files;
  const auto object = stored.read(commit);
  if (!object || object->type != ObjectType::commit) return files;
  const auto parsed = parse_commit(object->content);
  if (!parsed) return files;
  std::vector<std::pair<std::string, Oid>> pending{{"", parsed->tree}};
  OidSet read;
  size_t bytes = 0;
  while (!pending.empty() && files.size() < kMostFiles && !limits.out_of_time()) {
    const auto [directory, id] = std::move(pending.back());
    pending.pop_back();
    const auto tree = stored.read(id);
    if (!tree || tree->type != ObjectType::tree) continue;
    each_entry(tree->content, {0, tree->content.size()}, id.size, [&](const TreeEntry& entry) {
      const std::string path = directory + std::string(entry.name);
      const auto is_path = [&](const std::string& glob) { return matches_path_glob(glob, path); };
      if (entry.is_tree()) return void(pending.emplace_back(path + "/", entry.id()));
      if (entry.is_gitlink() || std::ranges::none_of(globs, is_path) || !is_checked_out(path))
        return;
      const auto header = stored.header(entry.id());
      if (!header || header->size > kLargestFile || bytes + header->size > kMostBytes) return;
      if (!read.insert(entry.id()).second) return;
      bytes += header->size;
      if (auto blob = stored.read(entry.id())) files.push_back({path, std::move(blob->content)});
    });
  }
  return files;
}

}  // namespace

std::optional<Oid> default_branch(const std::filesystem::path& git_dir) {
  const auto output = git_output({"rev-parse", "--verify", "--quiet", "HEAD"}, git_dir);
  if (!output) return std::nullopt;
  return Oid::from_hex(std::string_view(*output).substr(0, output->find('\n')));
}

void approve(std::vector<Exposure>& exposures, const Oid& commit,
             std::span<const std::string> globs, ObjectStore& stored, const Limits& limits) {
  const std::vector<TemplateFile> files = read_template_files(commit, globs, stored, limits);
  const auto look = [&](Exposure& exposure) {
    if (exposure.confidence != Confidence::possible) return;
    if (std::ranges::any_of(exposure.places,
                            [](const Place& place) { return is_environment_file(place.path); })) {
      return;
    }
    for (const TemplateFile& file : files) {
      const auto stands = [&](const Secret& secret) {
        return stands_in(file.content, secret.reveal_for_comparison());
      };
      if (!stands(exposure.secret) && std::ranges::none_of(exposure.written, stands)) continue;
      exposure.approved_in = file.path;
      break;
    }
  };
  for (Exposure& exposure : exposures) {
    if (limits.out_of_time()) return;
    look(exposure);
    for (Exposure& partner : exposure.partners) look(partner);
  }
}

}  // namespace pushguard
