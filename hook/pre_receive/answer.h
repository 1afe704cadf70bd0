// SPDX-License-Identifier: Apache-2.0
// What is said of a judged push to whoever pushed it.
#pragma once

#include <string>
#include <vector>

#include "history/rewrite.h"
#include "push/environment.h"
#include "report/redaction.h"

namespace pushguard {

// The exposures that a push is refused for.
std::vector<Exposure*> refused_for(Decision& decision);

// The message, or JSON, or both: as the push asked for it (`as_json`) and the site wants it.
std::string answer(const Redacted<Decision>& decision, const Redacted<Push>& push,
                   const Config& config, const std::vector<Rewrite>& rewrites, bool as_json);

// `text` as the host of the push shows it: the web pages of GitLab show only lines that begin with
// "GL-HOOK-ERR:" (its documentation, "Git server hooks").
std::string for_host(const std::string& text, const Environment& environment);

}  // namespace pushguard
