// SPDX-License-Identifier: Apache-2.0
// Well-formed archives with edits from the input, and any bytes. Reading one ends within the
// limits, and names what it left out.
//
// An input is the number of an archive and then edits: a place, a kind, and bytes. The last
// number stands for no archive: the rest of the input is one.
#include "decode/archive.h"

#include "fuzz/fuzz.h"
#include "support/archives.h"
#include "support/encode.h"

namespace pushguard::fuzz {
namespace {

const std::vector<std::string>& archives() {
  using namespace test;
  static const std::vector<std::string> all = [] {
    const std::string text = "name: value\ntoken: something that is long enough to count\n";
    const std::string tar = tar_entry("a.txt", text) + tar_entry("d/", "", '5') +
                            tar_entry("pax", "16 path=long.txt\n", 'x') +
                            tar_entry("b.gz", in_gzip(text)) + tar_entry("L", "longer", 'L') +
                            tar_entry("c", text, '7', {}, "") + std::string(1024, '\0');
    const std::string zip = zip_of({{"a.txt", text},
                                    {"d/", "", 0},
                                    {"b.txt", text, 8, true},
                                    {"c.txt", text, 12},
                                    {"e.txt", text, 93},
                                    {"f.txt", text, 95},
                                    {"g.txt", text, 0}});
    std::vector<std::string> made{
        zip, "#!/bin/sh\n" + zip, zip_of({{"a.jar", zip, 0}, {"b.jar", zip, 8, true}}),
        tar, tar + tar,           tar_entry("a.zip", zip) + std::string(1024, '\0')};
    for (const Packing packing :
         {Packing::gzip, Packing::bzip2, Packing::xz, Packing::lzma, Packing::zstd}) {
      made.push_back(packed(text, packing) + packed(text, packing));
      made.push_back(packed(tar, packing));
    }
    return made;
  }();
  return all;
}

std::string edited(std::string_view input) {
  Taker taker(input);
  const size_t number = taker.byte() % (archives().size() + 1);
  if (number == archives().size()) return std::string(taker.rest());
  std::string archive = archives()[number];
  while (!taker.empty() && !archive.empty()) {
    const size_t at = taker.number() % archive.size();
    const uint8_t kind = taker.byte();
    const std::string some(taker.text(kind / 4 % 16));
    switch (kind % 4) {
      case 0: archive.replace(at, std::min(some.size(), archive.size() - at), some); break;
      case 1: archive.insert(at, some); break;
      case 2: archive.erase(at, kind / 4); break;
      default: archive += archive.substr(at, 2048);
    }
    constexpr size_t kMost = size_t{1} << 20;
    if (archive.size() > kMost) break;
  }
  return archive;
}

void look_into(std::string_view content, ArchiveReader& reader, uint32_t layer, size_t& unpacked,
               size_t& files) {
  const Limits limits;
  for (const ArchiveKind kind : archive_kinds(content)) {
    reader.read(
        content, kind,
        [&](std::string_view name, std::string_view file) {
          expect(name.data() != nullptr || name.empty(), "a name is a text");
          expect(file.size() <= limits.archive_bytes, "a file is within its limit");
          unpacked += file.size();
          ++files;
          if (layer < limits.archive_layers) look_into(file, reader, layer + 1, unpacked, files);
        },
        [](Cause cause, const std::string& detail) {
          expect(why_of_gap(cause) == Why::archive, "what is left out is told as of an archive");
          expect(!detail.empty() && detail.size() < 400, "a gap is told in short");
        });
  }
}

}  // namespace

std::vector<std::string> seeds() {
  std::vector<std::string> all;
  for (size_t i = 0; i <= archives().size(); ++i) {
    all.push_back(std::string(1, static_cast<char>(i)));
    if (i == archives().size()) continue;
    all.push_back(static_cast<char>(i) + std::string("\x30\0\4\1", 4));
    all.push_back(static_cast<char>(archives().size()) + archives()[i]);
  }
  return all;
}

void run(std::string_view input) {
  const std::string content = edited(input);
  const Limits limits;
  ArchiveReader reader(limits);
  size_t unpacked = 0, files = 0;
  look_into(content, reader, 1, unpacked, files);
  // The last file may reach over the limit for all.
  expect(unpacked <= limits.decoded_bytes + limits.archive_bytes, "no more than the limit");
  expect(files <= size_t{2} * limits.archive_entries, "no more files than the limit");
}

}  // namespace pushguard::fuzz
