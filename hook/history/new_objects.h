// SPDX-License-Identifier: Apache-2.0
// What a push brings to a host that gives no quarantine: the objects that its
// new ids reach and no ref does, as git lists them.
//
// Such a host has stored the objects already, among all others; refs are moved
// after the hook, so those that there are, hidden ones too, are of before the
// push. What no ref reaches cannot be told: of objects that were sent and are not
// reached by the new ids nobody knows. So a quarantine is walked where there is
// one (objects/quarantine.h).
// Rejected: all objects younger than the push (clocks, and other pushes).
#pragma once

#include <memory>
#include <unordered_set>

#include "history/object_store.h"
#include "objects/limits.h"
#include "push/push.h"

namespace pushguard {

using OidSet = std::unordered_set<Oid, OidHash>;

// Each object arrives at `visitor` once, as an object or as unscanned, and is in
// the result. Where git cannot list them to the end, that is one Unscanned more.
// Throws Error when git cannot be run.
OidSet visit_new_objects(const Push& push, const Limits& limits, ObjectVisitor& visitor);

// Those of `ids` that are of one of the types, once more; none as unscanned.
void visit_again(const OidSet& ids, ObjectTypes types, ObjectStore& store, const Limits& limits,
                 ObjectVisitor& visitor);

// `store` as it was before `newer` came; `newer` must outlive it.
std::unique_ptr<ObjectStore> store_without(const OidSet& newer, std::unique_ptr<ObjectStore> store);

}  // namespace pushguard
