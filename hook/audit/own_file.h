// SPDX-License-Identifier: Apache-2.0
// A file of the audit directory: the log, the key, what was let in.
//
// It is a regular file that lies there itself. A link may lead a record to where nobody reads
// it, and a pipe or a device keeps none; opening one may also wait for ever.
// Rejected: following links that root made (the next one may not be root's).
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "vocabulary/descriptor.h"
#include "vocabulary/error.h"

namespace pushguard {

// Opens it, never waiting; `flags` and `mode` are those of open(2). Nothing when it is missing
// and not to be made. Throws Error, in which `what` names it ("the audit log"), when it cannot
// be opened or is no regular file.
Descriptor open_own_file(const std::filesystem::path& path, std::string_view what, int flags,
                         mode_t mode = 0600);

// The content of `file`, opened as above; throws Error, in which `path` and `what` name it, when it
// cannot be read whole or has more than `most` bytes.
std::string read_own_file(const Descriptor& file, const std::filesystem::path& path,
                          std::string_view what, size_t most);

// Exchanges the file for one with `text`, which is on disk then: `path` with ".new" is in the way
// for that long. One writer at a time. Throws Error; the file is then as it was.
void replace_own_file(const std::filesystem::path& path, std::string_view what,
                      std::string_view text);

// "cannot read the audit log 'PATH': No such file or directory", of errno.
Error file_error(std::string_view doing, std::string_view what, const std::filesystem::path& path);

// "a link", "a FIFO": what a file that is no regular one is.
std::string_view kind_of_file(mode_t mode);

}  // namespace pushguard
