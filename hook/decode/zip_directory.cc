// SPDX-License-Identifier: Apache-2.0
#include "decode/zip_directory.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>

#include "objects/byte_reader.h"

namespace pushguard {
namespace {

constexpr size_t kEndSize = 22, kLocatorSize = 20, kEnd64Size = 56;

ByteReader reader_at(std::string_view content, uint64_t at) {
  if (at > content.size()) throw Damaged("it ends too early");
  return ByteReader({reinterpret_cast<const uint8_t*>(content.data()) + at,
                     content.size() - static_cast<size_t>(at)});
}

std::string_view text(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_at(std::string_view signature, std::string_view content, uint64_t at) {
  return at <= content.size() && content.substr(static_cast<size_t>(at)).starts_with(signature);
}

// Sizes of 64 bits take the place of those with all bits set, in their order.
void read_extra(std::span<const uint8_t> bytes, std::initializer_list<uint64_t*> numbers,
                ZipFile& file) {
  ByteReader extra(bytes);
  bool again = false;
  while (extra.left() >= 4) {
    const uint16_t id = extra.le16(), length = extra.le16();
    if (length > extra.left()) return;  // padding
    ByteReader field(extra.take(length));
    if (id != 1) continue;
    file.odd = file.odd || again;
    again = true;
    for (uint64_t* number : numbers) {
      if (*number != 0xffffffff) continue;
      if (field.left() < 8) {
        file.odd = true;
        break;
      }
      *number = field.le64();
    }
  }
}

// What a local header and a directory entry have in common, from their flags to the sizes.
ZipFile read_common(ByteReader& record) {
  ZipFile file;
  file.flags = record.le16();
  file.method = record.le16();
  record.take(4);
  file.crc = record.le32();
  file.packed = record.le32();
  file.unpacked = record.le32();
  return file;
}

ZipFile listed_file(std::string_view content, uint64_t at) {
  ByteReader record = reader_at(content, at);
  if (record.le32() != 0x02014b50) throw Damaged("its directory is no list of files");
  record.take(4);
  ZipFile file = read_common(record);
  const size_t name_size = record.le16(), extra_size = record.le16(), comment_size = record.le16();
  record.take(8);
  file.local_at = record.le32();
  file.name = text(record.take(name_size));
  read_extra(record.take(extra_size), {&file.unpacked, &file.packed, &file.local_at}, file);
  record.take(comment_size);
  file.begin = static_cast<size_t>(at);
  file.end = file.begin + record.position();
  return file;
}

struct End {
  uint64_t count, size, offset;
  size_t limit;  // where the directory ends
  bool contradiction;
};

// The record for 64 bits, if there is one, says it all again.
void read_end64(std::string_view content, size_t at, End& end) {
  const size_t locator_at = at - kLocatorSize;
  const uint64_t named = reader_at(content, locator_at + 8).le64();
  const size_t fixed = locator_at - std::min(locator_at, kEnd64Size);
  end.limit = locator_at;
  // Some readers look where the locator says, others right before it.
  const bool is_fixed = is_at(kZipEnd64, content, fixed);
  if (!is_fixed && !is_at(kZipEnd64, content, named)) throw Damaged("it has no directory");
  end.limit = is_fixed ? fixed : static_cast<size_t>(named);
  end.contradiction =
      end.contradiction || !is_fixed || (named != fixed && is_at(kZipEnd64, content, named));
  ByteReader record = reader_at(content, end.limit);
  record.take(4);
  end.contradiction = end.contradiction || record.le64() != kEnd64Size - 12;
  record.take(12);
  const uint64_t here = record.le64(), count = record.le64(), size = record.le64(),
                 offset = record.le64();
  const auto differs = [](uint64_t small, uint64_t large, uint64_t all_bits) {
    return small != all_bits && small != large;
  };
  end.contradiction = end.contradiction || here != count || differs(end.count, count, 0xffff) ||
                      differs(end.size, size, 0xffffffff) ||
                      differs(end.offset, offset, 0xffffffff);
  end.count = count;
  end.size = size;
  end.offset = offset;
}

End read_end(std::string_view content, size_t at) {
  ByteReader record = reader_at(content, at);
  record.take(4);
  const uint32_t disks = record.le32();
  const uint16_t here = record.le16();
  End end{};
  end.count = record.le16();
  end.size = record.le32();
  end.offset = record.le32();
  end.limit = at;
  end.contradiction = disks != 0 || here != end.count;
  if (at >= kLocatorSize && is_at(kZipLocator, content, at - kLocatorSize)) {
    read_end64(content, at, end);
  }
  return end;
}

struct EndPlace {
  size_t at;
  bool only;
};

// The end record whose comment is the rest; else the last one. Readers take one or the other.
EndPlace end_record(std::string_view content) {
  size_t last = content.npos;
  bool only = true;
  std::string_view rest = content;
  const size_t tail = content.size() - std::min(content.size(), kZipTail);
  for (;;) {
    const size_t at = last_zip_signature(rest, kZipEnd);
    if (at == rest.npos || (last != content.npos && at < tail)) return {last, only};
    if (content.size() - at >= kEndSize) {
      const uint16_t comment = reader_at(content, at + kEndSize - 2).le16();
      if (at + kEndSize + comment == content.size()) return {at, true};
      only = last == content.npos;
      if (only) last = at;
    }
    rest = content.substr(0, at + kZipEnd.size() - 1);
  }
}

}  // namespace

size_t last_zip_signature(std::string_view content, std::string_view signature) {
  while (content.size() >= signature.size()) {
    const void* found = memrchr(content.data(), signature.back(), content.size());
    if (!found) return content.npos;
    const auto end = static_cast<size_t>(static_cast<const char*>(found) - content.data()) + 1;
    if (content.substr(0, end).ends_with(signature)) return end - signature.size();
    content = content.substr(0, end - 1);
  }
  return content.npos;
}

bool ends_as_zip(std::string_view content) {
  const std::string_view tail = content.substr(content.size() - std::min(content.size(), kZipTail));
  const size_t at = last_zip_signature(
      tail.substr(0, tail.size() - std::min(tail.size(), kEndSize - 4)), kZipEnd);
  return at != tail.npos && content.find(kZipListed) != content.npos;
}

std::optional<ZipFile> local_file(std::string_view content, uint64_t at) {
  if (!is_at(kZipLocal, content, at)) return std::nullopt;
  try {
    ByteReader record = reader_at(content, at);
    record.take(6);
    ZipFile file = read_common(record);
    const size_t name_size = record.le16(), extra_size = record.le16();
    file.name = text(record.take(name_size));
    file.extra = text(record.take(extra_size));
    file.begin = static_cast<size_t>(at);
    file.end = file.begin + record.position();
    return file;
  } catch (const Damaged&) {
    return std::nullopt;
  }
}

void read_local_extra(ZipFile& file) {
  read_extra({reinterpret_cast<const uint8_t*>(file.extra.data()), file.extra.size()},
             {&file.unpacked, &file.packed}, file);
}

bool agree(const ZipFile& local, const ZipFile& listed) {
  const auto same = [&](uint64_t here, uint64_t there) {
    return here == there || (local.has_descriptor() && (here == 0 || here == 0xffffffff));
  };
  return !local.odd && !listed.odd && local.method == listed.method &&
         local.is_encrypted() == listed.is_encrypted() && same(local.packed, listed.packed) &&
         same(local.unpacked, listed.unpacked);
}

ZipDirectory read_zip_directory(std::string_view content, ZipFront front, size_t most) {
  ZipDirectory directory;
  directory.begin = content.size();
  try {
    const auto [at, only] = end_record(content);
    if (at == content.npos) throw Damaged("it has no directory");
    const End end = read_end(content, at);
    directory.contradiction = end.contradiction || !only;
    directory.records.push_back({end.limit, at + kEndSize});
    // Bytes in front of the archive, such as a program that unpacks it, move all places.
    uint64_t begin = end.size <= end.limit ? end.limit - end.size : content.size();
    if ((end.count > 0 || end.size > 0) && !is_at(kZipListed, content, begin)) {
      begin = end.offset;
      directory.contradiction = true;
    } else if (begin != end.offset && front != ZipFront::archive) {
      // Some readers take the first entry behind the place that is named.
      directory.contradiction =
          directory.contradiction || end.offset > begin ||
          content.substr(end.offset, begin - end.offset).find(kZipListed) != content.npos;
    }
    directory.base = begin - end.offset;
    directory.begin = static_cast<size_t>(std::min<uint64_t>(begin, content.size()));
    uint64_t next = begin;
    while (next < end.limit && directory.files.size() < most) {
      directory.files.push_back(listed_file(content, next));
      next = directory.files.back().end;
      directory.records.push_back({directory.files.back().begin, directory.files.back().end});
    }
    const bool all = directory.files.size() < most;
    directory.contradiction = directory.contradiction ||
                              (all && (next != end.limit || directory.files.size() != end.count));
  } catch (const Damaged& error) {
    directory.damage = error.what();
  }
  return directory;
}

}  // namespace pushguard
