// Letters that are not ASCII, where TOML allows none: outside of strings and
// comments (toml.io/en/v1.0.0: keys without quotes, numbers, dates).
//
// toml++ 3.3 runs into code that it calls unreachable when one starts a key or a
// value: a letter such as U+00E9 in a file would be undefined behaviour.
// Rejected: a newer toml++ of our own (Debian's is what is kept up to date).
#pragma once

#include <cstddef>
#include <string_view>

namespace pushguard {

// The first byte of the first such letter, or npos. Up to the first mistake in
// `text` strings and comments are where TOML says; toml++ stops there anyway.
size_t find_stray_letter(std::string_view text);

}  // namespace pushguard
