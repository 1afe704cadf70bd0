// SPDX-License-Identifier: Apache-2.0
// A pack and its index as bytes: a hash size, the pack's size, the pack, the index.
#include "fuzz/fuzz.h"
#include "support/pack_writer.h"

namespace pushguard::fuzz {
namespace {

std::string input_of(const std::string& pack, const std::string& index, bool sha256) {
  std::string input(1, sha256 ? '\1' : '\0');
  input += static_cast<char>(pack.size());
  input += static_cast<char>(pack.size() >> 8);
  return input + pack + index;
}

std::string of_writer(const test::PackWriter& writer) {
  const test::ScratchDirectory directory;
  writer.write(directory.path());
  return input_of(read_whole(directory.path() / "pack-x.pack"),
                  read_whole(directory.path() / "pack-x.idx"), false);
}

std::string of_git(const char* format) {
  const test::ScratchDirectory directory;
  const auto& root = directory.path();
  test::git(root, std::string("init -q --object-format=") + format + " .");
  std::string text;
  for (int i = 0; i < 20; ++i) text += "line " + std::to_string(i) + "\n";
  for (int version = 0; version < 3; ++version) {
    test::write_file(root / "file", text + std::to_string(version));
    test::git(root, "add file");
    test::git(root, "commit -q -m change");
  }
  test::git(root, "repack -q -a -d");
  std::string pack, index;
  for (const auto& entry : std::filesystem::directory_iterator(root / ".git/objects/pack")) {
    if (entry.path().extension() == ".pack") pack = read_whole(entry.path());
    if (entry.path().extension() == ".idx") index = read_whole(entry.path());
  }
  return input_of(pack, index, format == std::string("sha256"));
}

}  // namespace

std::vector<std::string> seeds() {
  test::PackWriter chain;
  const size_t first = chain.whole(3, "hello hello");
  chain.delta(first, test::PackWriter::delta_of("hello hello", "hello world"));
  chain.id_delta(first, test::PackWriter::delta_of("hello hello", "bye"));
  chain.foreign_delta(test::PackWriter::delta_of("a", "b"));
  test::PackWriter circle;
  circle.id_delta(1, test::PackWriter::delta_of("x", "y"));
  circle.id_delta(0, test::PackWriter::delta_of("y", "x"));
  return {of_writer(chain), of_writer(circle), of_git("sha1"), of_git("sha256")};
}

void run(std::string_view input) {
  Taker taker(input);
  const size_t hash_size = taker.byte() % 2 == 0 ? 20 : 32;
  const size_t pack_size = taker.number();
  const std::string_view pack = taker.text(pack_size);
  test::write_file(scratch() / "pack/pack-x.pack", pack);
  test::write_file(scratch() / "pack/pack-x.idx", taker.rest());
  CheckedVisitor seen;
  walk(hash_size, seen);
  const bool says_empty = pack.size() >= 12 && pack.substr(8, 4) == std::string_view("\0\0\0\0", 4);
  expect(says_empty || seen.objects + seen.gaps > 0, "a pack is never nothing without a word");
}

}  // namespace pushguard::fuzz
