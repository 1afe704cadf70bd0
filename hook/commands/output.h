// SPDX-License-Identifier: Apache-2.0
// Standard output of the commands, where nobody may read it and a disk be full.
#pragma once

#include <system_error>

namespace pushguard {

// Writes what is buffered. Returns `result`; 2, after a message, when any of the
// output could not be written. Ends the program by SIGPIPE when its reader is gone.
int finish_output(int result);

// The same, for a write whose failure was thrown.
int output_failed(const std::error_code& why);

}  // namespace pushguard
