// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "audit/leaf.h"
#include "audit/log.h"
#include "audit/migrate.h"
#include "audit/retention.h"
#include "audit/verify.h"
#include "commands/audit_files.h"
#include "commands/cli.h"
#include "commands/groups.h"
#include "policy/config.h"
#include "tlog/checkpoint.h"
#include "vocabulary/error.h"
#include "vocabulary/toml_file.h"

namespace pushguard {
namespace {

namespace fs = std::filesystem;
using Path = std::optional<std::string>;

struct AuditOptions {
  Path config, directory, checkpoint, signing_key, public_key, output, name;
  std::optional<uint64_t> personal_days, record_days;
  uint64_t seq = 0;
  std::string proof;
  bool without_personal = false;
};

// What the command line and the configuration say together.
class Site {
 public:
  explicit Site(const AuditOptions& options)
      : settings_(load_config(options.config, Environment::of_process()).audit) {
    const auto set = [](std::optional<fs::path>& path, const Path& named) {
      if (named) path = *named;
    };
    set(settings_.directory, options.directory);
    set(settings_.signing_key, options.signing_key);
    set(settings_.public_key, options.public_key);
    if (options.personal_days) settings_.personal_days = std::chrono::days(*options.personal_days);
    if (options.record_days) settings_.record_days = std::chrono::days(*options.record_days);
  }

  const AuditSettings& settings() const { return settings_; }

  const fs::path& directory() const {
    return needed(settings_.directory, "it is not known which log is meant",
                  "--directory REPOSITORY/pushguard, or [audit] directory in the configuration");
  }
  NoteSigner signer() const {
    const fs::path& file = needed(settings_.signing_key, "there is no key to sign with",
                                  "--signing-key FILE, or [audit] signing_key; 'pushguard audit "
                                  "keygen' makes one");
    return NoteSigner::parse(read_key_file(file), file.native());
  }
  NoteVerifier verifier() const {
    const fs::path& file = needed(settings_.public_key, "there is no key to check with",
                                  "--public-key FILE, or [audit] public_key");
    return NoteVerifier::parse(read_key_file(file), file.native());
  }

 private:
  static const fs::path& needed(const std::optional<fs::path>& path, std::string_view what,
                                std::string_view how) {
    if (!path) throw Error(fmt::format("{}: name it by {}", what, how));
    return *path;
  }

