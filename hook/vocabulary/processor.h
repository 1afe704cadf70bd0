// SPDX-License-Identifier: Apache-2.0
// Which of our vector code this processor runs.
#pragma once

namespace pushguard {

// Whether the files that hook/CMakeLists.txt compiles for AVX2 may be called. They have BMI and
// POPCNT as well; a virtual machine can have AVX2 and hide those.
inline bool has_vector_instructions() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#else
  return false;
#endif
}

}  // namespace pushguard
