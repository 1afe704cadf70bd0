// How common a gram of three characters is in source text, roughly: what the
// keyword tables choose a keyword's anchors by. A wrong guess costs time only.
#pragma once

#include <string_view>

namespace pushguard {

// Larger is more common; `gram` is three lower-case characters, or four, of
// which the last only narrows.
double commonness(std::string_view gram);

}  // namespace pushguard
