// SPDX-License-Identifier: Apache-2.0
#include "policy/config_keys.h"

#include <algorithm>

namespace pushguard {
namespace {

constexpr std::string_view kAction = "\"block\", \"warn\" or \"ignore\"";
constexpr std::string_view kFailure = "\"refuse\" or \"accept\"";
constexpr std::string_view kDate = "date";
constexpr std::string_view kText = "string";
constexpr std::string_view kTexts = "list of strings";

constexpr ConfigTable kTables[] = {
    {"policy", false, "what is done with a secret"},
    {"policy.introduced", false, "what is done with a secret that the push introduces"},
    {"policy.preexisting", false, "what is done with a secret that the server had before the push"},
    {"templates", false, "the repository's own files of example values"},
    {"failures", false, "what is done with a push of which something could not be looked at"},
    {"limits", false, "what one push may cost"},
    {"rules", false, "rules of the site, beside the built-in ones"},
    {"prefixes", false, "prefixes that the site gave to tokens of its own servers"},
    {"audit", false, "where the record of every push is kept"},
    {"bypass", false, "exceptions that developers ask for by push option"},
    {"monitor", false, "a roll-out: until a day the hook warns where it would refuse"},
    {"message", false, "what the message of a refused push says of the site"},
    {"allow", true, "a finding that may stand where every condition given is met"},
    {"template", true, "a value that is an example here, and no secret"},
    {"owner", true, "whom a secret concerns, at the places where every condition given is met"},
};

constexpr ConfigKey kKeys[] = {
    {"policy", "promoted_example", kAction, "\"warn\"",
     "what is done with a placeholder or a published example in an environment file such as "
     "'.env.production'"},
    {"policy", "new_rules", "number from 0 to 366", "14",
     "the days in which a rule that is new or stricter in a release warns, from the first push at "
     "the site on; what is confirmed blocks at once"},
    {"policy.introduced", "possible", kAction, "\"warn\"",
     "what is done when only the name or the shape of a value says that it is a secret"},
    {"policy.introduced", "likely", kAction, "\"block\"",
     "what is done when a value has the form of a provider's secret"},
    {"policy.introduced", "confirmed", kAction, "\"block\"",
     "what is done when a check of the value itself, such as its checksum, holds"},
    {"policy.preexisting", "possible", kAction, "\"ignore\"",
     "what is done when only the name or the shape of a value says that it is a secret"},
    {"policy.preexisting", "likely", kAction, "\"warn\"",
     "what is done when a value has the form of a provider's secret"},
    {"policy.preexisting", "confirmed", kAction, "\"warn\"",
     "what is done when a check of the value itself, such as its checksum, holds"},
    {"templates", "files", kTexts,
     "[\".env.example\", \".env.sample\", \".env.template\", \".env.dist\"]",
     "globs of the files on the default branch whose weak values are examples; one without '/' is "
     "compared with the file's name"},
    {"failures", "damaged", kFailure, "\"refuse\"", "an object cannot be read"},
    {"failures", "too-large", kFailure, "\"refuse\"",
     "an object is larger than the limits, or than the parts in which a rule can look at it"},
    {"failures", "out-of-time", kFailure, "\"refuse\"", "the time of the push was used up"},
    {"failures", "too-many-findings", kFailure, "\"refuse\"",
     "there are more findings than are kept"},
    {"failures", "no-quarantine", kFailure, "\"refuse\"",
     "the host keeps new objects not apart, and git could not list them"},
    {"failures", "log", kFailure, "\"refuse\"", "the push could not be put on record"},
    {"failures", "archive", kFailure, "\"accept\"",
     "an archive is encrypted, damaged, nested too deep or too large; accepted with a warning"},
    {"limits", "object_mib", "number from 1 to 1048576", "512",
     "the size in MiB up to which an object is rebuilt in memory; large blobs are read in parts"},
    {"limits", "memory_mib", "number from 1 to 1048576", "2048",
     "the size in MiB of all objects that are held at once"},
    {"limits", "seconds", "number from 1 to 86400", "120", "the time of one push"},
    {"limits", "threads", "number from 1 to 64", "",
     "the number of threads; as many as there are processors, at most 8, if not given"},
    {"rules", "extra", kTexts, "[]",
     "absolute paths of rule files, in the format of 'rules/*.toml' or of gitleaks"},
    {"prefixes", "gitlab", kTexts, "[]",
     "prefixes of personal access tokens, or of the instance, as set in GitLab"},
    {"audit", "directory", kText, "",
     "the absolute path of the directory of one log and one key for the site; 'pushguard' in each "
     "repository if not given"},
    {"audit", "assistants", kTexts, "[]",
     "marks of further coding assistants in commits, each an address, or a domain behind '@', and "
     "a "
     "name: \"bot@acme.example Acme Bot\""},
    {"audit", "sync", "\"record\" or \"none\"", "\"record\"",
     "whether a record is on disk before its push is answered, or when the system writes it"},
    {"audit", "rotate_mib", "number from 0 to 1048576", "256",
     "the size in MiB from which on the log goes on in a new file; 0: never"},
    {"audit", "rotate_days", "number from 0 to 36500", "0",
     "the age in days from which on the log goes on in a new file; 0: never"},
    {"audit", "personal_days", "number from 0 to 36500", "365",
     "the days after which 'pushguard audit retain' removes names and addresses; 0: never"},
    {"audit", "record_days", "number from 0 to 36500", "0",
     "the days after which it removes files of the log, each as a whole; 0: never"},
    {"audit", "signing_key", kText, "",
     "the absolute path of the key that 'pushguard audit checkpoint' signs with"},
    {"audit", "public_key", kText, "",
     "the absolute path of its public half, by which 'pushguard audit verify' checks"},
    {"bypass", "enabled", "true or false", "false",
     "whether 'git push -o \"pushguard.allow=ID REASON\"' lets a finding through; git must be "
     "told to take push options (receive.advertisePushOptions)"},
    {"monitor", "until", kDate, "", "the first day on which it refuses; it must be given"},
    {"monitor", "repositories", kTexts, "[]",
     "globs of the repositories, as the host names them; all if not given"},
    {"monitor", "rules", kTexts, "[]",
     "ids of the rules; if not given all, and what could not be looked at refuses nothing either"},
    {"message", "contact", kText, "\"\"", "whom developers ask, as the message names them"},
    {"message", "url", kText, "\"\"",
     "a page of the site for refused pushes, in which '{rule}' stands for a rule's id"},
    {"message", "text", kText, "\"\"", "a sentence of the site's own at the end of a refusal"},
    {"message", "json", "\"asked\" or \"always\"", "\"asked\"",
     "whether a refusal is one JSON document as well, or only for 'git push -o "
     "pushguard.format=json'"},
    {"allow", "rule", kText, "", "the id of the finding's rule"},
    {"allow", "path", kText, "",
     "a pattern of the file's path, in which '*' matches '/' as well; each place of the finding "
     "must match"},
    {"allow", "ref", kText, "", "the same of the full name of the ref, such as 'refs/heads/main'"},
    {"allow", "fingerprint", kText, "",
     "the 16 digits that messages and the log name the secret by"},
    {"allow", "reason", kText, "", "why, for the record; it must be given"},
    {"allow", "expires", kDate, "", "the first day on which the entry is void"},
    {"template", "value", kText, "",
     "a regex (RE2) that the whole value matches; this or 'sha256' must be given"},
    {"template", "sha256", kText, "",
     "the SHA-256 of the value, 64 lower-case hex digits; this or 'value' must be given"},
    {"template", "paths", kTexts, "[]",
     "patterns of paths, as in [[allow]]; each place of the value must match one, if any is given"},
    {"template", "reason", kText, "", "why, for the record; it must be given"},
    {"template", "expires", kDate, "", "the first day on which the entry is void"},
    {"owner", "repository", kText, "", "a glob of the repository, as the host names it"},
    {"owner", "path", kText, "",
     "a glob of the file's path; one without '/' is compared with the file's name"},
    {"owner", "provider", kText, "", "who issued it, as 'rules show' names it"},
    {"owner", "owners", kTexts, "[]", "who they are, for the record; it must be given"},
};

}  // namespace

std::span<const ConfigTable> config_tables() { return kTables; }
std::span<const ConfigKey> config_keys() { return kKeys; }

std::vector<std::string_view> keys_in(std::string_view table) {
  std::vector<std::string_view> keys;
  for (const ConfigTable& inner : kTables) {
    const size_t dot = inner.name.rfind('.');
    const std::string_view parent = dot == inner.name.npos ? "" : inner.name.substr(0, dot);
    if (parent == table) keys.push_back(inner.name.substr(dot + 1));
  }
  for (const ConfigKey& key : kKeys) {
    if (key.table == table) keys.push_back(key.key);
  }
  return keys;
}

}  // namespace pushguard
