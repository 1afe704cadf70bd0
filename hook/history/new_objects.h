// SPDX-License-Identifier: Apache-2.0
// The new objects of a push to a host without a quarantine: those that the new ids reach,
// and neither the old ids nor any other ref, as listed by `git rev-list`.
//
// Such a host stores the objects before it calls the hook. It may even have moved the refs of
// the push, so these count with their old ids. All other refs, hidden ones included, are older
// than the push. Objects that were sent and that the new ids do not reach cannot be
// identified; a quarantine has them (objects/quarantine.h). With a quarantine, what it has is
// new, and so is what no ref reaches of a new id that it does not have.
// Rejected: all objects younger than the push (clocks are wrong, pushes overlap).
#pragma once

#include <memory>
#include <span>

#include "history/object_store.h"
#include "objects/limits.h"
#include "push/push.h"

namespace pushguard {

// Passes each object to `visitor` once, as an object or as Unscanned, and returns their ids.
// Passes one more Unscanned when git cannot list all of them. Throws Error when git cannot
// be run.
OidSet visit_new_objects(const Push& push, const Limits& limits, ObjectVisitor& visitor);

// The same for those `ids` among the new ones that a quarantine does not have, and the server
// does: no ref may reach them any more, and a quarantine that is not git's may be empty.
OidSet visit_new_objects(const Push& push, std::span<const Oid> ids, const Limits& limits,
                         ObjectVisitor& visitor);

// Passes those of `ids` whose type is in `types` to `visitor` again; reports no Unscanned.
void visit_again(const OidSet& ids, ObjectTypes types, ObjectStore& store, const Limits& limits,
                 ObjectVisitor& visitor);

// `store` without the objects in `newer`, which must outlive the result.
std::unique_ptr<ObjectStore> store_without(const OidSet& newer, std::unique_ptr<ObjectStore> store);

}  // namespace pushguard
