// SPDX-License-Identifier: Apache-2.0
// git's delta format: an object as copies from a base plus inserted bytes.
// Format: gitformat-pack, "Deltified representation".
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

// Reads the two sizes; the reader then stands at the first instruction.
DeltaHeader read_delta_header(ByteReader& delta);

// So many bytes behind the instructions, the base and the target are read or written
// as well, whatever they hold: most copies are shorter than a call takes.
inline constexpr size_t kSlack = 32;

// Runs the instructions after the header. `target` must have the target size.
// `copies` gets what came from the base, neighbours joined, but for those of fewer
// bytes than `shortest`, which is 1 or more. Throws Damaged when an instruction leaves
// the base or the target, or the target is not filled exactly.
void apply_delta(std::span<const uint8_t> instructions, std::span<const uint8_t> base,
                 std::span<uint8_t> target, size_t shortest, std::vector<Copy>& copies);

}  // namespace pushguard
