// SPDX-License-Identifier: Apache-2.0
// What `pushguard scan` looks at: each returns the exit code.
#pragma once

#include "commands/scan_setup.h"
#include "repository/repository_scan.h"

namespace pushguard {

int scan_files_command(const ScanOptions& options);
int scan_repository_command(const ScanOptions& options);
int scan_all_command(const ScanOptions& options);

// Of all objects of a repository that are held at once, unless the configuration says less: what
// is larger is read in parts, or named.
inline constexpr uint64_t kRepositoryMemory = uint64_t{192} << 20;

// For one of `at_once` repositories that are scanned at the same time. `setup` must outlive it.
RepositorySettings repository_settings(const ScanSetup& setup, const ScanOptions& options,
                                       std::optional<SiteKey> key, unsigned at_once = 1);

}  // namespace pushguard
