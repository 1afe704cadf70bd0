// SPDX-License-Identifier: Apache-2.0
// One header of a tar (POSIX pax, "ustar Interchange Format"; GNU tar's tar.h), and the
// records of a pax header.
//
// A number that readers would not all take for the same is `odd`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pushguard {

inline constexpr size_t kTarBlock = 512;

struct TarNumber {
  uint64_t value = 0;
  bool odd = false;
};

// Octal digits, or, with the first bit set, a number in base 256.
TarNumber tar_number(std::string_view field);

// Whether `block`, of kTarBlock bytes, has a checksum that some reader takes for right.
bool is_tar_header(std::string_view block);

struct TarHeader {
  // `block` must outlive it.
  explicit TarHeader(std::string_view block);

  bool is_pax() const { return type == 'x' || type == 'X' || type == 'g'; }
  // Its data is about the next header.
  bool describes_next() const { return is_pax() || type == 'L' || type == 'K'; }
  // Data is behind it for every reader. Readers extract types that they do not know as files.
  bool has_file() const;
  std::string name() const;

  std::string_view block;
  char type;
  TarNumber size;
};

struct PaxRecords {
  std::string path;
  std::optional<uint64_t> size;
  bool sparse = false;
  bool odd = false;
};

// Records are "LENGTH KEY=VALUE\n", and a value may hold line ends.
PaxRecords read_pax_records(std::string_view data);

// A field of a header: text up to a NUL.
std::string_view tar_text(std::string_view field);

}  // namespace pushguard
