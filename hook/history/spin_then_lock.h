// SPDX-License-Identifier: Apache-2.0
// Locks a mutex that is held for less time than a thread takes to sleep and wake: spins for
// some microseconds before it blocks.
#pragma once

#include <mutex>

namespace pushguard {

inline std::unique_lock<std::mutex> spin_then_lock(std::mutex& mutex) {
  constexpr int kTries = 2000;  // a few microseconds
  std::unique_lock lock(mutex, std::try_to_lock);
  for (int i = 0; !lock.owns_lock() && i < kTries; ++i) {
    if (i % 16 == 0) lock.try_lock();
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
  if (!lock.owns_lock()) lock.lock();
  return lock;
}

}  // namespace pushguard
