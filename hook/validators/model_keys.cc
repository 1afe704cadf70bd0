// SPDX-License-Identifier: Apache-2.0
#include "validators/model_keys.h"

#include "codec/encodings.h"

namespace pushguard {
namespace {

constexpr std::string_view kOpenAiMark = "T3BlbkFJ", kGroqMark = "WGdyb3FY";

bool has_centred_mark(std::string_view body) {
  constexpr size_t kSmallestHalf = 20;
  if (body.size() < 2 * kSmallestHalf + kOpenAiMark.size() || body.size() % 2 != 0) return false;
  return body.substr(body.size() / 2 - kOpenAiMark.size() / 2, kOpenAiMark.size()) == kOpenAiMark;
}

}  // namespace

Validation check_openai_infix(std::string_view secret, int64_t) {
  // The prefix ends at the first, second or third dash ("sk-proj-"); the body may have dashes.
  size_t dash = secret.find('-');
  for (int dashes = 0; dashes < 3 && dash != secret.npos; ++dashes) {
    if (has_centred_mark(secret.substr(dash + 1))) {
      return {Validity::valid, "carries the provider's own mark"};
    }
    dash = secret.find('-', dash + 1);
  }
  return {Validity::weakened, "lacks the provider's mark in its middle"};
}

Validation check_groq_infix(std::string_view secret, int64_t) {
  if (secret.find(kGroqMark) == secret.npos) return {};
  return {Validity::valid, "carries the provider's own mark"};
}

Validation check_anthropic_suffix(std::string_view secret, int64_t) {
  constexpr size_t kBodySize = 95;
  constexpr int kPrefixDashes = 3;  // "sk-ant-api03-"
  size_t body = 0;
  for (int dashes = 0; dashes < kPrefixDashes; ++dashes) {
    body = secret.find('-', body);
    if (body == secret.npos) break;
    ++body;
  }
  if (body != secret.npos && secret.size() - body == kBodySize && secret.ends_with("AA")) return {};
  return {Validity::weakened, "length and ending are not those of a real one"};
}

Validation check_huggingface_letters(std::string_view secret, int64_t) {
  for (const std::string_view prefix : {"hf_", "api_org_"}) {
    if (secret.starts_with(prefix)) secret.remove_prefix(prefix.size());
  }
  const std::string_view letters = kBase62UpperFirst.substr(kDigits.size());
  if (consists_of(secret, letters)) return {};
  return {Validity::weakened, "a real one consists of letters"};
}

}  // namespace pushguard
