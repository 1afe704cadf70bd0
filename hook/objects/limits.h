// SPDX-License-Identifier: Apache-2.0
// How much of the machine one push may use.
//
// Limits are passed as arguments, so the fuzzers run with the limits that ship.
#pragma once

#include <chrono>
#include <cstdint>

namespace pushguard {

struct Limits {
  uint64_t object_bytes = uint64_t{512} << 20;  // one object, rebuilt
  uint64_t memory_bytes = uint64_t{2} << 30;    // all objects held at once
  // All bytes decoded or unpacked from one object.
  uint64_t decoded_bytes = uint64_t{256} << 20;
  uint32_t decoded_layers = 6;  // nested encodings
  // One file in an archive; also an archive that is itself read in parts.
  uint64_t archive_bytes = uint64_t{32} << 20;
  uint32_t archive_entries = 100'000;  // in one object
  uint32_t archive_layers = 3;         // nested archives
  uint32_t threads = 0;                // that walk a large pack; 0: one for each processor
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();

  bool out_of_time() const { return std::chrono::steady_clock::now() >= deadline; }
};

}  // namespace pushguard
