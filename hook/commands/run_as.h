// SPDX-License-Identifier: Apache-2.0
// Running a check as the user that git runs as.
//
// The process becomes that user and stays it: what it may open is then the
// kernel's answer, with groups, access lists and mounts, and no guess from mode
// bits. Rejected: getpwnam(3), which in a static binary needs the C library of
// the machine; id(1) knows the same users, those of a directory service too.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace pushguard {

struct User {
  std::string name;
  uid_t id;
  gid_t group;
  std::vector<gid_t> groups;
  std::string home;  // "" if it is not known
};

// Throws Error when there is no such user, or it cannot be looked up.
User find_user(const std::string& name);
// The user that this process runs as.
User calling_user();

// Throws Error, and changes nothing, unless the caller is root or that user.
void become(const User& user);

// The name of a user or a group, such as "git"; its number ("1000") if it has no name.
std::string name_of_user(uid_t id);
std::string name_of_group(gid_t id);

}  // namespace pushguard
