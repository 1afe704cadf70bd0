#include "detect/compiled_regexes.h"

#include <fmt/format.h>

#include "detect/regex.h"
#include "error.h"

namespace pushguard {

const RE2& CompiledRegexes::get(const Rule& rule, std::string_view regex) {
  const std::lock_guard guard(lock_);
  std::unique_ptr<const RE2>& compiled = by_text_[regex.data()];
  if (!compiled) {
    compiled = std::make_unique<RE2>(re2::StringPiece(regex.data(), regex.size()), regex_options());
    if (!compiled->ok()) throw Error(fmt::format("rule '{}': {}", rule.id, compiled->error()));
  }
  return *compiled;
}

}  // namespace pushguard
