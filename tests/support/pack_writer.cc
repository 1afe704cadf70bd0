// SPDX-License-Identifier: Apache-2.0
#include "support/pack_writer.h"

#include <zlib.h>

#include <algorithm>

namespace pushguard::test {
namespace {

void be32(std::vector<uint8_t>& out, uint64_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<uint8_t>(value >> shift));
}

void varint(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

template <typename Bytes>
void append(std::vector<uint8_t>& out, const Bytes& bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

}  // namespace

void PackWriter::header(unsigned type, uint64_t size) {
  offsets_.push_back(pack_.size());
  auto byte = static_cast<uint8_t>(type << 4 | (size & 15));
  for (size >>= 4; size > 0; size >>= 7) {
    pack_.push_back(byte | 0x80);
    byte = size & 0x7f;
  }
  pack_.push_back(byte);
}

size_t PackWriter::raw(unsigned type, uint64_t size, const std::vector<uint8_t>& stream) {
  header(type, size);
  append(pack_, stream);
  return offsets_.size() - 1;
}

size_t PackWriter::whole(unsigned type, std::string_view content) {
  return raw(type, content.size(), deflate(content));
}

size_t PackWriter::delta(size_t base, std::string_view delta) {
  header(6, delta.size());
  uint64_t back = offsets_.back() - offsets_[base];
  std::vector<uint8_t> bytes{static_cast<uint8_t>(back & 0x7f)};
  while (back >>= 7) bytes.insert(bytes.begin(), static_cast<uint8_t>(0x80 | (--back & 0x7f)));
  append(pack_, bytes);
  append(pack_, deflate(delta));
  return offsets_.size() - 1;
}

size_t PackWriter::id_delta(size_t base, std::string_view delta) {
  header(7, delta.size());
  append(pack_, id_of(base));
  append(pack_, deflate(delta));
  return offsets_.size() - 1;
}

size_t PackWriter::foreign_delta(std::string_view delta) { return id_delta(0xffffff, delta); }

std::vector<uint8_t> PackWriter::id_of(size_t entry) {
  std::vector<uint8_t> id;
  for (int i = 0; i < 5; ++i) be32(id, entry + 1);
  return id;
}

std::vector<uint8_t> PackWriter::deflate(std::string_view content) {
  uLongf size = compressBound(content.size());
  std::vector<uint8_t> out(size);
  compress(out.data(), &size, reinterpret_cast<const Bytef*>(content.data()), content.size());
  out.resize(size);
  return out;
}

std::string PackWriter::delta_of(std::string_view base, std::string_view target) {
  const auto copy = [](size_t offset, size_t size) {
    std::string text;
    if (size == 0) return text;
    text += '\xbf';  // four bytes of offset and two of size come next
    for (int i = 0; i < 4; ++i) text += static_cast<char>(offset >> (8 * i));
    text += static_cast<char>(size);
    text += static_cast<char>(size >> 8);
    return text;
  };
  const size_t most = std::min({base.size(), target.size(), size_t{0xffff}});
  size_t head = 0, tail = 0;
  while (head < most && base[head] == target[head]) ++head;
  while (tail < most - head && base[base.size() - 1 - tail] == target[target.size() - 1 - tail])
    ++tail;
  std::string delta;
  varint(delta, base.size());
  varint(delta, target.size());
  delta += copy(0, head);
  for (std::string_view rest = target.substr(head, target.size() - head - tail); !rest.empty();) {
    const std::string_view part = rest.substr(0, 127);
    delta += static_cast<char>(part.size());
    delta += part;
    rest.remove_prefix(part.size());
  }
  return delta + copy(base.size() - tail, tail);
}

void PackWriter::write(const std::filesystem::path& directory) const {
  std::vector<uint8_t> pack = pack_, head{'P', 'A', 'C', 'K'};
  be32(head, 2);
  be32(head, offsets_.size() + (lie_ == Lie::count ? 1 : 0));
  std::ranges::copy(head, pack.begin());
  pack.resize(pack.size() + 20);

  std::vector<uint8_t> index{0xff, 't', 'O', 'c'};
  be32(index, 2);
  // All ids start with zero bytes, so every fan-out entry is the number of all.
  for (int i = 0; i < 256; ++i) be32(index, offsets_.size());
  for (size_t i = 0; i < offsets_.size(); ++i) {
    append(index, id_of(lie_ == Lie::unsorted ? offsets_.size() - i : i));
  }
  for (size_t i = 0; i < offsets_.size(); ++i) be32(index, 0);
  for (const uint64_t offset : offsets_) {
    be32(index, lie_ == Lie::offset_past_end ? offset + pack.size()
                : lie_ == Lie::same_offset   ? offsets_[0]
                                             : offset);
  }
  index.resize(index.size() + 40);
  if (lie_ == Lie::cut) index.resize(index.size() / 2);
  write_file(directory / "pack-x.pack", {reinterpret_cast<const char*>(pack.data()), pack.size()});
  write_file(directory / "pack-x.idx", {reinterpret_cast<const char*>(index.data()), index.size()});
}

}  // namespace pushguard::test