  AuditSettings settings_;
};

// A checkpoint that `verifier`'s key has signed. Adds to `log` what speaks against it; nothing
// where it cannot be compared with.
std::optional<Checkpoint> signed_checkpoint(const std::string& note, const std::string& where,
                                            const NoteVerifier& verifier, VerifiedLog& log) {
  const Note read = Note::parse(note, where);
  switch (read.is_signed_by(verifier)) {
    case Note::Signed::yes: return Checkpoint::parse(read.text, where);
    case Note::Signed::forged:
      log.faults.push_back(
          fmt::format("forged: '{}' is not what the key '{}' has signed", where, verifier.str()));
      return std::nullopt;
    case Note::Signed::no: break;
  }
  log.unchecked.push_back(fmt::format("another key: '{}' is not signed by '{}', but by '{}'", where,
                                      verifier.str(), signer_of(read)));
  return std::nullopt;
}

void print_faults(const VerifiedLog& log) {
  for (const LogFault& fault : log.faults) fmt::print("{}\n", fault);
  for (const std::string& what : log.unchecked) fmt::print("not checked: {}\n", what);
}

// Prints what was found and returns the exit code.
int report_on(const VerifiedLog& log) {
  print_faults(log);
  for (const std::string& note : log.notes) fmt::print("note: {}\n", note);
  fmt::print("log: {} record{} in {} file{}\n", log.records, log.records == 1 ? "" : "s", log.files,
             log.files == 1 ? "" : "s");
  if (!log.faults.empty()) {
    fmt::print("ALTERED\n");
    return 1;
  }
  fmt::print("{}\n", log.unchecked.empty() ? "intact" : "could not be checked");
  return log.unchecked.empty() ? 0 : 2;
}

int verify(const AuditOptions& options) {
  const Site site(options);
  VerifiedLog log = verify_log(site.directory());
  if (options.checkpoint) {
    const auto checkpoint = signed_checkpoint(read_key_file(*options.checkpoint),
                                              *options.checkpoint, site.verifier(), log);
    if (checkpoint) {
      compare(log, *checkpoint);
      fmt::print("checkpoint: {} records of {}\n", checkpoint->size, checkpoint->origin);
    }
  }
  return report_on(log);
}

int make_checkpoint(const AuditOptions& options) {
  const Site site(options);
  const NoteSigner signer = site.signer();
  VerifiedLog log = verify_log(site.directory());
  if (options.output && fs::exists(*options.output)) {
    const auto last =
        signed_checkpoint(read_key_file(*options.output), *options.output, signer.verifier(), log);
    if (last) compare(log, *last);
  }
  const auto root = log.leaves.root(log.records);
  if (!log.faults.empty() || !log.unchecked.empty() || !root) {
    report_on(log);
    throw Error("no checkpoint was made of a log that is not known to be intact");
  }
  const std::string note =
      signer.sign(Checkpoint{signer.verifier().name(), log.records, *root}.text());
  if (options.output) {
    exchange_file(*options.output, note);
  } else {
    fmt::print("{}", note);
  }
  return 0;
}

int prove(const AuditOptions& options) {
  const Site site(options);
  if (!options.checkpoint) throw Error("a proof leads to a checkpoint: name one by --checkpoint");
  VerifiedLog log = verify_log(site.directory());
  const std::string note = read_key_file(*options.checkpoint);
  const auto checkpoint = signed_checkpoint(note, *options.checkpoint, site.verifier(), log);
  if (checkpoint) compare(log, *checkpoint);
  if (!log.faults.empty() || !checkpoint) return report_on(log) == 1 ? 1 : 2;
  const auto hashes = log.leaves.inclusion(options.seq, checkpoint->size);
  if (!hashes) {
    throw Error(fmt::format("record {} cannot be proved: the checkpoint has {}, and the files {}",
                            options.seq, records_text(0, checkpoint->size),
                            records_text(log.leaves.first(), log.records)));
  }
  const std::string line = find_record(site.directory(), options.seq);
  fmt::print("{}", RecordProof{options.seq, *hashes,
                               options.without_personal ? leaf_text(line) : line, note}
                       .text());
  return 0;
}

int check_proof(const AuditOptions& options) {
  const RecordProof proof = RecordProof::parse(read_key_file(options.proof), options.proof);
  VerifiedLog log;
  const auto checkpoint =
      signed_checkpoint(proof.checkpoint, options.proof, Site(options).verifier(), log);
  if (checkpoint && !proves_inclusion(proof.hashes, proof.index, record_leaf(proof.extra),
                                      checkpoint->size, checkpoint->root)) {
    log.faults.push_back(
        fmt::format("altered: this is not record {} of {}", proof.index, checkpoint->origin));
  }
  print_faults(log);
  if (!log.faults.empty()) return 1;
  if (!checkpoint) return 2;
  fmt::print("{}\n", proof.extra);
  fmt::print(stderr, "record {} of the {} of {}\n", proof.index, checkpoint->size,
             checkpoint->origin);
  return 0;
}

int carry_over(const AuditOptions& options) {
  const uint64_t lines = migrate_log(Site(options).directory(), std::chrono::system_clock::now());
  fmt::print("records carried over: {}\n", lines);
  return 0;
}

int remove_old(const AuditOptions& options) {
  const Site site(options);
  const RetentionResult result =
      retain(site.directory(), site.settings().personal_days, site.settings().record_days,
             std::chrono::system_clock::now());
  fmt::print("personal data removed from {} records; files removed: {}\n", result.lines,
             result.files);
  if (result.older_lines > 0) {
    fmt::print(stderr, "warning: {} lines of an older program have theirs still\n",
               result.older_lines);
  }
  return 0;
}

CLI::App* command(CLI::App* group, const std::shared_ptr<AuditOptions>& options, int& result,
                  const std::string& name, const std::string& what,
                  int (*run)(const AuditOptions&)) {
  CLI::App* made = group->add_subcommand(name, what);
  made->add_option("--config", options->config, "the configuration file")->type_name("FILE");
  made->callback([options, &result, run] { result = run(*options); });
  return made;
}

void add_directory(CLI::App* command, AuditOptions& options) {
  command->add_option("--directory", options.directory, "where the log is, if not as configured")
      ->type_name("DIRECTORY");
}

void add_public_key(CLI::App* command, AuditOptions& options) {
  command->add_option("--public-key", options.public_key, "the key that signs checkpoints")
      ->type_name("FILE");
}

}  // namespace

void add_audit_commands(CLI::App& app, int& result) {
  const auto options = std::make_shared<AuditOptions>();
  CLI::App* group = app.add_subcommand("audit", "the record: is it as it was written?");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, int (*run)(const AuditOptions&)) {
    return command(group, options, result, name, what, run);
  };
  CLI::App* made = add("verify", "say what in the log is not as its pushes wrote it", verify);
  add_directory(made, *options);
  made->add_option("--checkpoint", options->checkpoint, "one that was kept elsewhere")
      ->type_name("FILE");
  add_public_key(made, *options);

