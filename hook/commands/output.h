// SPDX-License-Identifier: Apache-2.0
// Standard output of the commands, whose reader may be gone and whose disk may be full.
#pragma once

#include <system_error>

namespace pushguard {

// Flushes standard output and returns the exit code: `result`, or, after a message, 2 when any
// of the output could not be written. Ends the program by SIGPIPE when the reader is gone.
int finish_output(int result);

// Reports the failed write `why` in the same way; returns 2.
int output_failed(const std::error_code& why);

}  // namespace pushguard
