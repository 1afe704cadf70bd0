// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "fuzz/fuzz.h"
#include "objects/quarantine.h"
#include "rules/built_in.h"
#include "support/git.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"

namespace pushguard::fuzz {
namespace fs = std::filesystem;

void expect(bool holds, const char* what) {
  if (holds) return;
  fmt::print(stderr, "does not hold: {}\n", what);
  std::abort();
}

uint8_t Taker::byte() {
  const std::string_view one = text(1);
  return one.empty() ? 0 : static_cast<uint8_t>(one.front());
}

std::string_view Taker::text(size_t size) {
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(taken.size());
  return taken;
}

const fs::path& scratch() {
  static const test::ScratchDirectory directory;
  return directory.path();
}

std::string read_whole(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void CheckedVisitor::object(const Object& object) {
  ++objects;
  contents.emplace_back(object.content);
  expect(object.type != ObjectType::unknown, "an object has a type");
  size_t end = 0;
  for (const Copy& copy : object.copies) {
    expect(copy.size >= (object.type == ObjectType::tree ? 1 : kShortestCopy),
           "a copy is worth telling");
    expect(copy.begin >= end, "copies ascend and do not overlap");
    expect(copy.end() <= object.content.size(), "a copy is within the content");
    expect(copy.base <= object.base_size && copy.size <= object.base_size - copy.base,
           "a copy is within its base");
    end = copy.end();
  }
}

void CheckedVisitor::unscanned(Unscanned what) {
  ++gaps;
  expect(!what.detail.empty(), "a gap says what is wrong");
  expect(what.detail.find('\n') == std::string::npos, "a gap's detail is one line");
}

void walk(size_t hash_size, CheckedVisitor& visitor) {
  Limits limits;
  limits.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  Quarantine(scratch(), hash_size).visit(limits, visitor);
}

}  // namespace pushguard::fuzz

// The first argument that is no option is the corpus directory. The seeds are written there.
extern "C" int LLVMFuzzerInitialize(int* count, char*** words) {
  for (int i = 1; i < *count; ++i) {
    const std::filesystem::path corpus = (*words)[i];
    if (corpus.native().starts_with('-') || !is_directory(corpus)) continue;
    for (const std::string& seed : pushguard::fuzz::seeds()) {
      pushguard::test::write_file(corpus / pushguard::sha256_hex(seed), seed);
    }
    break;
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    pushguard::fuzz::run({reinterpret_cast<const char*>(data), size});
  } catch (const pushguard::Error& error) {
    pushguard::fuzz::expect(*error.what() != '\0', "an error says what is wrong");
  }
  return 0;
}
