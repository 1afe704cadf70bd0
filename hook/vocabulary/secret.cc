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

std::string Secret::longer_preview() const {
  constexpr size_t kLongEnough = 24, kShown = 2;
  std::string text = preview();
  if (bytes_.size() < kLongEnough) return text;
  for (const char c : std::string_view(bytes_).substr(bytes_.size() - kShown)) {
    text += c > ' ' && c < 0x7f ? c : '?';
  }
  return text;
}

}  // namespace pushguard
