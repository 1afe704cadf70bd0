// SPDX-License-Identifier: Apache-2.0
#include "budget/memory.h"

namespace pushguard {

bool MemoryShare::take(uint64_t bytes) {
  if (bytes > memory_.most_ || held_ > memory_.most_ - bytes) return false;
  held_ += bytes;
  if (held_ > memory_.part_ && !overdraft_.owns_lock()) {
    overdraft_ = std::unique_lock(memory_.overdraft_);
  }
  return true;
}

void MemoryShare::give_back(uint64_t bytes) {
  held_ -= bytes;
  if (held_ <= memory_.part_ && overdraft_.owns_lock()) overdraft_.unlock();
}

}  // namespace pushguard
