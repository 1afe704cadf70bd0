// SPDX-License-Identifier: Apache-2.0
#include "decode/archive.h"

#include <algorithm>

#include <fmt/format.h>

#include "decode/gzip.h"
#include "objects/byte_reader.h"

namespace pushguard {
namespace {

constexpr size_t kTarBlock = 512;

bool is_tar(std::string_view content) {
  return content.size() >= kTarBlock && content.substr(257, 5) == "ustar";
}

// The pusher may choose names of any length.
std::string quoted(std::string_view name) { return fmt::format("'{}'", name.substr(0, 200)); }

// A field of a tar header: text up to a NUL.
std::string_view text_of(std::string_view field) { return field.substr(0, field.find('\0')); }

// Octal digits, or, with the first bit set, a number in base 256.
uint64_t number_of(std::string_view field) {
  uint64_t value = 0;
  if (static_cast<uint8_t>(field[0]) & 0x80) {
    for (const char c : field.substr(field.size() - 8)) {
      value = value << 8 | static_cast<uint8_t>(c);
    }
    return value;
  }
  for (const char c : field) {
    if (c >= '0' && c <= '7') {
      value = value << 3 | static_cast<uint64_t>(c - '0');
    } else if (c != ' ') {
      break;
    }
  }
  return value;
}

// The value of `key` in the records "LENGTH KEY=VALUE\n" of a pax header.
std::string_view pax_value(std::string_view records, std::string_view key) {
  std::string_view value;
  while (!records.empty()) {
    const std::string_view line = records.substr(0, records.find('\n'));
    const size_t space = line.find(' ');
    if (space != line.npos) {
      const std::string_view pair = line.substr(space + 1);
      if (pair.starts_with(key) && pair.substr(key.size()).starts_with('=')) {
        value = pair.substr(key.size() + 1);
      }
    }
    records.remove_prefix(std::min(records.size(), line.size() + 1));
  }
  return value;
}

}  // namespace

ArchiveKind archive_kind(std::string_view content) {
  if (is_gzip(content)) return ArchiveKind::gzip;
  if (content.starts_with("PK\x03\x04")) return ArchiveKind::zip;
  return is_tar(content) ? ArchiveKind::tar : ArchiveKind::none;
}

std::string_view to_string(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::gzip: return "gzip";
    case ArchiveKind::zip: return "zip";
    case ArchiveKind::tar: return "tar";
    case ArchiveKind::none: break;
  }
  return "archive";
}

void ArchiveReader::read(std::string_view content, ArchiveKind kind, const OnEntry& entry,
                         const OnGap& gap) {
  try {
    switch (kind) {
      case ArchiveKind::gzip: return read_gzip(content, entry, gap);
      case ArchiveKind::zip: return read_zip(content, entry, gap);
      case ArchiveKind::tar: return read_tar(content, entry, gap);
      case ArchiveKind::none: return;
    }
  } catch (const Damaged& error) {
    gap(Why::archive, fmt::format("the {} is damaged: {}", to_string(kind), error.what()));
  }
}

bool ArchiveReader::may_go_on(const OnGap& gap) {
  if (entries_left_ == 0) {
    gap(Why::archive,
        fmt::format("archives of more than {} files are not looked through to the end",
                    limits_.archive_entries));
    return false;
  }
  --entries_left_;
  if (bytes_left_ == 0) {
    gap(Why::archive,
        fmt::format("archives of more than {} bytes unpacked are not looked through to the end",
                    limits_.decoded_bytes));
    return false;
  }
  if (!limits_.out_of_time()) return true;
  gap(Why::out_of_time, "the rest of an archive");
  return false;
}

size_t ArchiveReader::most() const {
  return static_cast<size_t>(std::min(bytes_left_, limits_.archive_bytes));
}

void ArchiveReader::read_gzip(std::string_view content, const OnEntry& entry, const OnGap& gap) {
  if (!may_go_on(gap)) return;
  const Unpacked unpacked = unpack_gzip(content, most());
  bytes_left_ -= unpacked.text.size();
  if (unpacked.end == Unpacked::End::damaged) gap(Why::archive, "the gzip is damaged");
  if (unpacked.end == Unpacked::End::cut) {
    gap(Why::archive, fmt::format("a gzip unpacks to more than {} bytes", unpacked.text.size()));
  }
  entry("", unpacked.text);
}

