#include "report/redaction.h"

#include <algorithm>

namespace pushguard {

void Redaction::add(const Secret& secret) {
  if (secret.size() == 0) return;
  const auto place = std::ranges::find_if(
      secrets_, [&](const Secret& other) { return other.size() <= secret.size(); });
  secrets_.insert(place, secret);
}

std::string Redaction::apply(std::string_view text) const {
  std::string clean(text);
  for (const Secret& secret : secrets_) {
    const std::string_view bytes = secret.reveal_for_comparison();
    const std::string preview = secret.preview();
    for (size_t at = clean.find(bytes); at != clean.npos; at = clean.find(bytes, at)) {
      clean.replace(at, bytes.size(), preview);
      at += preview.size();
    }
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
