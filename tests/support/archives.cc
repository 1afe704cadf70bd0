// SPDX-License-Identifier: Apache-2.0
#include "support/archives.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <stdexcept>

#include "support/encode.h"

namespace pushguard::test {
namespace {

void check(bool holds) {
  if (!holds) throw std::logic_error("an archive for a test could not be made");
}

std::string octal(size_t number) {
  std::string digits;
  for (; number > 0; number /= 8) digits.insert(0, 1, static_cast<char>('0' + number % 8));
  return digits;
}

std::string number(uint64_t value, int size) {
  std::string bytes;
  for (; size > 0; --size, value >>= 8) bytes += static_cast<char>(value & 0xff);
  return bytes;
}

std::string packed_by(std::string_view content, uint16_t method) {
  switch (method) {
    case 0: return std::string(content);
    case 8: return packed(content, Packing::deflate);
    case 12: return packed(content, Packing::bzip2);
    case 93: return packed(content, Packing::zstd);
    default: return packed(content, Packing::xz);
  }
}

}  // namespace

std::string packed(std::string_view content, Packing packing) {
  if (packing == Packing::gzip) return in_gzip(content);
  std::string out(content.size() * 2 + 1000, '\0');
  const auto* in = reinterpret_cast<const uint8_t*>(content.data());
  auto* const to = reinterpret_cast<uint8_t*>(out.data());
  size_t size = 0;
  if (packing == Packing::deflate) {
    z_stream stream{};
    check(deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    stream.next_in = const_cast<Bytef*>(in);
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = to;
    stream.avail_out = static_cast<uInt>(out.size());
    check(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    size = stream.total_out;
    deflateEnd(&stream);
  } else if (packing == Packing::bzip2) {
    auto room = static_cast<unsigned>(out.size());
    check(BZ2_bzBuffToBuffCompress(out.data(), &room, const_cast<char*>(content.data()),
                                   static_cast<unsigned>(content.size()), 1, 0, 0) == BZ_OK);
    size = room;
  } else if (packing == Packing::zstd) {
    size = ZSTD_compress(to, out.size(), in, content.size(), 1);
    check(!ZSTD_isError(size));
  } else if (packing == Packing::xz) {
    check(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, nullptr, in, content.size(), to, &size,
                                  out.size()) == LZMA_OK);
  } else {
    check(packing == Packing::lzma);
    lzma_options_lzma options;
    check(!lzma_lzma_preset(&options, 0));
    lzma_stream stream = LZMA_STREAM_INIT;
    check(lzma_alone_encoder(&stream, &options) == LZMA_OK);
    stream.next_in = in;
    stream.avail_in = content.size();
    stream.next_out = to;
    stream.avail_out = out.size();
    check(lzma_code(&stream, LZMA_FINISH) == LZMA_STREAM_END);
    size = stream.total_out;
    lzma_end(&stream);
  }
  out.resize(size);
  return out;
}

std::string with_checksum(std::string header) {
  header.replace(148, 8, 8, ' ');
  size_t sum = 0;
  for (const char c : header) sum += static_cast<uint8_t>(c);
  const std::string digits = octal(sum);
  header.replace(148, digits.size() + 1, digits + '\0');
  return header;
}

std::string tar_entry(const std::string& name, const std::string& content, char type,
                      const std::string& size, std::string_view magic) {
  std::string header(512, '\0');
  header.replace(0, name.size(), name);
  const std::string digits = octal(content.size());
  const std::string& field = size.empty() ? digits : size;
  header.replace(124, field.size(), field);
  header[156] = type;
  header.replace(257, magic.size(), magic);
  return with_checksum(std::move(header)) + content +
         std::string((512 - content.size() % 512) % 512, '\0');
}

std::string zip_of(const std::vector<ZipMember>& members) {
  std::string files, directory;
  for (const ZipMember& member : members) {
    const std::string data = packed_by(member.content, member.method);
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(member.content.data()),
                           static_cast<uInt>(member.content.size()));
    const std::string sizes =
        number(crc, 4) + number(data.size(), 4) + number(member.content.size(), 4);
    const std::string flags = number(member.descriptor ? 8 : 0, 2) + number(member.method, 2);
    const std::string name = number(member.name.size(), 2);
    directory += "PK\1\2" + number(63, 2) + number(63, 2) + flags + number(0, 4) + sizes + name +
                 number(0, 12) + number(files.size(), 4) + member.name;
    files += "PK\3\4" + number(63, 2) + flags + number(0, 4) +
             (member.descriptor ? number(0, 12) : sizes) + name + number(0, 2) + member.name + data;
    if (member.descriptor) files += "PK\7\x8" + sizes;
  }
  return files + directory + "PK\5\6" + number(0, 4) + number(members.size(), 2) +
         number(members.size(), 2) + number(directory.size(), 4) + number(files.size(), 4) +
         number(0, 2);
}

}  // namespace pushguard::test
