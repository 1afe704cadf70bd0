// SPDX-License-Identifier: Apache-2.0
// The two exceptions of Pushguard.
//
// Both end in a refused push with exit code 2: a hook that cannot decide must not accept.
// Rejected: error codes through every stage (an unread one would accept the push).
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace pushguard {

// Something outside the file being read went wrong. `what()` is one line, in
// git's style: lower case, fact first, subject in quotes, no full stop.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A mistake in a file that a person wrote: configuration or rules.
class FileError : public Error {
 public:
  // `line` and `column` count from 1; 0 says that there is no such place.
  // `source` is the whole file, for the excerpt. `hint` may be empty.
  FileError(std::string_view file, std::string_view source, size_t line, size_t column,
            std::string_view message, std::string_view hint = {});
};

}  // namespace pushguard
