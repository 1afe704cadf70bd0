// SPDX-License-Identifier: Apache-2.0
// Objects that the server has, and to which a push gives a new place.
//
// A commit that moves a file, or a directory, names objects that are stored. What was let in only
// because of where it was (audit/let_in.h) is looked for among them, by comparing each commit
// with its parents. Rejected: looking at the entries of new trees alone (the tree of a
// directory that is moved is not new).
#pragma once

#include "history/object_store.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "objects/unscanned_list.h"
#include "push/push.h"

namespace pushguard {

// Those of `wanted` that a ref or a tag of the push names, or that a commit of the push has at a
// path at which no parent has it. `graph` was made for `wanted`; `objects` has the objects of the
// push and the server's. Adds an Unscanned when time ran out, or a comparison of trees took too
// much.
OidSet returned_objects(const OidSet& wanted, const Push& push, const PushGraph& graph,
                        ObjectStore& objects, const Limits& limits, UnscannedList& unscanned);

}  // namespace pushguard
