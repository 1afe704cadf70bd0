// SPDX-License-Identifier: Apache-2.0
// Where in a push that is which was not scanned: the first commit that brings it, and its path.
//
// Only what is told one by one is looked for (objects/unscanned_list.h), by comparing commits
// with their parents as findings are placed. What no ref of the push reaches has no place; nor has
// what time did not suffice for.
#pragma once

#include <vector>

#include "history/object_store.h"
#include "history/push_graph.h"
#include "objects/limits.h"
#include "push/push.h"

namespace pushguard {

// Sets commit and path of each of `list` for which they are found. `graph` was made for the
// objects in it; `objects` has those of the push and the server's.
void find_places(std::vector<Unscanned>& list, const Push& push, const PushGraph& graph,
                 ObjectStore& objects, const Limits& limits);

}  // namespace pushguard
