// SPDX-License-Identifier: Apache-2.0
#include "audit/log_files.h"

#include <fcntl.h>

#include <algorithm>

#include <fmt/format.h>

#include "audit/leaf.h"
#include "audit/log_lines.h"
#include "audit/own_file.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPackers[] = {".gz", ".bz2", ".xz", ".zst", ".lz4"};

bool is_log_name(std::string_view name) {
  return name.starts_with("audit") && name.find(".jsonl") != name.npos && !name.ends_with(".torn");
}

uint64_t first_record(const Descriptor& file, const fs::path& path) {
  LogLines lines(file.get(), path, 0);
  const auto head = lines.next() ? read_head(lines.line()) : std::nullopt;
  return head ? head->seq : 0;
}

}  // namespace

LogFiles open_log_files(const fs::path& directory) {
  LogFiles found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(directory, failure)) {
    const std::string name = entry.path().filename();
    if (!is_log_name(name)) continue;
    if (std::ranges::any_of(kPackers, [&](std::string_view end) { return name.ends_with(end); })) {
      found.packed.push_back(entry.path());
      continue;
    }
    LogFile one{entry.path(), open_own_file(entry.path(), "the audit log", O_RDONLY)};
    if (!one.file) continue;  // rotated away meanwhile
    one.first = first_record(one.file, one.path);
    found.files.push_back(std::move(one));
  }
  if (failure) {
    throw Error(fmt::format("cannot read the audit directory '{}': {}", directory.native(),
                            failure.message()));
  }
  if (found.files.empty())
    throw Error(fmt::format("there is no audit log in '{}'", directory.native()));
  std::ranges::sort(found.files, {}, [](const LogFile& one) {
    const bool is_current = one.path.filename() == "audit.jsonl";
    return std::make_tuple(one.first, is_current, one.path);
  });
  std::ranges::sort(found.packed);
  return found;
}

fs::path rotated_file(const fs::path& directory, uint64_t first) {
  return directory / fmt::format("audit-{:012}.jsonl", first);
}

}  // namespace pushguard
