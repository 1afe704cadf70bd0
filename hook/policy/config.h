// SPDX-License-Identifier: Apache-2.0
// The site's policy, from the server's own file. Nothing of it comes from a push.
//
// Every key has a default, and a hook without any file works. All mistakes are reported at
// once, each with its place, and the push is refused. config_advice.h warns of settings that
// are no mistake but seldom meant.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "objects/limits.h"
#include "objects/object.h"
#include "owners/owner_table.h"
#include "policy/audit_settings.h"
#include "push/environment.h"
#include "rules/own_prefixes.h"
#include "rules/rule.h"
#include "vocabulary/fingerprint.h"

namespace pushguard {

enum class Action : uint8_t { ignore, warn, block };
std::string_view to_string(Action);

// By confidence: possible, likely, confirmed.
using Actions = std::array<Action, 3>;

// An [[allow]] entry: lets a finding in when every condition that is given holds at each of its
// places. At least one is given.
struct Allow {
  std::optional<std::string> rule;  // a rule's id
  std::optional<std::string> path;  // git pathspec: '*' matches '/' as well
  std::optional<std::string> ref;   // the same, on the full ref name
  std::optional<Fingerprint> fingerprint;
  std::string reason;
  std::optional<std::chrono::sys_days> expires;  // the first day on which it is void
  size_t line = 0;                               // in the configuration file
};

// A [[template]] entry: a value that is only an example, in files that match one of `paths`.
// Exactly one of `value` and `sha256` is set.
struct SiteTemplate {
  std::string value;               // RE2, bytes: must match the whole secret
  std::string sha256;              // of the secret, 64 lower-case hex digits
  std::vector<std::string> paths;  // git pathspecs; none: everywhere
  std::string reason;
  std::optional<std::chrono::sys_days> expires;  // the first day on which it is void
  size_t line = 0;                               // in the configuration file
};

// What the site adds to the message of a push that is refused.
struct SiteMessage {
  std::string contact;  // whom developers can ask, or ""
  std::string url;      // a page of the site, in which "{rule}" stands for a rule's id; or ""
  std::string text;     // a sentence of the site's own; or ""
  bool json = false;    // always as JSON as well, not only where the push asks for it

  std::string url_for(std::string_view rule) const;
};

// A roll-out (monitor.h).
struct Monitor {
  std::chrono::sys_days until;            // the first day on which it refuses again
  std::vector<std::string> repositories;  // globs of their names; none: all
  std::vector<std::string> rules;         // their ids; none: all, and what was not looked at
};

struct Config {
  Actions introduced{Action::warn, Action::block, Action::block};
  Actions preexisting{Action::ignore, Action::warn, Action::warn};
  std::array<bool, std::size(kAllWhys)> refuse_unscanned{true, true, true,
                                                         true, true, false};  // by Why
  bool refuse_unlogged = true;
  Limits limits;  // without a deadline: that starts with the push
  std::chrono::seconds time{120};
  std::vector<std::filesystem::path> extra_rules;
  std::vector<OwnPrefixes> prefixes;  // of the site's own tokens
  AuditSettings audit;
  std::string assistants;  // the site's own marks of coding assistants (history/assistant.h)
  bool bypass = false;     // by push option
  std::optional<Monitor> monitor;
  SiteMessage message;
  std::vector<Allow> allow;
  std::vector<SiteTemplate> templates;
  std::vector<SiteOwner> owners;
  // Globs of the files on the default branch whose values are templates.
  std::vector<std::string> template_files{".env.example", ".env.sample", ".env.template",
                                          ".env.dist"};
  Action promoted_example = Action::warn;  // a template's value in an environment file
  std::chrono::days new_rules{14};         // in which a new rule warns (new_rules.h)

  std::string source = "built-in defaults";  // the file that was read
  std::string text;                          // its content, or ""
};

// Parses `text`, the content of the file `name`. Throws FileErrors, or FileError when it is not
// TOML.
Config parse_config(const std::string& name, const std::string& text);

// The [message] table of that file as far as it can be read: for the message about a mistake in
// the file. Does not throw.
SiteMessage load_message(const std::optional<std::string>& named, const Environment& environment);

// `--config` if given, then PUSHGUARD_CONFIG, then /etc/pushguard/config.toml
// if there is one, else the defaults. Throws Error when a named file is missing.
Config load_config(const std::optional<std::string>& named, const Environment& environment);

}  // namespace pushguard
