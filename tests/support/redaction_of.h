// SPDX-License-Identifier: Apache-2.0
// A Redaction as it is after a push in which these secrets were found.
#pragma once

#include <string_view>
#include <vector>

#include "report/redaction.h"

namespace pushguard::test {

inline Redaction redaction_of(const std::vector<std::string_view>& secrets) {
  std::vector<Finding> found;
  for (const std::string_view secret : secrets) found.emplace_back().secret = Secret(secret);
  return Redaction(found);
}

}  // namespace pushguard::test
