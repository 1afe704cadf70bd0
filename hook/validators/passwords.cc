// SPDX-License-Identifier: Apache-2.0
#include "validators/passwords.h"

#include <algorithm>

#include "codec/encodings.h"
#include "codec/readable_text.h"
#include "validators/letter_pair_model.h"

namespace pushguard {
namespace {

// The most bits of randomness() of words. Nine in ten texts of eight random letters have more.
constexpr double kOfWords = 7;

// Whether the whole text is "$NAME" or "$name". With small letters and a digit it is more
// likely a password that begins with a dollar sign ("$ecret99").
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

// "REGISTRY_PASSWORD": in usage texts, the name of the value that is to be put there.
bool is_constant_name(std::string_view text) {
  const auto is_name_byte = [](char c) { return c == '_' || kUpper.find(c) != kUpper.npos; };
  return text.size() > 4 && text.front() != '_' && text.back() != '_' &&
         text.find('_') != text.npos && std::ranges::all_of(text, is_name_byte) &&
         randomness(text) < kOfWords;
}

// Whether a program or a person replaces the text by the password.
bool is_template(std::string_view text) {
  struct Brackets {
    std::string_view open, close;
  };
  constexpr Brackets kBrackets[] = {{"${", "}"}, {"$(", ")"},  {"#{", "}"}, {"<", ">"},
                                    {"{", "}"},  {"%(", ")s"}, {"%", "%"}};
  for (const auto& [open, close] : kBrackets) {
    if (text.size() > open.size() + close.size() && text.starts_with(open) &&
        text.ends_with(close)) {
      return true;
    }
  }
  return text == "%s" || text == "%v" || text == "%d" || text == "{}" || consists_of(text, "*") ||
         is_variable(text) || is_constant_name(text);
}

constexpr size_t kShort = 8;  // the fewest characters that services usually demand

// "acme123": a word in small letters, and digits that only count. Returns the word.
std::string_view without_count(std::string_view text) {
  const size_t last = text.find_last_not_of(kDigits);
  const size_t word = last == text.npos ? 0 : last + 1;
  const bool is_word =
      word >= kShort && text.substr(0, word).find_first_not_of(kLower) == text.npos;
  const bool counts = std::string_view("1234567890").starts_with(text.substr(word));
  return is_word && counts ? text.substr(0, word) : text;
}

// "too-late-in-file", "OpenSesame": letters and separators that read as words.
bool reads_as_words(std::string_view text) {
  constexpr size_t kLongest = 32;
  text = without_count(text);
  const auto is_word_byte = [](char c) {
    return kLower.find(c) != kLower.npos || kUpper.find(c) != kUpper.npos || c == '-' || c == '_' ||
           std::string_view(". ?!@%/^+{}").find(c) != std::string_view::npos;
  };
  return text.size() <= kLongest && std::ranges::all_of(text, is_word_byte) &&
         randomness(text) < kOfWords;
}

// "fun2db": short, and only letters and digits.
bool is_short(std::string_view text) {
  return text.size() < kShort && std::ranges::all_of(text, [](char c) {
           return kBase62UpperFirst.find(c) != kBase62UpperFirst.npos;
         });
}

Validation judge(std::string_view password) {
  if (is_template(password)) return {Validity::invalid, "password is empty or a template"};
  if (!is_readable_text(password)) return {Validity::weakened, "decodes to unreadable text"};
  if (is_short(password)) return {Validity::weakened, "short"};
  if (reads_as_words(password)) return {Validity::weakened, "reads as words"};
  return {};
}

}  // namespace

Validation check_basic_auth(std::string_view secret, int64_t) {
  const auto decoded = base64_decode(secret);
  const size_t divider = decoded ? decoded->find(':') : std::string::npos;
  // RFC 7617 demands the colon: without it no server accepts the value.
  if (divider == std::string::npos) {
    return {Validity::invalid, "is not base64 of a user and a password"};
  }
  if (!is_readable_text(*decoded)) return {Validity::weakened, "decodes to unreadable text"};
  const auto password = std::string_view(*decoded).substr(divider + 1);
  if (password.size() < kShort && !password.empty()) return {Validity::weakened, "short"};
  return judge(password);
}

std::string decode_basic_auth(std::string_view secret) {
  const auto decoded = base64_decode(secret);
  const size_t divider = decoded ? decoded->find(':') : std::string::npos;
  if (divider == std::string::npos) return {};
  std::string password = decoded->substr(divider + 1);
  const std::string user = decoded->substr(0, divider);
  const size_t at =
      user.size() < 3 || user.size() >= password.size() ? std::string::npos : password.find(user);
  return at == std::string::npos ? password : password.erase(at, user.size());
}

Validation check_url_password(std::string_view secret, int64_t) {
  if (is_template(secret)) return {Validity::invalid, "password is empty or a template"};
  const std::string decoded = percent_decode(secret);
  if (decoded.size() < secret.size() && decoded.size() < kShort && !is_template(decoded)) {
    return {Validity::weakened, "short"};
  }
  return judge(decoded);
}

Validation check_docker_config(std::string_view secret, int64_t now) {
  const auto decoded = base64_decode(secret.substr(0, secret.size() / 4 * 4));
  if (!decoded) return {};
  for (const std::string_view field : {"\"auth\"", "\"password\""}) {
    const size_t name = decoded->find(field);
    const size_t begin = name == decoded->npos ? name : decoded->find('"', name + field.size());
    const size_t end = begin == decoded->npos ? begin : decoded->find('"', begin + 1);
    if (end == decoded->npos || end == begin + 1) continue;
    const auto value = std::string_view(*decoded).substr(begin + 1, end - begin - 1);
    return field == "\"auth\"" ? check_basic_auth(value, now) : judge(value);
  }
  return {};
}

std::string decode_base64_password(std::string_view secret) {
  const auto decoded = base64_decode(secret);
  return decoded && is_readable_text(*decoded) ? *decoded : std::string();
}

Validation check_base64_password(std::string_view secret, int64_t) {
  const std::string password = decode_base64_password(secret);
  if (password.empty()) return {};
  if (password.size() < kShort) return {Validity::weakened, "short"};
  return judge(password);
}

Validation check_chosen_password(std::string_view secret, int64_t) { return judge(secret); }

}  // namespace pushguard
