// SPDX-License-Identifier: Apache-2.0
// Names that are values themselves: `name: TOKEN` with `value: V` behind or before it, names
// at the head of a column or of a block, and names in sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vocabulary/range.h"

namespace pushguard {

// Where a name stands in its text. Nothing is read before `low`.
struct NamePlace {
  std::string_view text;  // up to where may be read
  size_t low = 0;
  Range word{0, 0};           // the whole identifier that the name is in
  size_t after = 0;           // behind the name and what closes it
  mutable uint64_t cost = 0;  // how many bytes were read for it
};

// `name = "X"`, `<key>X</key>`, `variable "X"`: the value is in a field that follows, or comes
// before.
void read_fields(const NamePlace& place, std::vector<Range>& values);

// `X:` with `value: V` in the block behind it; `at` is behind the colon.
void read_nested(const NamePlace& place, size_t at, std::vector<Range>& values);

// `the X for staging is V`, `X (admin): V`, `use V as the X`.
void read_prose(const NamePlace& place, std::vector<Range>& values);

// `addValue("V", forHTTPHeaderField: "X")`.
void read_value_before_label(const NamePlace& place, std::vector<Range>& values);

// The values under a name at the head of a column: CSV, Markdown, SQL.
void read_columns(const NamePlace& place, std::vector<Range>& values);

}  // namespace pushguard