// The formats: PKWARE's APPNOTE.TXT, 4.3.7 and 4.3.12 to 4.3.16.
void ArchiveReader::read_zip(std::string_view content, const OnEntry& entry, const OnGap& gap) {
  const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(content.data()),
                                       content.size());
  const auto reader_at = [&](uint64_t at) {
    if (at > bytes.size()) throw Damaged("it ends too early");
    return ByteReader(bytes.subspan(static_cast<size_t>(at)));
  };
  const size_t end = content.rfind("PK\x05\x06");
  if (end == content.npos) throw Damaged("it has no directory");
  ByteReader tail = reader_at(end + 10);
  uint64_t count = tail.le16(), size = tail.le32(), offset = tail.le32(), behind = end;
  if ((count == 0xffff || offset == 0xffffffff) && end >= 20 &&
      content.substr(end - 20, 4) == "PK\x06\x07") {
    ByteReader locator = reader_at(end - 20 + 8);
    behind = locator.le64();
    ByteReader large = reader_at(behind);
    large.take(32);
    count = large.le64();
    size = large.le64();
    offset = large.le64();
  }
  // Bytes before the archive, such as a program that unpacks it, shift all offsets.
  const uint64_t moved = size + offset <= behind ? behind - size - offset : 0;
  ByteReader directory = reader_at(moved + offset);
  for (; count > 0; --count) {
    if (directory.le32() != 0x02014b50) throw Damaged("its directory is no list of files");
    directory.take(4);
    const uint16_t flags = directory.le16(), method = directory.le16();
    directory.take(8);
    uint64_t packed = directory.le32(), unpacked = directory.le32();
    const size_t name_size = directory.le16(), extra_size = directory.le16();
    const size_t comment_size = directory.le16();
    directory.take(8);
    uint64_t at = directory.le32();
    const auto name_bytes = directory.take(name_size);
    const std::string_view name(reinterpret_cast<const char*>(name_bytes.data()), name_size);
    ByteReader extra(directory.take(extra_size));
    directory.take(comment_size);
    while (extra.left() >= 4) {
      const uint16_t id = extra.le16(), length = extra.le16();
      ByteReader field(extra.take(length));
      if (id != 1) continue;
      for (uint64_t* number : {&unpacked, &packed, &at}) {
        if (*number == 0xffffffff) *number = field.le64();
      }
    }
    if (name.ends_with('/')) continue;
    if (!may_go_on(gap)) return;
    if (flags & 1) {
      gap(Why::archive, fmt::format("{} in a zip is encrypted", quoted(name)));
      continue;
    }
    ByteReader local = reader_at(moved + at);
    local.take(26);
    const size_t before = size_t{local.le16()};
    local.take(before + local.le16());
    if (packed > local.left()) throw Damaged("it ends too early");
    const auto data = local.take(static_cast<size_t>(packed));
    const std::string_view stored(reinterpret_cast<const char*>(data.data()), data.size());
    if (method != 0 && method != 8) {
      gap(Why::archive, fmt::format("{} in a zip is packed in a way that is not read ({})",
                                    quoted(name), method));
      continue;
    }
    Unpacked file = method == 0 ? Unpacked{std::string(stored.substr(0, most()))}
                                : unpack_deflate(stored, most());
    if (method == 0 && stored.size() > file.text.size()) file.end = Unpacked::End::cut;
    bytes_left_ -= file.text.size();
    if (file.end == Unpacked::End::damaged) {
      gap(Why::archive, fmt::format("{} in a zip is damaged", quoted(name)));
    }
    if (file.end == Unpacked::End::cut) {
      gap(Why::archive,
          fmt::format("{} in a zip unpacks to more than {} bytes", quoted(name), file.text.size()));
    }
    entry(name, file.text);
  }
}

// The format: POSIX pax, "ustar Interchange Format", and GNU's long names.
void ArchiveReader::read_tar(std::string_view content, const OnEntry& entry, const OnGap& gap) {
  std::string long_name;
  uint64_t long_size = 0;
  while (is_tar(content)) {
    const std::string_view header = content.substr(0, kTarBlock);
    const char type = header[156];
    const bool is_file = type == '0' || type == '\0' || type == '7';
    uint64_t size = number_of(header.substr(124, 12));
    if (is_file && long_size != 0) size = long_size;
    content.remove_prefix(kTarBlock);
    if (size > content.size()) throw Damaged("it ends too early");
    const std::string_view data = content.substr(0, static_cast<size_t>(size));
    const uint64_t padded = (size + kTarBlock - 1) / kTarBlock * kTarBlock;
    content.remove_prefix(static_cast<size_t>(std::min<uint64_t>(padded, content.size())));
    if (type == 'L') {
      long_name = text_of(data);
      continue;
    }
    if (type == 'x') {
      long_name = pax_value(data, "path");
      long_size = 0;
      for (const char c : pax_value(data, "size").substr(0, 15)) {
        if (c < '0' || c > '9') break;
        long_size = long_size * 10 + static_cast<uint64_t>(c - '0');
      }
      continue;
    }
    if (is_file) {
      if (!may_go_on(gap)) return;
      const std::string_view prefix = text_of(header.substr(345, 155));
      std::string name(text_of(header.substr(0, 100)));
      if (!prefix.empty()) name = fmt::format("{}/{}", prefix, name);
      if (!long_name.empty()) name = long_name;
      const std::string_view kept = data.substr(0, most());
      bytes_left_ -= kept.size();
      if (kept.size() < data.size()) {
        gap(Why::archive,
            fmt::format("{} in a tar has more than {} bytes", quoted(name), kept.size()));
      }
      entry(name, kept);
    }
    long_name.clear();
    long_size = 0;
  }
}

}  // namespace pushguard
