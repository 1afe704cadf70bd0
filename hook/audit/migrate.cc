// SPDX-License-Identifier: Apache-2.0
#include "audit/migrate.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include <fmt/format.h>

#include "audit/leaf.h"
#include "audit/log.h"
#include "audit/log_files.h"
#include "audit/log_lines.h"
#include "audit/log_sync.h"
#include "audit/new_file.h"
#include "audit/record.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormats[] = {"pushguard-audit/1", "pushguard-audit/2"};

// The line as a record of the tree; as it is where it is no record of an older program.
std::string carried_over(std::string_view line, const TreeState& tree) {
  for (const std::string_view format : kFormats) {
    const std::string start = fmt::format("{{\"format\":\"{}\",", format);
    if (!line.starts_with(start) || !line.ends_with('}')) continue;
    return fmt::format(
        "{{\"format\":\"pushguard-audit/2\",\"seq\":{},\"prev\":\"{}\",\"migrated\":\"{}\",{},"
        "\"salt\":\"{}\"}}",
        tree.edge.size(), tree.edge.size() > 0 ? to_hex(tree.last) : "", format,
        line.substr(start.size(), line.size() - start.size() - 1), new_salt());
  }
  return std::string(line);
}

}  // namespace

uint64_t migrate_log(const fs::path& directory, std::chrono::system_clock::time_point now) {
  uint64_t records = 0;
  AuditLog(directory).under_lock([&](LockedLog& locked) {
    const LogFiles found = open_log_files(directory);
    const fs::path current = AuditLog::log_file(directory);
    if (found.files.size() != 1 || found.files[0].path != current) {
      throw Error(fmt::format("'{}' has several files of a log: put their lines into '{}' in their "
                              "order first",
                              directory.native(), current.native()));
    }
    TreeState tree;
    tree.began = std::time(nullptr);
    NewLogFile file(found.files[0]);
    LogLines lines(found.files[0].file.get(), current, 0);
    while (lines.next()) {
      if (read_head(lines.line())) {
        throw Error(fmt::format("nothing was carried over: '{}' has records with numbers already",
                                current.native()));
      }
      const std::string line = carried_over(lines.line(), tree);
      file.write_line(line);
      tree.append(line, file.size());
      ++records;
    }
    const fs::path before = directory / "before-tree.jsonl";
    if (link(current.c_str(), before.c_str()) != 0) {
      throw Error(
          fmt::format("cannot keep the log as '{}': {}", before.native(), std::strerror(errno)));
    }
    file.put_in_place();
    locked.start_from(tree);
    locked.append([&](const LogState& state) { return render_migration(records, now, state); });
    sync_directory(directory);
  });
  return records;
}

}  // namespace pushguard
