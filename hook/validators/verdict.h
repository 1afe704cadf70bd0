// SPDX-License-Identifier: Apache-2.0
// The verdicts that most validators give, so that all use the same words.
#pragma once

#include "validators/validator.h"

namespace pushguard {

// `failure` is the validity for a mismatch. It is `invalid` only where the provider documents
// the check or the evidence for it is strong.
inline Validation checksum_verdict(bool matches, Validity failure) {
  if (matches) return {Validity::valid, "checksum is valid"};
  return {failure, "checksum does not match"};
}

inline Validation structure_verdict(bool matches, Validity failure) {
  if (matches) return {Validity::valid, "structure is valid"};
  return {failure, "structure is not that of a real one"};
}

}  // namespace pushguard
