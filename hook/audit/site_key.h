// SPDX-License-Identifier: Apache-2.0
// The key under which secrets get their fingerprints: 32 random bytes in the
// file `key` of the audit directory, mode 0600, made on first use.
#pragma once

#include <filesystem>

#include "vocabulary/fingerprint.h"

namespace pushguard {

// Makes the directory (0700) and the key where they are missing. Two hooks that
// start at once end up with the same key. Throws Error.
SiteKey site_key(const std::filesystem::path& directory);

// The key that is in `file`; nothing is made. Throws Error when it is missing,
// not readable, or not a key.
SiteKey read_site_key(const std::filesystem::path& file);

// Makes the audit directory, mode 0700, if it is missing. Throws Error.
void make_audit_directory(const std::filesystem::path& directory);

}  // namespace pushguard
