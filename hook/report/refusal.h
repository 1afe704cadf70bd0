// SPDX-License-Identifier: Apache-2.0
// What is said of a push as one JSON document, for coding agents and other programs.
//
// The document is one line between two marker lines, so that it can be cut out of what git prints.
// Findings and what was not looked at are as in the record of the push; the steps are those of the
// message. Fields are only ever added; install/refusal.schema.json describes them. Rejected: JSON
// in place of git's own lines (git prints them whatever a hook does).
#pragma once

#include <string>
#include <vector>

#include "report/redaction.h"
#include "report/remedy.h"

namespace pushguard {

inline constexpr std::string_view kRefusalBegin = "-----BEGIN PUSHGUARD JSON-----";
inline constexpr std::string_view kRefusalEnd = "-----END PUSHGUARD JSON-----";

// At most 48 KiB; what did not fit is counted. "" when there is nothing to say about the push.
// `is_public`: everybody may read the repository.
std::string render_refusal(const Redacted<Decision>& decision, const Config& config,
                           const WaysOut& ways_out, bool is_public);

}  // namespace pushguard
