// SPDX-License-Identifier: Apache-2.0
#include "examples/random_text.h"

#include <iterator>

namespace pushguard {

uint64_t RandomText::next() {
  state_ += 0x9e3779b97f4a7c15;
  uint64_t mixed = state_;
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
  return mixed ^ mixed >> 31;
}

std::string RandomText::bytes(size_t count) {
  std::string bytes;
  while (bytes.size() < count) bytes += static_cast<char>(next() >> 56);
  return bytes;
}

void RandomText::append(std::string& text, std::string_view alphabet, size_t count) {
  const size_t end = text.size() + count;
  while (text.size() < end) {
    text += alphabet[next() % alphabet.size()];
    const size_t tail = text.size() < 4 ? text.size() : 4;
    if (has_run(std::string_view(text).substr(text.size() - tail))) text.pop_back();
  }
}

std::string RandomText::characters(std::string_view alphabet, size_t count) {
  std::string text;
  append(text, alphabet, count);
  return text;
}

std::string_view RandomText::word() {
  constexpr std::string_view kWords[] = {
      "amber",  "basalt",  "canopy",  "copper",  "drift",  "ember",  "falcon", "garnet",
      "harbor", "juniper", "kestrel", "lantern", "marble", "nectar", "orchid", "pewter"};
  return kWords[next() % std::size(kWords)];
}

bool has_run(std::string_view text) {
  constexpr size_t kRun = 4;
  size_t length = 1;  // the length of the run that ends at i
  int step = 0;
  for (size_t i = 1; i < text.size(); ++i) {
    const int now = text[i] - text[i - 1];
    length = now >= -1 && now <= 1 ? (now == step && length > 1 ? length + 1 : 2) : 1;
    step = now;
    if (length >= kRun) return true;
  }
  return false;
}

}  // namespace pushguard
