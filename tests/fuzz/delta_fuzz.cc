// SPDX-License-Identifier: Apache-2.0
// Packs in git's format whose entries have streams, sizes and bases from the input. The targets
// of deltas are compared with those of a simple implementation.
#include <algorithm>
#include <optional>

#include "fuzz/fuzz.h"
#include "support/pack_writer.h"

namespace pushguard::fuzz {
namespace {

std::optional<uint64_t> take_size(Taker& delta) {
  uint64_t size = 0;
  for (int shift = 0; shift < 63; shift += 7) {
    if (delta.empty()) return std::nullopt;
    const uint8_t byte = delta.byte();
    size |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return size;
  }
  return std::nullopt;
}

// The target of a delta, by a simple implementation of gitformat-pack(5), "Deltified
// representation". Nothing when the delta is wrong.
std::optional<std::string> target_of(const std::string& base, std::string_view bytes) {
  Taker delta(bytes);
  const auto base_size = take_size(delta), target_size = take_size(delta);
  if (!target_size || base_size != base.size()) return std::nullopt;
  std::string target;
  while (!delta.empty()) {
    const uint8_t code = delta.byte();
    if (code == 0) return std::nullopt;
    if (code < 0x80) {
      const std::string_view text = delta.text(code);
      if (text.size() != code) return std::nullopt;
      target += text;
    } else {
      uint64_t fields[7] = {};
      for (int i = 0; i < 7; ++i) {
        if ((code >> i & 1) == 0) continue;
        if (delta.empty()) return std::nullopt;
        fields[i] = delta.byte();
      }
      const uint64_t from = fields[0] | fields[1] << 8 | fields[2] << 16 | fields[3] << 24;
      uint64_t size = fields[4] | fields[5] << 8 | fields[6] << 16;
      if (size == 0) size = 0x10000;
      if (from > base.size() || size > base.size() - from) return std::nullopt;
      target += base.substr(from, size);
    }
    if (target.size() > *target_size) return std::nullopt;
  }
  return target.size() == *target_size ? std::optional(target) : std::nullopt;
}

// One entry in the input: its kind, its base, a size N, and N bytes.
std::string entry(char kind, char base, std::string_view bytes) {
  std::string text{kind, base};
  text += static_cast<char>(bytes.size());
  text += static_cast<char>(bytes.size() >> 8);
  return text.append(bytes);
}

struct Known {
  std::optional<std::string> content;
};

}  // namespace

std::vector<std::string> seeds() {
  const std::string one(300, 'a'), two = one.substr(0, 150) + "b" + one;
  const std::string delta = test::PackWriter::delta_of(one, two);
  const std::string circle = test::PackWriter::delta_of("x", "y");
  return {entry(0, 0, one) + entry(1, 0, delta), entry(0, 0, one) + entry(2, 0, delta),
          entry(0, 0, one) + entry(1, 0, delta) + entry(1, 1, test::PackWriter::delta_of(two, one)),
          entry(2, 1, circle) + entry(2, 0, circle), entry(3, 0, "not zlib") + entry(4, 9, one)};
}

void run(std::string_view input) {
  Taker taker(input);
  test::PackWriter pack;
  std::vector<Known> known;
  while (!taker.empty() && known.size() < 100) {
    const uint8_t kind = taker.byte() % 5, base = taker.byte();
    const std::string bytes(taker.text(taker.number()));
    Known mine;
    if ((kind == 1 || kind == 2) && base < known.size()) {
      kind == 1 ? pack.delta(base, bytes) : pack.id_delta(base, bytes);
      if (known[base].content) mine.content = target_of(*known[base].content, bytes);
    } else if (kind == 2) {
      // The base may come later or never, or may depend on this entry. No result is expected.
      pack.id_delta(base, bytes);
    } else if (kind == 3) {
      pack.raw(1 + base % 4, bytes.size(), {bytes.begin(), bytes.end()});
    } else if (kind == 4) {
      pack.raw(1 + base % 4, uint64_t{base} << (base % 60), test::PackWriter::deflate(bytes));
    } else {
      pack.whole(1 + base % 4, bytes);
      mine.content = bytes;
    }
    known.push_back(std::move(mine));
  }
  if (known.empty()) return;
  pack.write(scratch() / "pack");
  CheckedVisitor seen;
  walk(20, seen);
  expect(seen.objects + seen.gaps == known.size(), "each entry is handed over once, or named");
  for (const Known& one : known) {
    if (!one.content) continue;
    expect(std::ranges::find(seen.contents, *one.content) != seen.contents.end(),
           "what a plain reading makes, the walk makes");
  }
}

}  // namespace pushguard::fuzz
