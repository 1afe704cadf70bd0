// SPDX-License-Identifier: Apache-2.0
// Keys of AI providers: marks of shape, for none of them has a checksum.
#pragma once

#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// OpenAI's name in base64 stands in the middle of the characters after the
// prefix: `valid` with a note, for nobody else writes it there.
Validation check_openai_infix(std::string_view secret, int64_t now);

// Groq: "XgroqX" in base64, somewhere behind the prefix. Whether every key has
// it is not documented, so that one without is `unknown`.
Validation check_groq_infix(std::string_view secret, int64_t now);

// 95 characters after the prefix, of which the last two hold zero bits: "AA".
Validation check_anthropic_suffix(std::string_view secret, int64_t now);

// Letters alone after the prefix; a digit is a sign of filler.
Validation check_huggingface_letters(std::string_view secret, int64_t now);

}  // namespace pushguard
