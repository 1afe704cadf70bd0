// SPDX-License-Identifier: Apache-2.0
#include "validators/random_value.h"

#include <algorithm>
#include <bit>

#include "codec/encodings.h"
#include "validators/jwt.h"
#include "validators/letter_pair_model.h"
#include "validators/public_by_design.h"
#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

using std::string_view;

// The least randomness() of a random value, in bits. Measured on words of source code and on
// random text; unit tests check both rates.
constexpr double kEnough = 12.5;      // for 16 characters or more
constexpr double kEnoughJoined = 24;  // for a value with separators, as names often have
constexpr double kEnoughShort = 22;   // for 12 to 15 characters

size_t count(string_view text, bool (*is)(char)) {
  return static_cast<size_t>(std::ranges::count_if(text, is));
}

// "9f:86:d0:81": a fingerprint or an address of a network card.
bool is_bytes_in_hex(string_view text) {
  if (text.size() < 8 || text.size() % 3 != 2) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != ':' && text[i] != '-' : !is_hex_digit(text[i])) return false;
  }
  return true;
}

bool is_uuid(string_view text) {
  return text.size() == 36 &&
         std::ranges::all_of(text, [](char c) { return is_hex_digit(c) || c == '-'; });
}

// "0x" and up to 16 digits: a number in source code.
bool is_hex_number(string_view text) {
  return text.size() <= 18 && (text.starts_with("0x") || text.starts_with("0X")) &&
         std::ranges::all_of(text.substr(2), is_hex_digit);
}

// "1b2c3d4..5e6f7a8": commits from one to another, as git writes them.
bool is_commit_range(string_view text) {
  const size_t dots = text.find("..");
  if (dots == text.npos || dots < 7) return false;
  string_view after = text.substr(dots + 2);
  if (after.starts_with('.')) after.remove_prefix(1);
  if (after.ends_with(':')) after.remove_suffix(1);
  return after.size() >= 7 && std::ranges::all_of(text.substr(0, dots), is_hex_digit) &&
         std::ranges::all_of(after, is_hex_digit);
}

// "000102...0E0F": consecutive bytes, a usual key in tests.
bool is_counted_up(string_view text) {
  const auto bytes = hex_decode(text);
  return bytes && bytes->size() >= 8 && std::ranges::adjacent_find(*bytes, [](char one, char next) {
                                          return next != static_cast<char>(one + 1);
                                        }) == bytes->end();
}

// Whether the text is labelled as a digest, a stored password hash, a public key, a picture, or
// an address.
bool says_what_it_is(string_view text) {
  constexpr string_view kStarts[] = {
      "sha1-",   "sha256-", "sha384-", "sha512-", "sha1:",   "sha256:", "sha512:",
      "md5:",    "md5-",    "$1$",     "$2",      "$5$",     "$6$",     "$y$",
      "$7$",     "$argon2", "$apr1$",  "$scrypt", "$pbkdf2", "pbkdf2",  "argon2",
      "scrypt:", "bcrypt",  "{SSHA",   "{SHA",    "{MD5}",   "ssh-",    "AAAAB3",
      "AAAAC3",  "AAAAE2",  "ecdsa-",  "MIIB",    "data:",   "mailto:", "www.",
      "urn:",    "arn:",    "-----",   "./",      "../",     "~/"};
  return text.find("://") != string_view::npos || text.find("@sha256:") != string_view::npos ||
         std::ranges::any_of(kStarts, [&](string_view start) { return text.starts_with(start); });
}

// "name.ext", with two to five letters after the last dot.
bool is_file_name(string_view text) {
  const size_t dot = text.rfind('.');
  if (dot == string_view::npos || dot == 0) return false;
  const string_view ending = text.substr(dot + 1);
  return ending.size() >= 2 && ending.size() <= 5 &&
         (std::ranges::all_of(ending, is_lower) || std::ranges::all_of(ending, is_upper));
}

// Capitals mean no path here: random base64 of any length has some.
bool is_path(string_view text) {
  return text.find('/') != string_view::npos && count(text, is_upper) == 0 &&
         count(text, is_digit) * 4 < text.size();
}

bool is_address(string_view text) {
  const size_t at = text.find('@');
  return at != string_view::npos && at > 0 && text.find('.', at) != string_view::npos;
}

// Digits and separators: a version, a date, a time, an IP address, a phone number.
bool is_number(string_view text) {
  const size_t letters = count(text, is_letter);
  return std::ranges::all_of(text, is_alnum) ? letters == 0 : letters * 8 <= text.size();
}

// "required|min:6", "a|b|c": rules for a form, or a list of choices.
bool is_list_of_options(string_view text) {
  return text.find('|') != string_view::npos && std::ranges::all_of(text, [](char c) {
           return is_lower(c) || is_digit(c) || string_view("|:,_-=").find(c) != string_view::npos;
         });
}

