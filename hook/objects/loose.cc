#include "objects/loose.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "objects/byte_reader.h"
#include "objects/mapped_file.h"

namespace pushguard {
namespace {

constexpr size_t kFirstBuffer = 64 << 10;
constexpr size_t kLongestHeader = 32;  // "commit 18446744073709551615" and its NUL

// "blob 123\0" at the start of `bytes`; sets what follows it.
ObjectType read_header(std::string_view bytes, std::string_view& content) {
  const size_t end = bytes.substr(0, kLongestHeader).find('\0');
  const size_t space = bytes.substr(0, kLongestHeader).find(' ');
  if (end == bytes.npos || space > end) throw Damaged("it has no loose object header");
  const ObjectType type = object_type(bytes.substr(0, space));
  if (type == ObjectType::unknown) throw Damaged("it is of no type that git knows");
  uint64_t size = 0;
  const char* last = bytes.data() + end;
  const auto parsed = std::from_chars(bytes.data() + space + 1, last, size);
  if (parsed.ec != std::errc() || parsed.ptr != last) throw Damaged("its size is not a number");
  content = bytes.substr(end + 1);
  if (content.size() != size) throw Damaged("it is not of the size that its header says");
  return type;
}

}  // namespace

void LooseReader::visit(const std::filesystem::path& file, const Oid& id) {
  const auto unscanned = [&](Why why, std::string detail) {
    visitor_.unscanned({id, ObjectType::unknown, 0, why, std::move(detail)});
  };
  ObjectType type = ObjectType::unknown;
  std::string_view content;
  try {
    const MappedFile mapped(file);
    if (buffer_.empty()) buffer_.resize(kFirstBuffer);
    size_t written = 0;
    for (;;) {
      const auto fit = inflater_.into(mapped.bytes(), buffer_, written);
      if (fit == Inflater::Fit::complete) break;
      if (fit == Inflater::Fit::damaged) throw Damaged("its compressed data is damaged");
      if (buffer_.size() >= limits_.object_bytes + kLongestHeader) {
        return unscanned(Why::too_large, fmt::format("over the limit of {} bytes",
                                                     limits_.object_bytes));
      }
      buffer_.clear();
      buffer_.resize(std::min<uint64_t>(4 * buffer_.capacity(),
                                        limits_.object_bytes + kLongestHeader));
    }
    type = read_header({reinterpret_cast<const char*>(buffer_.data()), written}, content);
  } catch (const Error& error) {
    return unscanned(Why::damaged, error.what());
  }
  const Range all{0, content.size()};
  visitor_.object({id, type, content, {&all, 1}});
}

}  // namespace pushguard
