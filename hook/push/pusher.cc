// SPDX-License-Identifier: Apache-2.0
#include "push/pusher.h"

#include <unistd.h>

#include <fmt/format.h>

namespace pushguard {
namespace {

// The order matters: a host's own variable before a transport's.
constexpr std::string_view kPusherVariables[] = {
    "GITHUB_USER_LOGIN",    // GitHub Enterprise Server
    "GL_USERNAME",          // GitLab
    "GITEA_PUSHER_NAME",    // Gitea, Forgejo
    "BB_USER_NAME",         // Bitbucket Data Center
    "SOFT_SERVE_USERNAME",  // soft-serve
    "GL_USER",              // gitolite
    "REMOTE_USER",          // git-http-backend
    "GL_ID",                // GitLab deploy keys
    "LOGNAME",              // sshd and login: the account, often shared
};

// Of GitLab, GitHub Enterprise Server, Bitbucket Data Center and Gitea.
constexpr std::string_view kViaVariables[] = {"GL_PROTOCOL", "GITHUB_VIA", "BB_HOOK_TRIGGER_ID",
                                              "GITEA_PUSH_TRIGGER"};

constexpr std::string_view kRepositoryVariables[] = {
    "GITHUB_REPO_NAME",
    "GL_PROJECT_PATH",
    "GL_REPO",
    "SOFT_SERVE_REPO_NAME",
};

}  // namespace

Pusher find_pusher(const Environment& environment) {
  Pusher pusher;
  for (const std::string_view variable : kPusherVariables) {
    if (auto name = environment.get(variable)) {
      pusher.name = std::move(*name);
      pusher.source = variable;
      break;
    }
  }
  if (pusher.source.empty()) {
    pusher.name = fmt::format("uid {}", geteuid());
    pusher.source = "uid";
  }
  for (const std::string_view variable : {"GITHUB_USER_IP", "SSH_CONNECTION", "REMOTE_ADDR"}) {
    if (const auto value = environment.get(variable)) {
      pusher.address = value->substr(0, value->find(' '));
      break;
    }
  }
  for (const std::string_view variable : kViaVariables) {
    if (auto value = environment.get(variable)) {
      pusher.via = std::move(*value);
      break;
    }
  }
  if (pusher.via.empty() && environment.get("SSH_CONNECTION")) pusher.via = "ssh";
  if (pusher.via.empty() && environment.get("GATEWAY_INTERFACE")) pusher.via = "http";
  return pusher;
}

std::string find_repository_name(const Environment& environment, const std::string& git_dir) {
  for (const std::string_view variable : kRepositoryVariables) {
    if (auto name = environment.get(variable)) return *name;
  }
  for (const auto& [owner, name] : {std::pair("GITEA_REPO_USER_NAME", "GITEA_REPO_NAME"),
                                    std::pair("BB_PROJECT_KEY", "BB_REPO_SLUG")}) {
    const auto first = environment.get(owner), second = environment.get(name);
    if (first && second) return *first + "/" + *second;
  }
  return git_dir;
}

}  // namespace pushguard
