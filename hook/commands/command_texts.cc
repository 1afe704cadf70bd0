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
constexpr Explained kAdmitCalls[] = {
    {"git bundle create push.bundle --all", "in the developer's clone: what is to be pushed"},
    {"pushguard admit push.bundle --repository /srv/git/site.git", "what stops it"},
    {"pushguard admit push.bundle --repository /srv/git/site.git --reason \"import of the old "
     "site\"",
     "let it in"}};
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
constexpr Explained kAuditCalls[] = {
    {"pushguard audit verify", "see whether the site's log is as it was written"},
    {"pushguard audit verify --directory a.git/pushguard", "the same for one repository"}};
constexpr Explained kVerifyCalls[] = {
    {"pushguard audit verify", "look at the log alone"},
    {"pushguard audit verify --checkpoint kept-elsewhere --public-key key.pub",
     "see whether what was signed is there still"}};
constexpr Explained kCheckpointCalls[] = {
    {"pushguard audit checkpoint --output /var/lib/pushguard-audit/checkpoint",
     "sign what is there, if the last checkpoint still holds"}};
constexpr Explained kProveCalls[] = {
    {"pushguard audit prove 41 --checkpoint checkpoint >41.tlog-proof",
     "show one record to somebody who has not the log"}};
constexpr Explained kCheckProofCalls[] = {
    {"pushguard audit check-proof 41.tlog-proof --public-key key.pub", "see what it proves"}};
constexpr Explained kRetainCalls[] = {
    {"pushguard audit retain", "as the user that git runs as, once a day"}};
constexpr Explained kMigrateCalls[] = {
    {"pushguard audit migrate --directory a.git/pushguard",
     "as the user that git runs as, before the first push with this program"}};
constexpr Explained kKeygenCalls[] = {
    {"pushguard audit keygen --output /etc/pushguard-audit/key --name git.example.com/pushguard",
     "as root, or as the user that signs"}};
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
constexpr Explained kAdmitCodes[] = {
    {"0", "it is admitted; without --reason: a push of it would be accepted"},
    {"1", "without --reason: a push of it would be refused"},
    {"2", "something could not be judged or put on record"}};
constexpr Explained kScanCodes[] = {{"0", "nothing was found that would block a push"},
                                    {"1", "something was found that would block a push"},
                                    {"2", "something was not looked at, and is named"}};
constexpr Explained kCheckCodes[] = {{"0", "there is no mistake"},
                                     {"1", "there are mistakes, and they are named"},
                                     {"2", "something could not be checked"}};
constexpr Explained kVerifyCodes[] = {{"0", "the log is as it was written"},
                                      {"1", "it was altered, and the places are printed"},
                                      {"2", "it could not be checked, or not all of it"}};
constexpr Explained kCheckpointCodes[] = {
    {"0", "it is signed"},
    {"2", "it is not, as the log is altered or cannot be checked, or a file is wrong"}};
constexpr Explained kPlainCodes[] = {{"0", "it is done"},
                                     {"2", "the call or a file is wrong, or the output is lost"}};

constexpr std::string_view kHookMore =
    "Without an argument the program does the same, whatever its file is called. A call without "
    "GIT_DIR or without ref updates on standard input checks nothing, says so and ends with 2.";

constexpr std::string_view kAdmitMore =
    "The bundle is judged as a push of it would be, without its limit of time, and what was found "
    "is "
    "printed. With a reason it is let in, on record: one push that sets refs to exactly the "
    "bundle's commits. Who is root becomes the owner of the repository.";
constexpr std::string_view kVerifyMore =
    "Without a checkpoint that is kept elsewhere, who may write to the log can rewrite all of it "
    "unseen. It tells apart records that were altered, removed, inserted or reordered, and a log "
    "that was truncated, exchanged for an older copy, or rewritten.";
constexpr std::string_view kCheckpointMore =
    "A checkpoint is a signed note (C2SP tlog-checkpoint). Nothing is signed that does not begin "
    "with what the last checkpoint has. It is made by a user who cannot write to the log, and kept "
    "where the writers of the log cannot reach it.";
constexpr std::string_view kKeygenMore =
    "The folder must be one that only root and you can write. The name goes into each checkpoint "
    "and never changes.";
constexpr std::string_view kMigrateMore =
    "Records of pushguard-audit/1, and of /2 without a number, get a number and a salt, so that "
    "retention can remove their names and addresses. The log as it was stays as "
    "'before-tree.jsonl'. Without it a push takes them into the tree as they are.";
constexpr std::string_view kRetainMore =
    "Names and addresses become the hashes that the tree has of them, and whole files go, as "
    "'personal_days' and 'record_days' in [audit] say. A record says so, and 'verify' with it.";
constexpr std::string_view kScanMore =
    "Rules, policy and allow entries are those of the hook. Files are looked at as they are: "
    "objects of git, which are compressed, are named, and --repository looks at them.";

constexpr CommandText kTexts[] = {
    {"", "", kCalls, kAllCodes},
    {"pre-receive", kHookMore, kHookCalls, kHookCodes},
    {"scan", kScanMore, kScanCalls, kScanCodes},
    {"admit", kAdmitMore, kAdmitCalls, kAdmitCodes},
    {"config", "", kConfigCalls, kCheckCodes},
    {"config check", "", kConfigCheckCalls, kCheckCodes},
    {"rules", "", kRulesCalls, kPlainCodes},
    {"rules check", "", kRulesCheckCalls, kCheckCodes},
    {"rules import", "", kImportCalls, kPlainCodes},
    {"rules list", "", kListCalls, kPlainCodes},
    {"rules pages", "", kPagesCalls, kPlainCodes},
    {"rules show", "", kShowCalls, kPlainCodes},
    {"audit", "", kAuditCalls, kVerifyCodes},
    {"audit verify", kVerifyMore, kVerifyCalls, kVerifyCodes},
    {"audit checkpoint", kCheckpointMore, kCheckpointCalls, kCheckpointCodes},
    {"audit prove", "", kProveCalls, kVerifyCodes},
    {"audit check-proof", "", kCheckProofCalls, kVerifyCodes},
    {"audit retain", kRetainMore, kRetainCalls, kPlainCodes},
    {"audit migrate", kMigrateMore, kMigrateCalls, kPlainCodes},
    {"audit keygen", kKeygenMore, kKeygenCalls, kPlainCodes},
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
