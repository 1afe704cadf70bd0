// SPDX-License-Identifier: Apache-2.0
// Blobs too large to be worth holding: inflated and handed on in parts.
//
// Neighbouring parts overlap by more than any built-in rule sees, so that nothing
// is lost between them; of a site's rule that sees farther, rules/context_needed.h tells.
#pragma once

#include <cstdint>
#include <span>

#include "objects/limits.h"
#include "objects/object.h"

namespace pushguard {

inline constexpr uint64_t kStreamedBytes = uint64_t{8} << 20;  // blobs of this size and more
inline constexpr size_t kPartBytes = size_t{4} << 20;
inline constexpr size_t kPartMargin = size_t{64} << 10;  // seen on both sides of a part's own bytes

// The zlib stream at the start of `compressed` holds `header` bytes to pass over
// and `size` bytes of content. `object` has id, type and order; it arrives in
// parts, then as unscanned if the stream turns out damaged, or time is out.
void stream_blob(std::span<const uint8_t> compressed, size_t header, uint64_t size, Object object,
                 const Limits& limits, ObjectVisitor& visitor);

}  // namespace pushguard
