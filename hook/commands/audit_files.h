// SPDX-License-Identifier: Apache-2.0
// Files that the audit commands read and write beside the log: keys, checkpoints, proofs.
//
// They may be links, as Kubernetes mounts keys; the log may not.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tlog/note.h"

namespace pushguard {

// A key, a checkpoint or a proof: at most 1 MiB. Throws Error.
std::string read_key_file(const std::filesystem::path& file);

// Writes `text` to a new file beside `file`, syncs it and renames it: a reader has the old or the
// new one, whole. Throws Error.
void exchange_file(const std::filesystem::path& file, const std::string& text);

// Who signed, by the first signature: "NAME+ID".
std::string signer_of(const Note& note);

// The line of record `seq`. Throws Error when no file of the log has it.
std::string find_record(const std::filesystem::path& directory, uint64_t seq);

// Makes a key of this name in `file`, which only its owner can read, and its public half in
// `file`.pub. Refuses a folder that others than root and the caller can write, and a caller who
// owns `log`, the audit directory: who writes the log must not sign it. Throws Error.
int make_key(const std::filesystem::path& file, const std::optional<std::string>& name,
             const std::optional<std::filesystem::path>& log);

}  // namespace pushguard
