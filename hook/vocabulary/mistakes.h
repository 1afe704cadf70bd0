// SPDX-License-Identifier: Apache-2.0
// All mistakes of a file that a person wrote, told at once.
//
// A reader tries each part of the file by itself, and at the end throws what was
// wrong with any of them: who mends a file sees everything in one run, and who
// only reads what() sees the first few. One mistake reads as if it had been
// thrown alone. Rejected: readers that return mistakes beside a half-read value
// (a caller that does not look at them would run with it).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/error.h"

namespace pushguard {

// `what()` has the first three of what the errors said, and the number of the others.
class FileErrors : public Error {
 public:
  explicit FileErrors(std::vector<std::string> all);  // at least one

  const std::vector<std::string>& all() const { return all_; }

 private:
  std::vector<std::string> all_;
};

class Mistakes {
 public:
  // Calls `read`, and keeps the Error that it throws, of whichever kind.
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
  // For a reader of one file that goes by key: in the order of the places that
  // texts of FileErrors begin with.
  void sort_by_place(std::string_view file);
  // Throws them as FileErrors, if there are any.
  void raise() const;

 private:
  std::vector<std::string> all_;
};

}  // namespace pushguard