// "app-secrets-7b9f6d5c4", "api-6c8f7d9b54-x2k4p": a name in words, and what Kubernetes or
// Kustomize appends: 8 to 10 of its own 27 characters, which have no vowel, and for a pod 5 more.
bool is_generated_name(string_view text) {
  constexpr string_view kDrawn = "bcdfghjklmnpqrstvwxz2456789";
  constexpr size_t kPod = 5, kFewest = 8, kMost = 10;
  constexpr double kOfWords = 6;  // bits of randomness()
  const auto split_off = [&](size_t fewest, size_t most) {
    const size_t joint = text.rfind('-');
    if (joint == text.npos) return false;
    const string_view drawn = text.substr(joint + 1);
    if (drawn.size() < fewest || drawn.size() > most ||
        drawn.find_first_not_of(kDrawn) != drawn.npos) {
      return false;
    }
    text = text.substr(0, joint);
    return true;
  };
  split_off(kPod, kPod);
  if (!split_off(kFewest, kMost)) return false;
  return text.size() >= 3 && is_lower(text[0]) && text.find_first_of("aeiouy") != text.npos &&
         std::ranges::all_of(text, [](char c) { return is_lower(c) || c == '-'; }) &&
         randomness(text) < kOfWords;
}

// What `openssl enc` writes with -a: "Salted__", 8 bytes of salt, and at least 8 more.
bool is_salted(string_view text) {
  constexpr string_view kStart = "U2FsdGVkX1";
  constexpr size_t kShortest = 32;
  return text.size() >= kShortest && text.starts_with(kStart) && base64_decode(text);
}

// What AWS KMS, Sealed Secrets, OpenSSL and dotenvx encrypted. The first bytes of KMS are a version
// and an algorithm; those of Sealed Secrets are the size of an RSA block of 512 bytes, which comes
// next (github.com/bitnami-labs/sealed-secrets, pkg/crypto).
bool is_encrypted(string_view text) {
  constexpr string_view kDotenvx = "encrypted:";
  if (text.starts_with(kDotenvx) && base64_decode(text.substr(kDotenvx.size()))) return true;
  if (is_salted(text)) return true;
  constexpr size_t kShortestKms = 120, kShortestSealed = 684;
  if (text.starts_with("AQICAH") || text.starts_with("AQIDAH")) return text.size() >= kShortestKms;
  return text.starts_with("Ag") && text.size() >= kShortestSealed && text[2] >= 'A' &&
         text[2] <= 'D';
}

bool is_known_otherwise(string_view text) {
  if (is_jwt(text)) return true;  // its own rule judges it
  return has_public_prefix(text) || is_list_of_options(text) || is_bytes_in_hex(text) ||
         is_hex_number(text) || is_encrypted(text) || is_generated_name(text) ||
         is_commit_range(text) || is_counted_up(text) || says_what_it_is(text) ||
         is_file_name(text) || is_path(text) || is_address(text) || is_number(text);
}

size_t longest_piece(string_view text) {
  size_t longest = 0, length = 0;
  for (const char c : text) {
    length = is_alnum(c) ? length + 1 : 0;
    longest = std::max(longest, length);
  }
  return longest;
}

// Names with a call, a subscript or an operator, and format strings.
bool is_code(string_view text) {
  constexpr string_view kStarts = "$%{[(&*@#)]}";
  if (kStarts.find(text[0]) != string_view::npos) return true;
  if (text.find("::") != string_view::npos || text.find("->") != string_view::npos) return true;
  for (const string_view mark : {"&&", "{", "}", "----"}) {  // conditions, styles, rulers
    if (text.find(mark) != string_view::npos) return true;
  }
  const size_t bracket = text.find_first_of("([{");
  if (bracket == string_view::npos) {
    return text.find_last_of(")]}") != string_view::npos &&
           text.find_last_of(")]}") + 2 >= text.size();  // "value):"
  }
  return bracket >= 3 && std::ranges::all_of(text.substr(0, bracket), [](char c) {
           return is_alnum(c) || c == '_' || c == '.' || c == ':';
         });
}

// A UUID of version 4: 122 of its bits are random. What is made up by hand has fewer digits.
bool is_random_uuid(string_view text) {
  constexpr size_t kSize = 36, kVersionAt = 14, kVariantAt = 19, kFewest = 8;
  if (text.size() != kSize || text[kVersionAt] != '4' ||
      string_view("89abAB").find(text[kVariantAt]) == string_view::npos) {
    return false;
  }
  uint32_t seen = 0;
  for (size_t i = 0; i < kSize; ++i) {
    const bool joint = i == 8 || i == 13 || i == 18 || i == 23;
    if (joint ? text[i] != '-' : !is_hex_digit(text[i])) return false;
    if (!joint) seen |= 1u << hex_value(static_cast<uint8_t>(text[i]));
  }
  return static_cast<size_t>(std::popcount(seen)) >= kFewest;
}

