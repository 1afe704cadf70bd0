// SPDX-License-Identifier: Apache-2.0
// The command line: what people and scripts call; git calls the hook itself.
#pragma once

namespace pushguard {

// Exit code 0; 1 when a check found mistakes; 2 when the call or a file is wrong,
// or when standard output cannot be written. Does not return, but ends by SIGPIPE
// as git does, when the reader of the output is gone.
int run_command_line(int argc, char** argv);

}  // namespace pushguard
