// SPDX-License-Identifier: Apache-2.0
// Large blobs, inflated and handed to the visitor in parts, so that a blob is never
// held whole.
//
// Neighbouring parts overlap by more than any built-in rule needs, so no match is lost
// between two parts. A site's rule may need more: rules/context_needed.h detects that. So may
// what is encoded, and an armor of thousands of lines: whoever reads these tells it.
#pragma once

#include <cstdint>
#include <span>

#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

inline constexpr uint64_t kStreamedBytes = uint64_t{8} << 20;  // the smallest blob read in parts
inline constexpr size_t kPartBytes = size_t{4} << 20;
inline constexpr size_t kPartMargin = size_t{64} << 10;  // visible on both sides of a part

struct PartSizes {
  size_t bytes = kPartBytes, margin = kPartMargin;
};

// Reads the zlib stream at the start of `compressed`: `header` bytes, which are skipped,
// then `size` bytes of content. `object` supplies id, type and order. `visitor` gets the
// parts in order, then one Unscanned if the stream is damaged or time runs out.
void stream_blob(std::span<const uint8_t> compressed, size_t header, uint64_t size, Object object,
                 const Limits& limits, ObjectVisitor& visitor, PartSizes sizes = {});

}  // namespace pushguard
