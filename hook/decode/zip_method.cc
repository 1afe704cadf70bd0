// SPDX-License-Identifier: Apache-2.0
#include "decode/zip_method.h"

#include <algorithm>

namespace pushguard {
namespace {

// LZMA in a zip has a header of its own; the .lzma format has another one, with the size.
Unpacked unpack_lzma(const ZipFile& file, std::string_view data, const UnpackBounds& bounds) {
  constexpr size_t kHeader = 9, kProperties = 5;  // version, size of the properties, these
  const bool has_header = data.size() >= kHeader && data[2] == kProperties && data[3] == 0;
  if (!has_header) return {{}, Unpacked::End::damaged, data.size()};
  std::string stream(data.substr(kHeader - kProperties, kProperties));
  const bool ends_by_mark = file.flags & 2;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    stream += ends_by_mark ? '\xff' : static_cast<char>(file.unpacked >> shift & 0xff);
  }
  const size_t added = stream.size();
  stream += data.substr(kHeader);
  Unpacked unpacked = unpack_stream(stream, Packing::lzma, bounds);
  unpacked.taken = kHeader + unpacked.taken - std::min(unpacked.taken, added);
  return unpacked;
}

}  // namespace

bool is_zip_method(uint16_t method) { return method <= 20 || (method >= 93 && method <= 99); }

std::string_view unread_zip_method(const ZipFile& file) {
  if (file.is_encrypted()) return kEncrypted;
  switch (file.method) {
    case 0:
    case 8:
    case 12:
    case 14:
    case 20:
    case 93:
    case 95: return "";
    case 1: return "packed with Shrink, which is not read";
    case 2:
    case 3:
    case 4:
    case 5: return "packed with Reduce, which is not read";
    case 6: return "packed with Implode, which is not read";
    case 9: return "packed with Deflate64, which is not read";
    case 96: return "packed as a JPEG, which is not read";
    case 97: return "packed with WavPack, which is not read";
    case 98: return "packed with PPMd, which is not read";
    case 99: return kEncrypted;
    default: return "packed in an unknown way";
  }
}

Unpacked unpack_zip_file(const ZipFile& file, std::string_view data, const UnpackBounds& bounds) {
  switch (file.method) {
    case 0: {
      Unpacked stored{std::string(data.substr(0, bounds.most))};
      stored.taken = data.size();
      if (stored.text.size() < data.size()) stored.end = Unpacked::End::cut;
      return stored;
    }
    case 8: return unpack_stream(data, Packing::deflate, bounds);
    case 12: return unpack_stream(data, Packing::bzip2, bounds);
    case 14: return unpack_lzma(file, data, bounds);
    case 95: return unpack_stream(data, Packing::xz, bounds);
    default: return unpack_stream(data, Packing::zstd, bounds);
  }
}

}  // namespace pushguard
