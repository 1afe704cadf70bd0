// SPDX-License-Identifier: Apache-2.0
// Files of a state directory: each is whole or not there, whenever the process is killed.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "vocabulary/descriptor.h"

namespace pushguard {

// Makes `directory`, mode 0700, if it is missing. Throws Error when somebody else owns it or may
// write to it: they could have secrets overlooked.
void make_state_directory(const std::filesystem::path& directory);

// A lock that ends with its descriptor, or nothing when another process has it and `wait` is
// false. Throws Error when `file` cannot be made.
std::optional<Descriptor> lock_file(const std::filesystem::path& file, bool wait);

// Writes a file beside `file` by what `write` gives, syncs it, and puts it in the place of `file`.
// Throws Error.
using Put = std::function<void(std::string_view bytes)>;
void replace_file(const std::filesystem::path& file, const std::function<void(const Put&)>& write);

// The content; nothing when there is no such file. Throws Error when it cannot be read.
std::optional<std::string> read_state(const std::filesystem::path& file);

// A name for the state of what is at `path`: the digest of the path.
std::string state_name(const std::filesystem::path& path);

}  // namespace pushguard
