// SPDX-License-Identifier: Apache-2.0
// Records reach the disk before their pushes are answered, several by one sync.
//
// A record is written under the lock of the log, and synced outside it. Who syncs has the lock of
// the log's file, and notes afterwards how many records were written before the sync began. Who
// waits for that lock and finds its own record noted needs no sync of its own. So of pushes at once
// each waits for two syncs at most: one that began before its record was written, and the next.
#pragma once

#include <filesystem>

namespace pushguard {

// Returns when the first `records` records of the log are on disk. `state` and `log` are the open
// `audit.tree` and `audit.jsonl`. Where another process keeps the lock for long, it syncs without.
// Throws Error, which names `path`, when the disk refuses.
void sync_records(int state, int log, uint64_t records, const std::filesystem::path& path);

// The same for the entries of a directory.
void sync_directory(const std::filesystem::path& directory);

}  // namespace pushguard
