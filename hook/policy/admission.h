// SPDX-License-Identifier: Apache-2.0
// What an administrator let in beforehand: exactly these commits, once, and until a day.
//
// A first push, a mirror or an import may be too large for the limits. The administrator scans it
// at leisure (`pushguard admit`), and what was found then is let in with it. Ids say what was seen,
// so neither the ref nor the pusher counts. Rejected: raising the limits for one push (whoever
// pushes at that moment gets them), and an exception for a repository (it lets in what nobody saw).
#pragma once

#include <chrono>
#include <string>

#include "policy/decision.h"

namespace pushguard {

// Accepts what was refused for objects: a finding in them, or that they could not be checked. What
// the administrator could not see stays refused: names of refs, push options, certificates, and
// objects that no ref of the push reaches. An admission is used up by a push that is accepted with
// it. The caller has seen to it that all names were looked through.
void admit(Decision& decision, const Admission& admission);

}  // namespace pushguard
