// SPDX-License-Identifier: Apache-2.0
// Compressed streams against the libraries that make them: every byte, at every step and limit.
#include "decode/unpack.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>

#include "support/archives.h"
#include "support/encode.h"

namespace pushguard::test {
namespace {

using End = Unpacked::End;

constexpr Packing kPackings[] = {Packing::deflate, Packing::gzip, Packing::bzip2,
                                 Packing::xz,      Packing::lzma, Packing::zstd};

// Letters without NULs, so that a byte that is lost shows.
std::string random_text(size_t size, std::mt19937::result_type seed) {
  std::mt19937 generator(seed);
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>('A' + generator() % 50);
  return text;
}

}  // namespace

TEST_CASE("every byte of a stream is unpacked, up to any limit") {
  const std::string text = random_text(200'000, 1);
  for (const Packing packing : kPackings) {
    const std::string stream = packed(text, packing);
    for (const size_t most : {0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 131074, 199'999,
                              200'000, 200'001, 1'000'000}) {
      CAPTURE(to_string(packing), most);
      const Unpacked unpacked = unpack_stream(stream + "behind", packing, {most});
      CHECK((unpacked.text == text.substr(0, most)));
      CHECK(unpacked.end == (most < text.size() ? End::cut : End::whole));
      if (most >= text.size()) CHECK(unpacked.taken == stream.size());
    }
  }
}

TEST_CASE("streams of any sizes, one behind the other, with NULs between them") {
  std::mt19937 generator(2);
  for (int i = 0; i < 40; ++i) {
    const Packing packing = kPackings[1 + generator() % 5];
    const size_t count = packing == Packing::lzma ? 1 : 1 + generator() % 4;
    std::string all, streams;
    for (size_t member = 0; member < count; ++member) {
      const size_t steps = generator() % 4;
      const size_t size = std::max<size_t>(steps * 65536 + generator() % 5, 2) - 2;
      const std::string text = random_text(size, generator());
      all += text;
      streams += packed(text, packing) + std::string(generator() % 2 * 8, '\0');
    }
    const size_t most = generator() % 2 == 0 ? 1'000'000 : generator() % (all.size() + 2);
    CAPTURE(to_string(packing), count, all.size(), most);
    const Unpacked unpacked = unpack_streams(streams, packing, {most});
    CHECK((unpacked.text == all.substr(0, most)));
    CHECK(unpacked.end == (most < all.size() ? End::cut : End::whole));
  }
}

TEST_CASE("gzip loses no byte where a step ends") {
  for (const size_t size : {65536, 65537, 65538, 131073, 131074, 131075, 196611}) {
    const std::string text = random_text(size, 3);
    CHECK((unpack_streams(in_gzip(text), Packing::gzip, {size}).text == text));
    CHECK((unpack_streams(in_gzip(text), Packing::gzip, {1 << 20}).text == text));
  }
}

TEST_CASE("damage keeps what came before it") {
  const std::string text = random_text(400'000, 4);
  for (const Packing packing : {Packing::deflate, Packing::gzip, Packing::zstd, Packing::xz}) {
    const std::string stream = packed(text, packing);
    const Unpacked unpacked =
        unpack_stream(stream.substr(0, stream.size() - 20), packing, {1 << 20});
    CAPTURE(to_string(packing));
    CHECK(unpacked.end == End::damaged);
    CHECK(!unpacked.text.empty());
    CHECK((unpacked.text == text.substr(0, unpacked.text.size())));
  }
}

TEST_CASE("a stream that asks for a large window is not unpacked") {
  std::string lzma = packed("text", Packing::lzma);
  lzma.replace(1, 4, std::string("\0\0\0\x10", 4));  // 256 MiB
  CHECK(unpack_stream(lzma, Packing::lzma, {100}).end == End::too_wide);
  // A frame of zstd with a window of 2^28 bytes and one empty block.
  const std::string zstd("\x28\xb5\x2f\xfd\0\x90\1\0\0", 9);
  CHECK(unpack_stream(zstd, Packing::zstd, {100}).end == End::too_wide);
}

TEST_CASE("a file of very many streams is not unpacked to its end") {
  std::string streams;
  for (size_t i = 0; i <= kMostStreams; ++i) streams += packed("x", Packing::gzip);
  const Unpacked unpacked = unpack_streams(streams, Packing::gzip, {1 << 20});
  CHECK(unpacked.end == End::too_many);
  CHECK(unpacked.text.size() == kMostStreams);
}

TEST_CASE("unpacking ends at the deadline") {
  const std::string stream = packed(std::string(1 << 20, 'x'), Packing::gzip);
  const Unpacked unpacked =
      unpack_stream(stream, Packing::gzip, {1 << 20, std::chrono::steady_clock::now()});
  CHECK(unpacked.end == End::out_of_time);
  CHECK(unpacked.text.size() == 65536);
}

}  // namespace pushguard::test
