// SPDX-License-Identifier: Apache-2.0
// A bundle (git-bundle(1)) as a push that git still keeps in quarantine: its objects in a directory
// of their own, with the repository's behind them.
//
// So a push can be judged before anybody makes it, without its time running. The repository gets
// nothing; the directory goes with the value. git prunes it where the process was killed
// (`tmp_` in the object directory).
#pragma once

#include <filesystem>
#include <string>

#include "push/environment.h"

namespace pushguard {

class Bundle {
 public:
  // Unpacks the file `bundle` for the repository `git_dir`. Throws Error when git cannot: it is no
  // bundle, it is damaged, or it needs commits that the repository does not have.
  Bundle(const std::filesystem::path& bundle, const std::filesystem::path& git_dir);
  ~Bundle();
  Bundle(const Bundle&) = delete;
  Bundle& operator=(const Bundle&) = delete;

  // What git would hand to the hook for a push of all its refs as new ones.
  const std::string& input() const { return input_; }
  Environment environment() const;

 private:
  std::filesystem::path git_dir_, quarantine_;
  std::string input_;
};

}  // namespace pushguard
