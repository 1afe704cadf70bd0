// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/pre_receive.h"

#include <optional>

#include "audit/admission_file.h"
#include "audit/let_in.h"
#include "audit/log.h"
#include "audit/record.h"
#include "detect/content_scanner.h"
#include "policy/admission.h"
#include "pre_receive/answer.h"
#include "pre_receive/console.h"
#include "pre_receive/judgement.h"
#include "pre_receive/let_in_scan.h"
#include "pre_receive/name_scan.h"
#include "report/message.h"
#include "report/text.h"
#include "rules/built_in.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

// What is known of a push when something fails.
struct Known {
  std::optional<Push> push;
  Config config{.source = ""};         // until it is read
  std::optional<Redaction> redaction;  // once everything was scanned
  bool on_record = false;
  bool log_is_busy = false;  // its lock was waited for
};

std::chrono::sys_days day_of(std::chrono::system_clock::time_point time) {
  return std::chrono::floor<std::chrono::days>(time);
}

// Remembers what is let in under the lock of the log: the list has none of its own.
void put_on_record(const Record& record, const std::filesystem::path& directory,
                   const std::vector<LetIn>& let_in, Known& known) {
  try {
    AuditLog(directory, record.config.audit).append([&](const LogState& log) {
      if (!let_in.empty()) {
        const auto objects = open_all(*known.push);
        LetInFile(directory).add(let_in, [&](const Oid& id) { return !objects->contains(id); });
      }
      if (record.decision->admission && record.decision->verdict == Verdict::accepted) {
        AdmissionFile(directory).use_up(known.push->updates, day_of(record.time));
      }
      return render_record(record, log);
    });
  } catch (const Error& error) {
    known.log_is_busy = dynamic_cast<const LogBusy*>(&error) != nullptr;
    if (record.config.refuse_unlogged || !let_in.empty() || record.decision->admission) throw;
    Text warning;
    warning.prose("warning: ", "not on record:");
    warning.prose("  ", error.what());
    tell(warning.str());
  }
}

// Scans, attributes, decides, records and reports. Fills `known` on the way, for fail() in
// case of an exception.
int judge_and_record(const std::optional<std::string>& config_file, const Environment& environment,
                     const Start& start, Known& known) {
  const Push& push = known.push.emplace(read_push(read_standard_input(), environment));
  const Config& config = known.config = load_config(config_file, environment);
  read_content(*known.push, environment);
  Judgement judgement = judge(push, config, start, known.redaction);
  const std::filesystem::path directory = audit_directory(push, config);
  // No administrator saw the names: where they are unread, an admission does not speak for them.
  if (judgement.decision.verdict != Verdict::accepted && judgement.names_were_read) {
    const auto admission = AdmissionFile(directory).find(push.updates, day_of(start.time));
    if (admission) admit(judgement.decision, *admission);
  }
  const std::vector<LetIn> let_in = let_in_by(judgement.decision, directory, push);
  const Redacted<Push> shown = known.redaction->apply(push);
  const Redacted<Decision> decided = known.redaction->apply(std::move(judgement.decision));
  const bool as_json = judgement.asked.json || environment.get("PUSHGUARD_FORMAT") == "json";
  const std::string message = answer(decided, shown, config, judgement.rewrites, as_json);
  const auto duration = std::chrono::steady_clock::now() - start.tick;
  put_on_record(
      {shown, decided, config, judgement.coverage, judgement.failed_checks,
       judgement.already_stored, std::string(built_in_digest()), judgement.site_rules->digest(),
       start.time, std::chrono::duration_cast<std::chrono::microseconds>(duration)},
      directory, let_in, known);
  known.on_record = true;
  tell(for_host(message, environment));
  return exit_code(decided->verdict);
}

// For a push that failed before it was scanned: made from what is in its names.
Redaction redaction_of_names(const Push& push) {
  Scanner scanner({&built_in_rules()}, built_in_templates(), 0);
  const NameScan names = scan_names(push, scanner, {});
  return Redaction({}, names.findings, names.dropped);
}

// What failed may quote a file of the site's, or a name that nobody has looked through.
std::string without_secrets(std::string_view what) try {
  Scanner scanner({&built_in_rules()}, built_in_templates(), 0);
  ContentScanner contents(scanner, {});
  return *Redaction(contents.scan({{}, ObjectType::unknown, what})).apply(what);
} catch (const std::exception&) {
  return "an error, and what it says could not be looked through for secrets";
}

// git keeps the certificate of a push that fails, and nobody has read it.
void remember_certificate(const Push& push, const std::filesystem::path& directory,
                          bool has_lock_of_log) {
  if (!push.certificate) return;
  try {
    const LetIn unread = unread_certificate(push, directory);
    if (!has_lock_of_log) return LetInFile(directory).add_waiting(unread);
    LetInFile(directory).add({unread}, [](const Oid&) { return false; });
  } catch (const Error&) {  // the failure is to be on record all the same
  }
}

// The same for a push of which not even the refs could be read.
void remember_certificate(const std::optional<std::string>& config,
                          const Environment& environment) {
  const Push push = read_place(environment);
  remember_certificate(push, audit_directory(push, load_config(config, environment)), false);
}

// The push is refused in any case; that it is also on record is best effort,
// since the log may be what failed.
int fail(std::string_view quoted, const Environment& environment, const Start& start,
         Known& known) {
  const std::string what = without_secrets(quoted);
  std::optional<Redaction>& redaction = known.redaction;
  try {
    if (known.push && !redaction) redaction = redaction_of_names(*known.push);
    if (known.push && !known.on_record && !known.log_is_busy) {
      const Redacted<Push> push = redaction->apply(*known.push);
      const std::filesystem::path directory = audit_directory(*known.push, known.config);
      AuditLog(directory, known.config.audit).append([&](const LogState& log) {
        remember_certificate(*known.push, directory, true);
        return render_failure_record(&push, redaction->apply(what), start.time, log);
      });
    }
  } catch (const LogBusy&) {
    known.log_is_busy = true;
  } catch (const std::exception&) {
  }
  if (known.push && known.log_is_busy) {
    remember_certificate(*known.push, audit_directory(*known.push, known.config), false);
  }
  if (!redaction) redaction.emplace(std::span<const Finding>());
  tell(for_host(render_failure(redaction->apply(what), known.config.message), environment));
  return kUndecided;
}

}  // namespace

int exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted: return kAccepted;
    case Verdict::refused: return kRefused;
    case Verdict::undecided: return kUndecided;
  }
  return kUndecided;
}

int run_pre_receive(const std::optional<std::string>& config, const Environment& environment) {
  const Start start;
  Known known;
  try {
    return judge_and_record(config, environment, start, known);
  } catch (const std::exception& error) {
    if (known.config.source.empty()) known.config.message = load_message(config, environment);
    known.log_is_busy = known.log_is_busy || dynamic_cast<const LogBusy*>(&error);
    const int code = fail(error.what(), environment, start, known);
    try {
      if (!known.push) remember_certificate(config, environment);
    } catch (const std::exception&) {  // then it is not known where to
    }
    return code;
  }
}

}  // namespace pushguard
