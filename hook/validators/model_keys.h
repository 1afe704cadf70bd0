// SPDX-License-Identifier: Apache-2.0
// Keys of providers of AI models. None has a checksum, so the checks are of fixed text and of
// shape.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// OpenAI: the middle of the characters after the prefix is "OpenAI" in base64. No other text
// has it there, so the key is `valid`, with a note.
Validation check_openai_infix(std::string_view secret, int64_t now);

// Groq: "XgroqX" in base64, anywhere after the prefix. Whether every key has it is not
// documented, so a key without it is `unknown`.
Validation check_groq_infix(std::string_view secret, int64_t now);

// Anthropic: 95 characters after the prefix; the last two encode zero bits: "AA".
Validation check_anthropic_suffix(std::string_view secret, int64_t now);

// Hugging Face: only letters after the prefix; a digit is a sign of filler.
Validation check_huggingface_letters(std::string_view secret, int64_t now);

}  // namespace pushguard
