// SPDX-License-Identifier: Apache-2.0
#include "repository/stored_scan.h"

#include <sys/stat.h>

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "repository/state_file.h"
#include "vocabulary/digest.h"
#include "vocabulary/json_writer.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

// The paths in `directory`, sorted; none when it cannot be listed, which the scan then names.
std::vector<fs::path> listed(const fs::path& directory) {
  std::vector<fs::path> paths;
  std::error_code failure;
  for (fs::directory_iterator entry(directory, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    paths.push_back(entry->path());
  }
  std::ranges::sort(paths);
  return paths;
}

void add_objects(Digest& digest, const fs::path& directory) {
  digest.add(directory.native() + '\n');
  for (const fs::path& pack : listed(directory / "pack")) {
    struct stat info {};
    stat(pack.c_str(), &info);
    digest.add(fmt::format("{} {} {}.{}\n", pack.filename().native(), info.st_size,
                           info.st_mtim.tv_sec, info.st_mtim.tv_nsec));
  }
  for (const fs::path& prefix : listed(directory)) {
    if (prefix.filename().native().size() != 2) continue;
    for (const fs::path& loose : listed(prefix)) digest.add(loose.native() + '\n');
  }
}

}  // namespace

std::optional<StoredScan> read_scan(const fs::path& file) {
  const auto content = read_state(file);
  if (!content) return std::nullopt;
  const size_t end = std::min(content->find('\n'), content->size());
  const auto head = nlohmann::json::parse(content->substr(0, end), nullptr, false);
  if (!head.is_object()) return std::nullopt;
  try {
    StoredScan scan;
    scan.signature = head.at("signature");
    scan.exit_code = head.at("exit_code");
    scan.objects = head.at("objects");
    scan.blocked = head.at("blocked");
    scan.warned = head.at("warned");
    scan.skipped = head.at("skipped");
    size_t at = std::min(end + 1, content->size());
    for (auto [text, name] : {std::pair(&scan.errors, "errors"), std::pair(&scan.table, "table"),
                              std::pair(&scan.jsonl, "jsonl")}) {
      *text = content->substr(at, head.at(name));
      at += text->size();
      if (text->size() != head.at(name)) return std::nullopt;
    }
    return scan;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

void write_scan(const fs::path& file, const StoredScan& scan) {
  JsonWriter head;
  head.begin_object().field("signature", scan.signature).field("exit_code", scan.exit_code);
  head.field("objects", scan.objects).field("blocked", scan.blocked);
  head.field("warned", scan.warned).field("skipped", scan.skipped);
  head.field("errors", scan.errors.size()).field("table", scan.table.size());
  head.field("jsonl", scan.jsonl.size()).end();
  replace_file(file, [&, line = head.take() + '\n'](const Put& put) {
    for (const std::string* text : {&line, &scan.errors, &scan.table, &scan.jsonl}) put(*text);
  });
}

std::string signature_of(const Repository& repository, const std::string& rules) {
  Digest digest;
  digest.add(rules + '\n' + repository.shown + '\n');
  for (const RefUpdate& ref : repository.all.updates) {
    digest.add(ref.new_id.hex() + ' ' + ref.ref + '\n');
  }
  for (const fs::path& directory : repository.directories) add_objects(digest, directory);
  std::vector<Oid> shallow(repository.shallow.begin(), repository.shallow.end());
  std::ranges::sort(shallow);
  for (const Oid& id : shallow) digest.add(id.hex());
  return digest.hex();
}

}  // namespace pushguard
