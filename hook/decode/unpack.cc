// SPDX-License-Identifier: Apache-2.0
#include "decode/unpack.h"

#include <algorithm>
#include <array>
#include <bit>

#include "objects/byte_reader.h"

namespace pushguard {
namespace {

using End = Unpacked::End;

End end_of(PackedStream::State state) {
  switch (state) {
    case PackedStream::State::too_wide: return End::too_wide;
    case PackedStream::State::damaged: return End::damaged;
    default: return End::whole;
  }
}

// Appends to the text, up to `bounds.most` bytes in all.
void append_stream(std::string_view content, Packing packing, const UnpackBounds& bounds,
                   Unpacked& result) {
  constexpr size_t kStep = 1 << 16;
  const auto stream = open_packed_stream(
      packing, {reinterpret_cast<const uint8_t*>(content.data()), content.size()});
  for (;;) {
    const size_t before = result.text.size();
    // Where nothing more is kept, one byte tells whether there is more.
    const bool full = before == bounds.most;
    const size_t wanted = full ? 1 : std::min(kStep, bounds.most - before);
    result.text.resize(before + wanted);
    const auto [got, state] =
        stream->read({reinterpret_cast<uint8_t*>(result.text.data()) + before, wanted});
    result.text.resize(before + (full ? 0 : got));
    result.end = full && got > 0 ? End::cut : end_of(state);
    if (result.end != End::whole || state == PackedStream::State::ended) break;
    if (std::chrono::steady_clock::now() >= bounds.deadline) {
      result.end = End::out_of_time;
      break;
    }
  }
  result.taken += content.size() - stream->left();
}

// The header of the .lzma format, which has no magic number: what xz(1) or 7-Zip takes for one.
bool begins_lzma(std::string_view content) {
  constexpr size_t kHeader = 13;
  if (content.size() <= kHeader || content[kHeader] != 0) return false;
  ByteReader header({reinterpret_cast<const uint8_t*>(content.data()), kHeader});
  constexpr unsigned kMostProperties = (4 * 5 + 4) * 9 + 8;
  if (header.u8() > kMostProperties) return false;
  const uint32_t window = header.le32();
  const uint64_t size = header.le64();
  // 2^n or 2^n + 2^(n-1), with no least size, or all bits.
  const uint32_t top = std::bit_floor(window), rest = window - top;
  const bool usual = window == 0xffffffff || (window != 0 && (rest == 0 || rest == top / 2));
  // 7-Zip takes a larger size, but no window of one byte.
  const uint64_t most = uint64_t{1} << (window == 1 ? 38 : 56);
  return usual && (size == UINT64_MAX || size <= most);
}

// Two bytes, which a text may begin with as well. No dictionary: nobody has it.
bool begins_zlib(std::string_view content) {
  constexpr size_t kHeaderAndTrailer = 8;
  if (content.size() < kHeaderAndTrailer || content[0] != 0x78) return false;
  const auto flags = static_cast<uint8_t>(content[1]);
  return (0x7800 + flags) % 31 == 0 && (flags & 0x20) == 0;
}

bool begins_zstd(std::string_view content) {
  if (content.size() < 8) return false;
  const auto byte = [&](size_t at) { return static_cast<uint8_t>(content[at]); };
  if (content.starts_with("\x28\xb5\x2f\xfd")) return true;
  // A skippable frame, or a frame of a version before 0.8.
  if ((byte(0) & 0xf0) == 0x50 && content.substr(1, 3) == "\x2a\x4d\x18") return true;
  return byte(0) >= 0x22 && byte(0) <= 0x27 && content.substr(1, 3) == "\xb5\x2f\xfd";
}

}  // namespace

bool begins_stream(std::string_view content, Packing packing) {
  using namespace std::string_view_literals;
  constexpr size_t kGzipHeaderAndTrailer = 18;
  switch (packing) {
    case Packing::deflate: return false;
    case Packing::zlib: return begins_zlib(content);
    case Packing::gzip:
      return content.size() >= kGzipHeaderAndTrailer && content.starts_with("\x1f\x8b\x08");
    case Packing::bzip2:
      return content.size() >= 14 && content.starts_with("BZh") && content[3] >= '1' &&
             content[3] <= '9' &&
             (content.substr(4, 6) == "\x31\x41\x59\x26\x53\x59"sv ||
              content.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"sv);
    case Packing::xz: return content.starts_with("\xfd\x37zXZ\0"sv);
    case Packing::lzma: return begins_lzma(content);
    case Packing::lzip: return content.size() >= 6 && content.starts_with("LZIP");
    case Packing::zstd: break;
  }
  return begins_zstd(content);
}

Unpacked unpack_stream(std::string_view content, Packing packing, const UnpackBounds& bounds) {
  Unpacked result;
  append_stream(content, packing, bounds, result);
  return result;
}

Unpacked unpack_streams(std::string_view content, Packing packing, const UnpackBounds& bounds) {
  Unpacked result;
  std::string_view rest = content;
  for (size_t streams = 1;; ++streams) {
    append_stream(rest, packing, bounds, result);
    if (result.end != End::whole) return result;
    size_t next = result.taken;
    if (!begins_stream(content.substr(next), packing)) {
      next = content.find_first_not_of('\0', next);
      if (next == content.npos || !begins_stream(content.substr(next), packing)) return result;
    }
    if (streams == kMostStreams) {
      result.end = End::too_many;
      return result;
    }
    result.taken = next;
    rest = content.substr(next);
    if (std::chrono::steady_clock::now() < bounds.deadline) continue;
    result.end = End::out_of_time;
    return result;
  }
}

}  // namespace pushguard
