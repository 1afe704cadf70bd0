// SPDX-License-Identifier: Apache-2.0
#include "report/exception.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pushguard {

std::string exception_option(const std::vector<const Judged*>& blocked) {
  std::vector<std::string_view> ids;
  for (const Judged* one : blocked) ids.push_back(one->exposure.fingerprint);
  return fmt::format("-o \"pushguard.allow={} REASON\"", fmt::join(ids, ","));
}

}  // namespace pushguard
