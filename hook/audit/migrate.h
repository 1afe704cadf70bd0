// SPDX-License-Identifier: Apache-2.0
// Carries the log of an older program over into the tree.
//
// Each record of pushguard-audit/1, or of /2 without a number, gets its number, the leaf before it
// and a salt, so that retention can remove its personal texts:
//
//     {"format":"pushguard-audit/2","seq":0,"prev":"","migrated":"pushguard-audit/1",...,"salt":""}
//
// The log as it was stays as `before-tree.jsonl`. A record of the log says when that was done. A
// push never does this: it takes such lines into the tree as they are, and their texts stay.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace pushguard {

// Returns how many records were carried over. Holds the lock of the log meanwhile. Throws LogBusy,
// and Error when records of the log have numbers already.
uint64_t migrate_log(const std::filesystem::path& directory,
                     std::chrono::system_clock::time_point now);

}  // namespace pushguard
