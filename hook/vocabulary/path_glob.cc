// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/path_glob.h"

#include <fnmatch.h>

#include <string>

namespace pushguard {

bool matches_path_glob(std::string_view glob, std::string_view path) {
  const bool whole = glob.find('/') != std::string_view::npos;
  const std::string text(whole ? path : path.substr(path.rfind('/') + 1));
  return fnmatch(std::string(glob).c_str(), text.c_str(), 0) == 0;
}

}  // namespace pushguard