  made = add("checkpoint", "sign what the log is now", make_checkpoint);
  add_directory(made, *options);
  made->add_option("--signing-key", options->signing_key, "the key to sign with")
      ->type_name("FILE");
  made->add_option("--output", options->output,
                   "where it goes, in place of the last one, which must be of the same log")
      ->type_name("FILE");

  made = add("prove", "print a record with the proof that the log has it", prove);
  add_directory(made, *options);
  made->add_option("SEQ", options->seq, "the record's number")->required();
  made->add_option("--checkpoint", options->checkpoint, "what the proof leads to")
      ->type_name("FILE");
  add_public_key(made, *options);
  made->add_flag("--without-personal", options->without_personal,
                 "hashes in place of names and addresses");

  made = add("check-proof", "check such a proof, and print its record", check_proof);
  made->add_option("FILE", options->proof, "what 'prove' printed")->required();
  add_public_key(made, *options);

  made = add("retain", "remove what is older than the configuration says", remove_old);
  add_directory(made, *options);
  made->add_option("--personal-days", options->personal_days,
                   "the days for names and addresses, if not as configured; 0: never")
      ->type_name("DAYS");
  made->add_option("--record-days", options->record_days,
                   "the days for whole files, if not as configured; 0: never")
      ->type_name("DAYS");

  add_directory(add("migrate", "carry the log of an older program over into the tree", carry_over),
                *options);

  made = group->add_subcommand("keygen", "make a key for checkpoints");
  made->add_option("--output", options->output, "a new file; the public half is FILE.pub")
      ->type_name("FILE")
      ->required();
  made->add_option("--name", options->name,
                   "what the log is called in checkpoints; HOST/pushguard if not given")
      ->type_name("NAME");
  made->add_option("--config", options->config, "the configuration file")->type_name("FILE");
  made->add_option("--directory", options->directory, "where the log is, if not as configured")
      ->type_name("DIRECTORY");
  made->callback([options, &result] {
    const AuditSettings audit = load_config(options->config, Environment::of_process()).audit;
    const Path log = options->directory ? options->directory
                     : audit.directory  ? Path(audit.directory->native())
                                        : std::nullopt;
    result = make_key(*options->output, options->name, log);
  });
}

}  // namespace pushguard
