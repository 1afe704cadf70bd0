#include "objects/pack_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "objects/byte_reader.h"

namespace pushguard {
namespace {

constexpr uint32_t kMagic = 0x5041434b;  // "PACK"
constexpr uint64_t kPackHeader = 12;
constexpr unsigned kOffsetDelta = 6, kIdDelta = 7;

}  // namespace

PackFile::PackFile(const std::filesystem::path& pack, const std::filesystem::path& index,
                   size_t hash_size)
    : pack_(pack), index_file_(index), index_(index_file_.bytes(), hash_size),
      hash_size_(hash_size) {
  ByteReader reader(pack_.bytes());
  if (reader.be32() != kMagic) throw Damaged("not a pack");
  if (const uint32_t version = reader.be32(); version != 2 && version != 3) {
    throw Damaged(fmt::format("a pack of version {}", version));
  }
  if (reader.be32() != index_.count()) {
    throw Damaged("the pack and its index do not have the same number of objects");
  }
  if (reader.left() < hash_size) throw Damaged("the pack ends too early");
  end_ = pack_.bytes().size() - hash_size;

  entries_.resize(index_.count());
  for (uint32_t i = 0; i < index_.count(); ++i) {
    entries_[i].offset = index_.offset(i);
    entries_[i].index_position = i;
  }
  std::ranges::sort(entries_, {}, &PackEntry::offset);
  by_index_.resize(entries_.size());
  for (uint32_t i = 0; i < entries_.size(); ++i) by_index_[entries_[i].index_position] = i;
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    const uint64_t next = i + 1 < entries_.size() ? entries_[i + 1].offset : end_;
    if (entries_[i].offset < kPackHeader || entries_[i].offset >= next || next > end_) {
      throw Damaged(fmt::format("the index puts object {} where no object can be",
                                oid(entries_[i]).hex()));
    }
    try {
      read_header(entries_[i], next);
    } catch (const Damaged& error) {
      throw Damaged(fmt::format("object {}: {}", oid(entries_[i]).hex(), error.what()));
    }
  }
}

void PackFile::read_header(PackEntry& entry, uint64_t end) {
  ByteReader reader(pack_.bytes().subspan(entry.offset, end - entry.offset));
  const uint8_t first = reader.u8();
  const unsigned kind = (first >> 4) & 7;
  entry.size = first & 15;
  if (first & 0x80) entry.size = reader.little_varint(entry.size, 4);
  if (kind >= 1 && kind <= 4) {
    entry.type = static_cast<ObjectType>(kind);
  } else if (kind == kOffsetDelta) {
    const uint64_t back = reader.offset_varint();
    if (back == 0 || back > entry.offset) throw Damaged("its delta base is outside the pack");
    entry.base = entry_at(entry.offset - back);
  } else if (kind == kIdDelta) {
    const auto position = index_.find(Oid::from_raw(reader.take(hash_size_)));
    entry.base = position ? by_index_[*position] : PackEntry::kMissing;
  } else {
    throw Damaged(fmt::format("an entry of the reserved kind {}", kind));
  }
  entry.header_size = static_cast<uint8_t>(reader.position());
}

uint32_t PackFile::entry_at(uint64_t offset) const {
  const auto found = std::ranges::lower_bound(entries_, offset, {}, &PackEntry::offset);
  if (found == entries_.end() || found->offset != offset) {
    throw Damaged("its delta base is not where an object starts");
  }
  return static_cast<uint32_t>(found - entries_.begin());
}

std::span<const uint8_t> PackFile::stream(uint32_t number) const {
  const PackEntry& entry = entries_[number];
  const uint64_t end = number + 1 < entries_.size() ? entries_[number + 1].offset : end_;
  const uint64_t begin = entry.offset + entry.header_size;
  return pack_.bytes().subspan(begin, end - begin);
}

}  // namespace pushguard
