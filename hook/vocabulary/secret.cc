// SPDX-License-Identifier: Apache-2.0
#include "vocabulary/secret.h"

#include <algorithm>

namespace pushguard {

std::string Secret::preview() const {
  const size_t shown = std::min<size_t>(4, bytes_.size() / 4);
  std::string text;
  for (const char c : std::string_view(bytes_).substr(0, shown)) {
    text += c > ' ' && c < 0x7f ? c : '?';
  }
  return text + "********";
}

}  // namespace pushguard
