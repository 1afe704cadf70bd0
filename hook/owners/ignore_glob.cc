// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "owners/codeowners.h"

namespace pushguard {
namespace {

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == path.npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

// One name: '*' is any text, '?' any byte, a byte after '\' itself.
bool matches_name(std::string_view glob, std::string_view name) {
  size_t g = 0, n = 0, star = glob.npos, tried = 0;
  while (n < name.size()) {
    const bool escaped = g + 1 < glob.size() && glob[g] == '\\';
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      tried = n;
    } else if (escaped ? glob[g + 1] == name[n]
                       : g < glob.size() && (glob[g] == '?' || glob[g] == name[n])) {
      g += escaped ? 2 : 1;
      ++n;
    } else if (star != glob.npos) {
      g = star + 1;
      n = ++tried;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

}  // namespace

bool matches_ignore_glob(std::string_view glob, std::string_view path) {
  const auto globs = parts_of(glob), names = parts_of(path);
  // reached[n]: the globs so far match the first n names.
  std::vector<bool> reached(names.size() + 1), next(names.size() + 1);
  reached[0] = true;
  for (size_t g = 0; g < globs.size(); ++g) {
    std::fill(next.begin(), next.end(), false);
    if (globs[g] == "**") {
      const bool is_last = g + 1 == globs.size();  // then it is about what is below only
      bool before = false;
      for (size_t n = 0; n <= names.size(); ++n) {
        next[n] = before || (reached[n] && !is_last);
        before = before || reached[n];
      }
    } else {
      for (size_t n = 0; n < names.size(); ++n) {
        if (reached[n] && matches_name(globs[g], names[n])) next[n + 1] = true;
      }
    }
    reached.swap(next);
  }
  return reached.back();
}

}  // namespace pushguard
