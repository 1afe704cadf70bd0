// A loose object's file: any bytes, or any bytes well compressed.
#include "fuzz/fuzz.h"
#include "support/pack_writer.h"

namespace pushguard::fuzz {
namespace {

std::string compressed(std::string_view content) {
  const auto bytes = test::PackWriter::deflate(content);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

// The first byte chooses.
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
  test::write_file(scratch() / "ab" / std::string(38, 'c'),
                   raw ? std::string(rest) : compressed(rest));
  CheckedVisitor seen;
  walk(20, seen);
  expect(seen.objects + seen.gaps == 1, "a loose object is handed over once, or named");
}

}  // namespace pushguard::fuzz
