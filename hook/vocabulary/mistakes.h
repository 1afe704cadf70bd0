// SPDX-License-Identifier: Apache-2.0
// Collects all mistakes of a file that a person wrote, to report them together.
//
// A reader passes each part of the file to attempt(), then calls raise(), which throws one
// FileErrors with everything that was wrong. Its what() has the first few mistakes; with a
// single mistake it equals that mistake's text. Rejected: readers that return mistakes
// together with a half-read value (a caller that ignores them would use that value).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/error.h"

namespace pushguard {

// what() has the first three mistakes, a line each, and the number of the others.
class FileErrors : public Error {
 public:
  explicit FileErrors(std::vector<std::string> all);  // `all` must not be empty

  const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
};

class Mistakes {
 public:
  // Calls `read`. Catches an Error that it throws and keeps its text, or, of FileErrors, all
  // texts. Other exceptions pass.
  template <typename Read>
  void attempt(Read&& read) {
    try {
      read();
    } catch (const FileErrors& errors) {
      all_.insert(all_.end(), errors.all().begin(), errors.all().end());
    } catch (const Error& error) {
      all_.emplace_back(error.what());
    }
  }

  bool empty() const { return all_.empty(); }
  // Sorts by line and column. `file` is the name that the texts begin with ("FILE:LINE:COLUMN:
  // ..."); texts without a place come first. For readers that go through a file key by key.
  void sort_by_place(std::string_view file);
  // Throws FileErrors with all mistakes; returns when there are none.
  void raise() const;

 private:
  std::vector<std::string> all_;
};

}  // namespace pushguard
