// SPDX-License-Identifier: Apache-2.0
// Whether a value was written by a person as words, or is a piece of a program.
//
// Many rules know a secret by a prefix or a name beside it and have no check. What reads as words
// there is a placeholder, a name or a chosen password, never what a machine drew. The structure
// (pieces as people join them) and the model of letter pairs must both say so: of a million
// random values in base62, base64, base36 or hex, 16 characters or more, at most 500 do.
// Rejected: a list of words (names and languages are endless), the model alone (it says so of
// one random value in 200).
#pragma once

#include <string_view>

namespace pushguard {

// "token_for_another_platform", "getReplicationController", "reallocated-sectors-2024". False for
// fewer than eight characters, and for text with other signs than joints of words.
bool reads_as_words(std::string_view text);

// "hostRule.token", "schema.Defaults.Lifespans.RefreshToken": names joined by dots, that read as
// words. In a program, without quotes around, it stands for a value and is none.
bool is_path_of_names(std::string_view text);

}  // namespace pushguard
