// SPDX-License-Identifier: Apache-2.0
#include "objects/loose.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "objects/blob_stream.h"
#include "objects/byte_reader.h"
#include "objects/inflate_stream.h"
#include "objects/mapped_file.h"

namespace pushguard {
namespace {

constexpr size_t kFirstBuffer = 64 << 10;
constexpr size_t kMostRatio =
    1032;  // the most that zlib inflates a byte to (zlib.net/zlib_tech.html)
constexpr size_t kLongestHeader = 32;  // "commit 18446744073709551615" and its NUL

struct Header {
  ObjectType type = ObjectType::unknown;
  uint64_t size = 0;  // of the content, in bytes
  size_t length = 0;  // of the header, with its NUL
};

// Parses the header at the start of `bytes`, such as "blob 123\0".
Header read_header(std::string_view bytes) {
  const size_t end = bytes.substr(0, kLongestHeader).find('\0');
  const size_t space = bytes.substr(0, kLongestHeader).find(' ');
  if (end == bytes.npos || space > end) throw Damaged("it has no loose object header");
  Header header{object_type(bytes.substr(0, space)), 0, end + 1};
  if (header.type == ObjectType::unknown) throw Damaged("it is of no type that git knows");
  const char* last = bytes.data() + end;
  const auto parsed = std::from_chars(bytes.data() + space + 1, last, header.size);
  if (parsed.ec != std::errc() || parsed.ptr != last) throw Damaged("its size is not a number");
  return header;
}

using Start = std::array<char, kLongestHeader>;

// The header, and the content that was inflated with it.
Header first_header(InflateStream& stream, Start& start, size_t& got) {
  got = stream.read({reinterpret_cast<uint8_t*>(start.data()), start.size()});
  return read_header({start.data(), got});
}

}  // namespace

LooseObject read_loose(const std::filesystem::path& file, bool with_content) {
  const MappedFile mapped(file);
  InflateStream stream(mapped.bytes());
  Start start;
  size_t got = 0;
  const Header header = first_header(stream, start, got);
  LooseObject object{header.type, header.size, {}};
  if (!with_content) return object;
  if (header.size / kMostRatio > mapped.bytes().size()) {
    throw Damaged("it is shorter than its header says");
  }
  object.content.assign(start.data() + header.length, got - header.length);
  const size_t held = object.content.size();
  if (held > header.size) throw Damaged("it is longer than its header says");
  object.content.resize(header.size);
  const std::span rest(reinterpret_cast<uint8_t*>(object.content.data()) + held,
                       object.content.size() - held);
  if (stream.read(rest) != rest.size()) throw Damaged("it is shorter than its header says");
  if (!stream.at_end()) throw Damaged("it is longer than its header says");
  return object;
}

void LooseReader::reserve(size_t size) {
  if (size <= buffer_size_) return;
  buffer_ = std::make_unique_for_overwrite<uint8_t[]>(size);
  buffer_size_ = size;
}

void LooseReader::visit(const std::filesystem::path& file, const Oid& id) {
  Object object{id, ObjectType::unknown, {}};
  object.order = count_++;
  uint64_t size = 0;
  const auto unscanned = [&](Why why, std::string detail) {
    visitor_.unscanned({id, object.type, size, why, std::move(detail)});
  };
  try {
    const MappedFile mapped(file);
    reserve(kFirstBuffer);
    size_t written = 0;
    auto fit = inflater_.into(mapped.bytes(), {buffer_.get(), buffer_size_}, written);
    if (fit == Inflater::Fit::larger) {
      InflateStream stream(mapped.bytes());
      Start start;
      const Header header = first_header(stream, start, written);
      object.type = header.type;
      size = header.size;
      if (!types_.contains(header.type)) return;
      if (header.type == ObjectType::blob && header.size >= kStreamedBytes) {
        return stream_blob(mapped.bytes(), header.length, header.size, object, limits_, visitor_);
      }
      if (header.size > limits_.object_bytes) {
        return unscanned(Why::too_large, fmt::format("{} bytes, and the limit is {}", header.size,
                                                     limits_.object_bytes));
      }
      reserve(header.length + header.size);
      fit = inflater_.into(mapped.bytes(), {buffer_.get(), buffer_size_}, written);
    }
    if (fit == Inflater::Fit::damaged) throw Damaged("its compressed data is damaged");
    if (fit == Inflater::Fit::larger) throw Damaged("it is not of the size that its header says");
    const std::string_view bytes(reinterpret_cast<const char*>(buffer_.get()), written);
    const Header header = read_header(bytes);
    object.type = header.type;
    size = header.size;
    object.content = bytes.substr(header.length);
    if (object.content.size() != header.size) {
      throw Damaged("it is not of the size that its header says");
    }
  } catch (const Error& error) {
    try {
      const LooseObject known = read_loose(file, false);
      object.type = known.type;
      size = known.size;
    } catch (const Error&) {  // not even its header can be read
    }
    return unscanned(Why::damaged, error.what());
  }
  if (types_.contains(object.type)) visitor_.object(object);
}

}  // namespace pushguard
