// SPDX-License-Identifier: Apache-2.0
// Recognises what git stores objects in, outside a push: whoever reads it as text sees compressed
// bytes, and finds nothing.
//
// By content, not by name: a copy of a pack under any other name holds the same history.
#pragma once

#include <filesystem>
#include <string_view>

namespace pushguard {

// What `content`, a whole file, is for git: "a pack", "a bundle" or "a loose object"; else "".
// Formats: gitformat-pack(5), gitformat-bundle(5), gitformat-loose(5).
std::string_view stored_format(std::string_view content);

// Whether `directory` has objects of git: a pack, or a loose object in a directory of two hex
// digits, or the name of another object directory that it borrows from. One that cannot be read
// has none.
bool is_object_directory(const std::filesystem::path& directory);

}  // namespace pushguard
