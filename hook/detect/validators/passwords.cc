#include "detect/validators/passwords.h"

#include <algorithm>

#include "detect/validators/encodings.h"
#include "detect/validators/readable_text.h"

namespace pushguard {
namespace {

// "$NAME" or "$name" as a whole. A lower-case name with a digit is rather a
// password that begins with a dollar sign ("$ecret99").
bool is_variable(std::string_view text) {
  if (text.size() < 2 || text[0] != '$') return false;
  const std::string_view name = text.substr(1);
  const bool has_digit = name.find_first_of(kDigits) != name.npos;
  const bool has_lower = name.find_first_of(kLower) != name.npos;
  const auto is_name_byte = [](char c) {
    return c == '_' || kBase62UpperFirst.find(c) != std::string_view::npos;
  };
  return std::ranges::all_of(name, is_name_byte) && kDigits.find(name[0]) == kDigits.npos &&
         !(has_digit && has_lower);
}

// What a program or a person puts the password in for.
bool is_template(std::string_view text) {
  struct Brackets {
    std::string_view open, close;
  };
  constexpr Brackets kBrackets[] = {{"${", "}"},  {"$(", ")"}, {"#{", "}"}, {"<", ">"},
                                    {"{", "}"},  {"%(", ")s"}, {"%", "%"}};
  for (const auto& [open, close] : kBrackets) {
    if (text.size() > open.size() + close.size() && text.starts_with(open) &&
        text.ends_with(close)) {
      return true;
    }
  }
  return text == "%s" || text == "%v" || text == "%d" || text == "{}" || consists_of(text, "*") ||
         is_variable(text);
}

}  // namespace

Validation check_basic_auth(std::string_view secret, int64_t) {
  const auto decoded = base64_decode(secret);
  const size_t divider = decoded ? decoded->find(':') : std::string::npos;
  // RFC 7617 demands the colon: without it no server takes the value.
  if (divider == std::string::npos) {
    return {Validity::invalid, "is not base64 of a user and a password"};
  }
  if (!is_readable_text(*decoded)) return {Validity::weakened, "decodes to unreadable text"};
  if (is_template(std::string_view(*decoded).substr(divider + 1))) {
    return {Validity::invalid, "password is empty or a template"};
  }
  return {};
}

Validation check_url_password(std::string_view secret, int64_t) {
  if (is_template(secret) || is_template(percent_decode(secret))) {
    return {Validity::invalid, "password is empty or a template"};
  }
  return {};
}

}  // namespace pushguard
