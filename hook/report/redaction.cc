// SPDX-License-Identifier: Apache-2.0
#include "report/redaction.h"

#include <algorithm>

namespace pushguard {

void Redaction::add(const Secret& secret) {
  if (secret.size() == 0) return;
  auto& same = by_head_[std::string(secret.reveal_for_comparison().substr(0, kHead))];
  const auto place = std::ranges::find_if(
      same, [&](const Secret& other) { return other.size() <= secret.size(); });
  if (place == same.end() || *place != secret) same.insert(place, secret);
}

const Secret* Redaction::at_start_of(std::string_view text) const {
  for (size_t length = std::min(kHead, text.size()); length > 0; --length) {
    const auto same = by_head_.find(std::string(text.substr(0, length)));
    if (same == by_head_.end()) continue;
    for (const Secret& secret : same->second) {
      if (text.starts_with(secret.reveal_for_comparison())) return &secret;
    }
  }
  return nullptr;
}

std::string Redaction::apply(std::string_view text) const {
  if (by_head_.empty()) return std::string(text);
  std::string clean;
  while (!text.empty()) {
    const Secret* secret = at_start_of(text);
    clean += secret ? secret->preview() : std::string(1, text[0]);
    text.remove_prefix(secret ? secret->size() : 1);
  }
  return clean;
}

std::string printable(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    if (c < ' ' || c == 0x7f) c = '?';  // bytes over 0x7f are negative
  }
  return plain;
}

}  // namespace pushguard
