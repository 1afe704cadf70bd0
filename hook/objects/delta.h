// SPDX-License-Identifier: Apache-2.0
// git's delta format: an object as copies from a base and inserted bytes.
// Format: gitformat-pack(5), "Deltified representation".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "objects/byte_reader.h"
#include "objects/object.h"

namespace pushguard {

struct DeltaHeader {
  uint64_t base_size = 0;
  uint64_t target_size = 0;
};
inline constexpr size_t kLongestDeltaHeader = 20;  // two numbers of 64 bits

// Reads both sizes, in bytes; leaves `delta` at the first instruction. Throws Damaged.
DeltaHeader read_delta_header(ByteReader& delta);

// All three buffers of apply_delta() must have kSlack accessible bytes past their end.
// Short copies are done in steps of kSlack bytes and may overrun by up to kSlack - 1;
// most copies are shorter than the call of memcpy() would take.
inline constexpr size_t kSlack = 32;

// Runs the instructions after the header. `target` must have the header's target size.
// Appends to `copies` the runs copied from the base: adjacent runs joined, runs shorter
// than `shortest` bytes (1 or more) left out. Throws Damaged when an instruction leaves
// the base or the target, or when the target is not filled exactly.
void apply_delta(std::span<const uint8_t> instructions, std::span<const uint8_t> base,
                 std::span<uint8_t> target, size_t shortest, std::vector<Copy>& copies);

}  // namespace pushguard
