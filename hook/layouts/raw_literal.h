// SPDX-License-Identifier: Apache-2.0
// Literals without plain quotes: raw strings, quoting operators, here-documents.
//
//   #"V"#   r#"V"#   R"x(V)x"   q{V}   %q(V)   ~s[V]   ''V''   [[V]]   @'(newline)V(newline)'@
#pragma once

#include <cstddef>
#include <string_view>

#include "layouts/text.h"

namespace pushguard {

// The literal at `at`, if it is one of these; its text is on one line.
Literal read_raw_literal(std::string_view text, size_t at);

// `<<EOF` with one line of text, at `at`.
Literal read_here_document(std::string_view text, size_t at);

}  // namespace pushguard
