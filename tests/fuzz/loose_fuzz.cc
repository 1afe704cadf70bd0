// SPDX-License-Identifier: Apache-2.0
// A loose object's file: any bytes, or any bytes well compressed.
#include "fuzz/fuzz.h"
#include "objects/loose.h"
#include "support/pack_writer.h"

namespace pushguard::fuzz {
namespace {

std::string compressed(std::string_view content) {
  const auto bytes = test::PackWriter::deflate(content);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

// 'r' and the bytes of the file, or 'c' and bytes to compress.
std::vector<std::string> seeds() {
  using namespace std::string_literals;
  std::vector<std::string> inputs;
  const std::string contents[] = {"blob 5\0hello"s, "tree 0\0"s, "commit 3\0abc"s,
                                  "blob 99999999999\0x"s};
  for (const std::string& content : contents) {
    inputs.push_back("c" + content);
    inputs.push_back("r" + compressed(content));
  }
  return inputs;
}

void run(std::string_view input) {
  Taker taker(input);
  const bool raw = taker.byte() == 'r';
  const std::string_view rest = taker.rest();
  const auto file = scratch() / "ab" / std::string(38, 'c');
  test::write_file(file, raw ? std::string(rest) : compressed(rest));
  CheckedVisitor seen;
  walk(20, seen);
  expect(seen.objects + seen.gaps == 1, "a loose object is handed over once, or named");
  if (seen.objects == 0) return;
  const LooseObject again = read_loose(file, true);
  expect(again.content == seen.contents[0], "it is read once more as it was");
  expect(again.size == read_loose(file, false).size, "its header says its size");
}

}  // namespace pushguard::fuzz
