// SPDX-License-Identifier: Apache-2.0
#include "validators/kustomize_literals.h"

#include <algorithm>

#include "layouts/text.h"

namespace pushguard {
namespace {

using std::string_view;

// `- KEY=V`, `- "KEY=V"`: the place of V in `line`, which begins at `at` with the dash.
Range literal_in(string_view text, size_t at, size_t end) {
  size_t begin = skip_blanks(text, at + 1);
  const bool quoted = begin < end && is_quote(text[begin]);
  const size_t divider = text.substr(0, end).find('=', begin);
  if (divider == text.npos) return {end, end};
  size_t last = end;
  while (last > divider + 1 && is_space(text[last - 1])) --last;
  if (quoted && last > divider + 1 && text[last - 1] == text[begin]) --last;
  return {divider + 1, last};
}

}  // namespace

bool read_kustomize_literals(string_view content, Range generator, uint64_t& bytes,
                             std::vector<Range>& values) {
  constexpr string_view kLiterals = "literals:";
  const string_view text = content.substr(0, generator.end + kKustomizeReach);
  const size_t size = text.size() - generator.end;
  if (bytes < size) return false;
  bytes -= size;
  bool in_literals = false;
  for (size_t at = line_end(text, generator.end); at < text.size();) {
    const size_t begin = ++at;
    at = line_end(text, begin);
    const size_t first = skip_blanks(text, begin);
    if (first >= at) continue;
    if (text[first] == '#') continue;
    const string_view line = text.substr(first, at - first);
    if (first == begin && text[first] != '-') return true;  // the next key of the file
    const bool is_item = line.starts_with("- ");
    if (is_item && in_literals && line.find('=') != line.npos) {
      // It may go on behind what was read.
      const Range value = literal_in(text, first, at);
      if (value.size() > 0 && at < generator.end + kKustomizeReach) values.push_back(value);
      continue;
    }
    in_literals = line.ends_with(kLiterals);
  }
  return true;
}

}  // namespace pushguard
