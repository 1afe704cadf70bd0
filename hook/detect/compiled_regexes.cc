// SPDX-License-Identifier: Apache-2.0
#include "detect/compiled_regexes.h"

#include <fmt/format.h>

#include "regex/regex.h"
#include "vocabulary/error.h"

namespace pushguard {

const RE2& CompiledRegexes::get(const Rule& rule, std::string_view regex) {
  const std::lock_guard guard(lock_);
  if (const auto known = by_text_.find(regex.data()); known != by_text_.end()) {
    return *known->second;
  }
  auto compiled =
      std::make_unique<const RE2>(re2::StringPiece(regex.data(), regex.size()), regex_options());
  // A refused regex is not kept: the next caller would get one that matches nothing.
  if (!compiled->ok()) throw Error(fmt::format("rule '{}': {}", rule.id, compiled->error()));
  return *by_text_.emplace(regex.data(), std::move(compiled)).first->second;
}

}  // namespace pushguard
