// SPDX-License-Identifier: Apache-2.0
// The key for fingerprints: 32 random bytes in the file `key` of the audit directory, mode
// 0600, made on first use.
#pragma once

#include <filesystem>

#include "vocabulary/fingerprint.h"

namespace pushguard {

// Reads the key. Makes the directory (mode 0700) and the key if they are missing; two hooks
// that do so at the same time get the same key. Throws Error.
SiteKey site_key(const std::filesystem::path& directory);

// Reads the key in `file`, which a person named and which may be a link or a pipe, and makes
// nothing. Throws Error when it is missing, not readable, or
// no key.
SiteKey read_site_key(const std::filesystem::path& file);

// Makes the audit directory, mode 0700, if it is missing. Throws Error.
void make_audit_directory(const std::filesystem::path& directory);

}  // namespace pushguard