bool is_random(string_view text) {
  constexpr string_view kMarks = "+/=_-.~%!@#$^*?:";
  const auto is_usual = [&](char c) { return is_alnum(c) || kMarks.find(c) != kMarks.npos; };
  if (text.size() < 12 || !std::ranges::all_of(text, is_usual) || is_code(text)) return false;
  const size_t letters = count(text, is_letter), digits = count(text, is_digit);
  if (std::ranges::all_of(text, is_hex_digit) && text.size() >= 16)
    return letters > 0 && digits > 0;
  if (text.size() < 16) return letters > 0 && digits > 0 && randomness(text) >= kEnoughShort;
  const bool joined = text.find_first_of("_-.~%!@#$^*?:") != string_view::npos;
  if (!joined) return randomness(text) >= kEnough;
  return randomness(text) >= (longest_piece(text) >= 16 ? kEnough : kEnoughJoined);
}

// Base32 of text: no seed, whose bytes are random.
bool is_text_in_base32(string_view text) {
  constexpr size_t kShortest = 16;
  if (text.size() < kShortest || std::ranges::any_of(text, is_lower)) return false;
  const auto decoded = base32_decode(text.substr(0, text.find('=')));
  return decoded && std::ranges::all_of(*decoded, [](char c) { return c >= ' ' && c <= '~'; });
}

// "cGFzc3dvcmQK": base64 of words, as in manifests of Kubernetes. Base64 of random text, or of
// text with a digit, may well be a secret.
bool is_words_in_base64(string_view text) {
  constexpr size_t kShortest = 8;  // 8 random bytes are all printable ASCII once in 2,800 times
  const auto decoded = base64_decode(text);
  if (!decoded || decoded->size() < kShortest) return false;
  string_view words = *decoded;
  if (words.ends_with('\n')) words.remove_suffix(1);
  if (!std::ranges::all_of(words, [](char c) { return c >= 0x20 && c < 0x7f; })) return false;
  return is_number(words) || (count(words, is_digit) == 0 && !is_random(words));
}

// "Winter2023": chosen by a person, without a separator, with three digits or more that do not
// only count behind a word in small letters ("apple123").
bool is_word_and_number(string_view text) {
  const size_t word = std::min(text.find_first_of("0123456789"), text.size());
  const bool counts = string_view("1234567890").starts_with(text.substr(word));
  if (counts && is_lower(text[0])) return false;
  return word >= 4 && word <= 12 && text.size() - word >= 3 && text.size() - word <= 6 &&
         std::ranges::all_of(text.substr(0, word), is_letter) &&
         std::ranges::all_of(text.substr(word), is_digit) &&
         std::ranges::none_of(text.substr(1, word - 1), is_upper);
}

}  // namespace

Validation check_random_value(string_view secret, int64_t) {
  if (is_random_uuid(secret)) return {};
  if (is_known_otherwise(secret) || !is_random(secret) || is_words_in_base64(secret) ||
      is_text_in_base32(secret)) {
    return {Validity::invalid, "is not random"};
  }
  return {};
}

Validation check_token_text(string_view secret, int64_t now) {
  if (is_uuid(secret)) return {Validity::invalid, "is an id"};
  return check_random_value(secret, now);
}

bool is_surely_random(string_view secret) {
  constexpr size_t kShortest = 20, kLongest = 512, kShortestHex = 32;
  constexpr double kEnoughSurely = 28;
  if (secret.size() < kShortest || secret.size() > kLongest) return false;
  if (check_random_value(secret, 0).validity == Validity::invalid) return false;
  if (std::ranges::all_of(secret, is_hex_digit)) return secret.size() >= kShortestHex;
  return !is_uuid(secret) && randomness(secret) >= kEnoughSurely;
}

Validation check_password_value(string_view secret, int64_t) {
  const Validation kDropped{Validity::invalid, "is no password"};
  if (is_known_otherwise(secret)) return kDropped;
  if (is_words_in_base64(secret)) return kDropped;
  if (is_random(secret)) return {};
  if (secret.size() < 8 || secret.size() > 64 || is_code(secret)) return kDropped;
  if (secret.starts_with('+') || secret.find('=') != string_view::npos) return kDropped;
  const size_t lower = count(secret, is_lower), upper = count(secret, is_upper),
               digits = count(secret, is_digit);
  const size_t joints =
      count(secret, [](char c) { return string_view("_-.:/").find(c) != string_view::npos; });
  const size_t marks = secret.size() - lower - upper - digits - joints;
  const bool letters = lower + upper >= 2;
  // "Spring2024!", "tr0ub4dor&3": a digit, and a special character that no name has.
  if (letters && digits > 0 && marks > 0) return {};
  if (is_word_and_number(secret)) return {};
  // Without a special character it must not look like a name with a number: "userPassword2".
  const size_t first_digit = std::min(secret.find_first_of("0123456789"), secret.size());
  const bool inner_digit = std::ranges::any_of(secret.substr(first_digit), is_letter);
  if (lower > 0 && upper > 0 && digits > 0 && inner_digit && joints == 0 &&
      randomness(secret) >= 6) {
    return {};
  }
  return kDropped;
}

}  // namespace pushguard
