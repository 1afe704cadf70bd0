// How common a gram of three characters is in source text, roughly: what the
// keyword tables choose a keyword's anchors by. A wrong guess costs time only.
#pragma once

#include <string_view>

namespace pushguard {

// About how often the lower-case characters of `gram` (one or more) follow each
// other, from 0 to 1, by the letter model that tells random values from words.
double commonness(std::string_view gram);

}  // namespace pushguard
