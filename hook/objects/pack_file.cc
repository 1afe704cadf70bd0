// SPDX-License-Identifier: Apache-2.0
#include "objects/pack_file.h"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>

#include "objects/byte_reader.h"

namespace pushguard {
namespace {

constexpr uint32_t kMagic = 0x5041434b;  // "PACK"
constexpr uint64_t kPackHeader = 12;
constexpr unsigned kOffsetDelta = 6, kIdDelta = 7;

constexpr uint32_t kAhead = 16;  // entries whose headers are prefetched

struct KindAndSize {
  unsigned kind;
  uint64_t size;
};

KindAndSize read_kind_and_size(ByteReader& reader) {
  const uint8_t first = reader.u8();
  const uint64_t low = first & 15;
  return {(first >> 4) & 7u, first & 0x80 ? reader.little_varint(low, 4) : low};
}

// Radix sort: a comparison sort takes five times as long.
void sort_by_offset(std::vector<PackEntry>& entries, uint64_t end) {
  constexpr unsigned kBits = 8;
  std::vector<PackEntry> sorted(entries.size());
  for (unsigned shift = 0; end >> shift != 0; shift += kBits) {
    const auto digit = [&](const PackEntry& entry) {
      return entry.offset >> shift & ((1u << kBits) - 1);
    };
    std::array<uint32_t, (1u << kBits) + 1> places{};
    for (const PackEntry& entry : entries) ++places[digit(entry) + 1];
    std::partial_sum(places.begin(), places.end(), places.begin());
    for (const PackEntry& entry : entries) sorted[places[digit(entry)]++] = entry;
    entries.swap(sorted);
  }
}

}  // namespace

PackFile::PackFile(const std::filesystem::path& pack, const std::filesystem::path& index,
                   size_t hash_size)
    : pack_(pack),
      index_file_(index),
      index_(index_file_.bytes(), hash_size),
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

  number_entries();
  std::vector<uint32_t> by_index(entries_.size());
  for (uint32_t i = 0; i < entries_.size(); ++i) by_index[entries_[i].index_position] = i;
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    if (i + kAhead < entries_.size()) {
      __builtin_prefetch(&pack_.bytes()[entries_[i + kAhead].offset]);
    }
    const uint64_t next = i + 1 < entries_.size() ? entries_[i + 1].offset : end_;
    if (entries_[i].offset >= next) throw misplaced(entries_[i].index_position);
    try {
      read_header(i, next, by_index);
    } catch (const Damaged& error) {
      throw Damaged(fmt::format("object {}: {}", oid(entries_[i]).hex(), error.what()));
    }
  }
}

void PackFile::number_entries() {
  entries_.resize(index_.count());
  for (uint32_t i = 0; i < index_.count(); ++i) {
    const uint64_t offset = index_.offset(i);
    if (offset < kPackHeader || offset >= end_) throw misplaced(i);
    entries_[i].offset = offset & PackEntry::kMostOffset;  // exact: no file is larger
    entries_[i].index_position = i;
  }
  sort_by_offset(entries_, end_);
}

Damaged PackFile::misplaced(uint32_t index_position) const {
  return Damaged(fmt::format("the index puts object {} where no object can be",
                             index_.oid(index_position).hex()));
}

void PackFile::read_header(uint32_t number, uint64_t end, std::span<const uint32_t> by_index) {
  PackEntry& entry = entries_[number];
  ByteReader reader(pack_.bytes().subspan(entry.offset, end - entry.offset));
  const unsigned kind = read_kind_and_size(reader).kind;
  if (kind >= 1 && kind <= 4) {
    entry.type_number = static_cast<uint8_t>(kind);
  } else if (kind == kOffsetDelta) {
    const uint64_t back = reader.offset_varint();
    if (back == 0 || back > entry.offset) throw Damaged("its delta base is outside the pack");
    entry.base = entry_before(number, entry.offset - back);
  } else if (kind == kIdDelta) {
    const auto position = index_.find(Oid::from_raw(reader.take(hash_size_)));
    entry.base = position ? by_index[*position] : PackEntry::kMissing;
  } else {
    throw Damaged(fmt::format("an entry of the reserved kind {}", kind));
  }
  entry.header_size = static_cast<uint8_t>(reader.position());
}

uint64_t PackFile::size(const PackEntry& entry) const {
  ByteReader reader(pack_.bytes().subspan(entry.offset, entry.header_size));
  return read_kind_and_size(reader).size;
}

// Most bases are a few entries before their deltas.
uint32_t PackFile::entry_before(uint32_t number, uint64_t offset) const {
  uint32_t begin = number, end = number;
  for (uint32_t step = 4; begin > 0 && entries_[begin].offset > offset; step *= 2) {
    end = begin;
    begin -= std::min(begin, step);
  }
  const auto found =
      std::ranges::lower_bound(entries_.begin() + begin, entries_.begin() + end, offset, {},
                               [](const PackEntry& entry) { return uint64_t{entry.offset}; });
  if (found->offset != offset) throw Damaged("its delta base is not where an object starts");
  return static_cast<uint32_t>(found - entries_.begin());
}

std::span<const uint8_t> PackFile::stream(uint32_t number) const {
  const PackEntry& entry = entries_[number];
  const uint64_t end = number + 1 < entries_.size() ? entries_[number + 1].offset : end_;
  const uint64_t begin = entry.offset + entry.header_size;
  return pack_.bytes().subspan(begin, end - begin);
}

}  // namespace pushguard
