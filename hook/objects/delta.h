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

// Runs the instructions after the header. `target` must have the target size.
// `copies`, if given, gets what came from the base, neighbours joined. Throws
// Damaged when an instruction leaves the base or the target, or the target is
// not filled exactly.
void apply_delta(ByteReader& delta, std::span<const uint8_t> base, std::span<uint8_t> target,
                 std::vector<Copy>* copies = nullptr);

}  // namespace pushguard
