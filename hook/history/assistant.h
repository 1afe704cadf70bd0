// SPDX-License-Identifier: Apache-2.0
// Which coding assistant wrote a commit, or helped with it, by the marks that it left there: its
// address as author, committer or co-author, and trailers of its own.
//
// A mark is a claim: it can be left out, forged, or lost in a squash. It serves to compare rates,
// and decides on nothing. Whole addresses are compared, or domains that are an assistant's alone.
// Rejected: names (Claude, Devin and Jules are people, too), the style of the text.
#pragma once

#include <string>
#include <string_view>

namespace pushguard {

// The assistant's name ("Claude", "GitHub Copilot"), or "". `content` is that of the commit object.
// `more` has the site's own marks, in the form of the built-in ones: a line "MARK NAME" each, where
// a mark is a whole address, or a domain behind '@'.
std::string assistant_of(std::string_view content, std::string_view more = {});

}  // namespace pushguard
