// SPDX-License-Identifier: Apache-2.0
#include "policy/admission.h"

#include <algorithm>

namespace pushguard {
namespace {

bool is_in_objects(const Place& place) {
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
    if (!std::ranges::all_of(one.exposure.places, is_in_objects)) continue;
    one.outcome = Outcome::admitted;
    one.why = admission.reason;
  }
  for (JudgedUnscanned& one : decision.unscanned) one.refused = false;
  decision.verdict = verdict_of(decision);
  decision.admission = admission;
}

}  // namespace pushguard
