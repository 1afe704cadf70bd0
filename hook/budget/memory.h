// SPDX-License-Identifier: Apache-2.0
// The memory that the threads of one walk may hold together.
//
// What fits does not depend on the number of threads: each may hold three quarters of the
// limit, if it must. A quarter is divided among the threads. A thread that needs more than its
// part takes the overdraft, which one thread has at a time; the others wait. The holder never
// waits for them, so all come to an end.
// Rejected: the whole divided by the number of threads (a push that is accepted with one thread
// is refused with eight).
#pragma once

#include <cstdint>
#include <mutex>

namespace pushguard {

class Memory {
 public:
  Memory(uint64_t bytes, uint64_t threads)
      : most_(bytes / 4 * 3), part_((bytes - most_) / (threads == 0 ? 1 : threads)) {}

  uint64_t most() const { return most_; }  // that one thread may hold, in bytes

 private:
  friend class MemoryShare;

  const uint64_t most_, part_;
  std::mutex overdraft_;
};

// What one thread holds.
class MemoryShare {
 public:
  explicit MemoryShare(Memory& memory) : memory_(memory) {}
  MemoryShare(const MemoryShare&) = delete;
  MemoryShare& operator=(const MemoryShare&) = delete;

  // Whether the thread may hold `bytes` more. May wait for another thread.
  bool take(uint64_t bytes);
  void give_back(uint64_t bytes);
  uint64_t most() const { return memory_.most(); }

 private:
  Memory& memory_;
  std::unique_lock<std::mutex> overdraft_;
  uint64_t held_ = 0;
};

}  // namespace pushguard
