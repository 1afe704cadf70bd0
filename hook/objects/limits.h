// SPDX-License-Identifier: Apache-2.0
// How much of the machine one push may take.
//
// Limits are arguments, so that the fuzzers run with the ones that ship.
#pragma once

#include <chrono>
#include <cstdint>

namespace pushguard {

struct Limits {
  uint64_t object_bytes = uint64_t{512} << 20;  // one object, rebuilt
  uint64_t memory_bytes = uint64_t{2} << 30;    // all objects held at once
  uint64_t decoded_bytes = uint64_t{256}
                           << 20;  // what one object has in several encodings or packed
  uint32_t decoded_layers = 6;     // encodings in each other
  uint64_t archive_bytes = uint64_t{32} << 20;  // an archive in parts; one file in an archive
  uint32_t archive_entries = 100'000;           // of one object
  uint32_t archive_layers = 3;                  // archives in each other
  uint32_t threads = 0;                         // that walk a large pack; 0: by the processors
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();

  bool out_of_time() const { return std::chrono::steady_clock::now() >= deadline; }
};

}  // namespace pushguard
