// SPDX-License-Identifier: Apache-2.0
#include "commands/command_texts.h"

#include <fmt/format.h>

#include <algorithm>

#include "vocabulary/error.h"

namespace pushguard {
namespace {

constexpr Explained kCalls[] = {
    {"/usr/local/share/pushguard/bare.sh --install REPOSITORY.git", "guard a repository"},
    {"pushguard scan .", "look for secrets in files"},
    {"pushguard config check", "say what is wrong with the configuration"},
    {"pushguard rules show github-pat-classic", "say all about one rule"},
    {"pushguard help scan", "say more of one command"}};
constexpr Explained kHookCalls[] = {
    {"exec pushguard pre-receive --config /srv/git/pushguard.toml",
     "the last line of a hook script that reads nothing of its standard input"}};
constexpr Explained kScanCalls[] = {
    {"pushguard scan .", "all files below this directory"},
    {"git diff --cached | pushguard scan -", "what is about to be committed"},
    {"pushguard scan --format jsonl src", "one line of JSON for each finding"},
    {"pushguard scan --repository /srv/git/r.git", "all that a repository stores"},
    {"pushguard scan --all /srv/git --state /var/lib/pushguard/scan",
     "all repositories; the next time only what is new"}};
constexpr Explained kConfigCalls[] = {{"pushguard config check", "check the server's own file"}};
constexpr Explained kConfigCheckCalls[] = {
    {"pushguard config check", "check the file that the hook would read"},
    {"pushguard config check --config new.toml", "check a file before it is put in place"},
    {"pushguard config check --user git", "as root: see what that user may read and write"}};
constexpr Explained kRulesCalls[] = {
    {"pushguard rules list", "name every built-in rule"},
    {"pushguard rules show github-pat-classic", "say all about one"}};
constexpr Explained kRulesCheckCalls[] = {
    {"pushguard rules check", "check the built-in rules"},
    {"pushguard rules check /etc/pushguard/rules.toml", "check rules of the site"}};
constexpr Explained kImportCalls[] = {
    {"pushguard rules import gitleaks.toml", "say what it means here"},
    {"pushguard rules import --output rules.toml gitleaks.toml", "and write it as plain rules"}};
constexpr Explained kListCalls[] = {
    {"pushguard rules list | grep -i gitlab", "rules of a provider"}};
constexpr Explained kPagesCalls[] = {{"pushguard rules pages >rules.md", "keep the reference"}};
constexpr Explained kShowCalls[] = {
    {"pushguard rules show github-pat-classic", "say all about one rule"}};
constexpr Explained kVersionCalls[] = {{"pushguard version", "say what is installed"}};
constexpr Explained kHelpCalls[] = {
    {"pushguard help rules check", "say how a command is called"},
    {"pushguard help --man pushguard.toml | man -l -", "read the manual of the configuration"},
    {"pushguard help --completion bash >/etc/bash_completion.d/pushguard",
     "complete words in the shell"}};

constexpr Explained kAllCodes[] = {
    {"0", "it is done, and nothing was found; the push is accepted"},
    {"1", "the push is refused; a secret or a mistake was found"},
    {"2", "nothing was decided: the call or a file is wrong, or something was not looked at; git "
          "refuses the push"},
    {"141", "the reader of the output is gone (the shell's code for SIGPIPE)"}};
constexpr Explained kHookCodes[] = {{"0", "the push is accepted"},
                                    {"1", "the push is refused"},
                                    {"2", "it could not be judged, or is no push; git refuses it"}};
constexpr Explained kScanCodes[] = {{"0", "nothing was found that would block a push"},
                                    {"1", "something was found that would block a push"},
                                    {"2", "something was not looked at, and is named"}};
constexpr Explained kCheckCodes[] = {{"0", "there is no mistake"},
                                     {"1", "there are mistakes, and they are named"},
                                     {"2", "something could not be checked"}};
constexpr Explained kPlainCodes[] = {{"0", "it is done"},
                                     {"2", "the call or a file is wrong, or the output is lost"}};

constexpr std::string_view kHookMore =
    "Without an argument the program does the same, whatever its file is called. A call without "
    "GIT_DIR or without ref updates on standard input checks nothing, says so and ends with 2.";

constexpr std::string_view kScanMore =
    "Rules, policy and allow entries are those of the hook. Files are looked at as they are: "
    "objects of git, which are compressed, are named, and --repository looks at them.";

constexpr CommandText kTexts[] = {
    {"", "", kCalls, kAllCodes},
    {"pre-receive", kHookMore, kHookCalls, kHookCodes},
    {"scan", kScanMore, kScanCalls, kScanCodes},
    {"config", "", kConfigCalls, kCheckCodes},
    {"config check", "", kConfigCheckCalls, kCheckCodes},
    {"rules", "", kRulesCalls, kPlainCodes},
    {"rules check", "", kRulesCheckCalls, kCheckCodes},
    {"rules import", "", kImportCalls, kPlainCodes},
    {"rules list", "", kListCalls, kPlainCodes},
    {"rules pages", "", kPagesCalls, kPlainCodes},
    {"rules show", "", kShowCalls, kPlainCodes},
    {"version", "", kVersionCalls, kPlainCodes},
    {"help", "", kHelpCalls, kPlainCodes},
};

}  // namespace

const CommandText& text_of(std::string_view command) {
  const auto found = std::ranges::find(kTexts, command, &CommandText::command);
  if (found == std::end(kTexts)) throw Error(fmt::format("no text of command '{}'", command));
  return *found;
}

}  // namespace pushguard
