// SPDX-License-Identifier: Apache-2.0
// Runs the seeds of a fuzzer once, and the inputs that once made it fail. Needs no libFuzzer,
// so the sanitizer build can run it as a test.
// usage: NAME_replay [FILE.hex...]
//
// A file has the bytes of an input as pairs of hex digits, separated by blanks. A line that
// starts with '#' says what was wrong. Hex, because inputs are seldom text.
#include <fmt/format.h>

#include <cstdlib>
#include <sstream>

#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

void replay(std::string_view input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

std::string read_hex(const char* file) {
  std::istringstream lines(pushguard::fuzz::read_whole(file));
  std::string bytes;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream pairs(line);
    for (std::string pair; pairs >> pair;) {
      char* end = nullptr;
      bytes += static_cast<char>(std::strtoul(pair.c_str(), &end, 16));
      if (pair.size() != 2 || *end != '\0') {
        fmt::print(stderr, "{}: '{}' is not two hex digits\n", file, pair);
        std::exit(2);
      }
    }
  }
  if (bytes.empty()) {
    fmt::print(stderr, "{}: it holds no bytes\n", file);
    std::exit(2);
  }
  return bytes;
}

}  // namespace

int main(int count, char** words) {
  const auto seeds = pushguard::fuzz::seeds();
  for (const std::string& seed : seeds) replay(seed);
  for (int i = 1; i < count; ++i) replay(read_hex(words[i]));
  fmt::print("seeds: {}, inputs that once broke it: {}\n", seeds.size(), count - 1);
}
