// SPDX-License-Identifier: Apache-2.0
#include "policy/admission.h"

#include <algorithm>

namespace pushguard {
namespace {

// The administrator saw what the tips reach, and nothing else that a push may bring.
bool was_seen(const Place& place) {
  if (place.ref.empty()) return false;
  switch (place.kind) {
    case Place::Kind::file:
    case Place::Kind::file_name:
    case Place::Kind::commit:
    case Place::Kind::tag:
    case Place::Kind::object: return true;
    case Place::Kind::ref_name:
    case Place::Kind::push_option:
    case Place::Kind::push_certificate: return false;
  }
  return false;
}

}  // namespace

void admit(Decision& decision, const Admission& admission) {
  for (Judged& one : decision.judged) {
    if (one.outcome != Outcome::blocked) continue;
    if (!std::ranges::all_of(one.exposure.places, was_seen)) continue;
    one.outcome = Outcome::admitted;
    one.why = admission.reason;
  }
  for (JudgedUnscanned& one : decision.unscanned) one.refused = false;
  decision.verdict = verdict_of(decision);
  decision.admission = admission;
}

}  // namespace pushguard
