// SPDX-License-Identifier: Apache-2.0
#include "commands/run_as.h"

#include <grp.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include <fmt/format.h>

#include "vocabulary/error.h"

namespace pushguard {
namespace {

// What a command of the shell prints; "" when it fails.
std::string output_of(const std::string& command) {
  std::FILE* pipe = popen(fmt::format("{{ {}; }} 2>/dev/null", command).c_str(), "re");
  if (!pipe) return {};
  std::string output;
  char chunk[4096];
  while (const size_t got = std::fread(chunk, 1, sizeof chunk, pipe)) output.append(chunk, got);
  return pclose(pipe) == 0 ? output : std::string();
}

// Nothing in it means anything to a shell or to id(1).
bool is_plain(std::string_view name) {
  return !name.empty() && name[0] != '-' && std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) || std::strchr("._-@+", c) || c >= 0x80;
  });
}

std::string first_field(std::string_view line) {
  return std::string(line.substr(0, line.find(':')));
}

std::string field(std::string_view line, size_t number) {
  while (number-- > 0) line.remove_prefix(std::min(line.find(':') + 1, line.size()));
  return std::string(line.substr(0, line.find_first_of(":\n")));
}

std::string name_in(const char* database, unsigned id) {
  const std::string entry = output_of(fmt::format("getent {} {}", database, id));
  return entry.empty() ? std::to_string(id) : first_field(entry);
}

}  // namespace

User find_user(const std::string& name) {
  if (!is_plain(name)) throw Error(fmt::format("'{}' is not the name of a user", name));
  const std::string ids = output_of(fmt::format("id -u {0} && id -g {0} && id -G {0}", name));
  std::istringstream numbers(ids);
  User user{name, 0, 0, {}, field(output_of(fmt::format("getent passwd {}", name)), 5)};
  if (!(numbers >> user.id >> user.group)) {
    throw Error(fmt::format("there is no user '{}' (as 'id {}' says)", name, name));
  }
  for (gid_t group; numbers >> group;) user.groups.push_back(group);
  return user;
}

User calling_user() {
  const char* home = std::getenv("HOME");
  return {name_of_user(geteuid()), geteuid(), getegid(), {}, home ? home : ""};
}

void become(const User& user) {
  if (user.id == geteuid()) return;
  if (geteuid() != 0) {
    throw Error(
        fmt::format("only root can check for '{}': run it as root, or as '{}' without --user",
                    user.name, user.name));
  }
  if (setgroups(user.groups.size(), user.groups.data()) != 0 || setgid(user.group) != 0 ||
      setuid(user.id) != 0) {
    throw Error(fmt::format("cannot become '{}': {}", user.name, std::strerror(errno)));
  }
  if (getuid() != user.id || geteuid() != user.id || setuid(0) == 0) {
    throw Error(fmt::format("cannot become '{}' for good", user.name));
  }
  setenv("HOME", user.home.c_str(), 1);
  setenv("USER", user.name.c_str(), 1);
  setenv("LOGNAME", user.name.c_str(), 1);
  unsetenv("XDG_CONFIG_HOME");
}

std::string name_of_user(uid_t id) { return name_in("passwd", id); }

std::string name_of_group(gid_t id) { return name_in("group", id); }

}  // namespace pushguard
