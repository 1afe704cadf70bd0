// SPDX-License-Identifier: Apache-2.0
#include "policy/decision.h"

#include <git2.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "regex/regex.h"
#include "rules/conditions.h"
#include "vocabulary/digest.h"
#include "vocabulary/error.h"
#include "vocabulary/path_glob.h"

namespace pushguard {
namespace {

bool is_at(const std::string& pathspec, const Place& place) {
  return is_checked_out(place.path) && matches_pathspec(pathspec, place.path.str());
}

bool place_is_allowed(const Allow& allow, const Place& place) {
  if (allow.path && !is_at(*allow.path, place)) return false;
  if (!allow.ref) return true;
  if (!place.refs) return !place.ref.empty() && matches_pathspec(*allow.ref, place.ref.str());
  return place.refs->all && std::ranges::all_of(place.refs->names, [&](const std::string& ref) {
           return matches_pathspec(*allow.ref, ref);
         });
}

// The entry must match every place: a secret that is also somewhere else is not allowed by
// the places where it may be.
bool is_allowed(const Allow& allow, const Judged& judged, std::chrono::sys_days today) {
  if (allow.expires && today >= *allow.expires) return false;
  if (allow.rule && *allow.rule != judged.exposure.rule->id) return false;
  if (allow.fingerprint && *allow.fingerprint != judged.exposure.fingerprint) return false;
  if (judged.exposure.more_places > 0 && (allow.path || allow.ref)) return false;
  return std::ranges::all_of(judged.exposure.places,
                             [&](const Place& place) { return place_is_allowed(allow, place); });
}

// What the allow-lists of an imported rule say of the places: the name of one
// that allows the last, if each place is allowed by any; else null.
const std::string* allowed_by_own_list(const Exposure& exposure) {
  const std::string* name = nullptr;
  if (exposure.allowlists_by_place == 0 || exposure.more_places > 0) return name;
  for (const Place& place : exposure.places) {
    const bool is_file = place.kind == Place::Kind::file && is_checked_out(place.path);
    const Allowlist* list = exposure.rule->conditions->allowed_at_place(
        exposure.allowlists_by_place, is_file ? std::string_view(place.path) : "", place.commit);
    if (!list) return nullptr;
    name = &list->name;
  }
  return name;
}

bool is_template(const SiteTemplate& entry, const Exposure& exposure, std::chrono::sys_days today) {
  if (entry.expires && today >= *entry.expires) return false;
  if (exposure.more_places > 0 && !entry.paths.empty()) return false;
  const std::string_view secret = exposure.secret.reveal_for_comparison();
  const bool matches = entry.sha256.empty()
                           ? RE2::FullMatch(re2::StringPiece(secret.data(), secret.size()),
                                            RE2(entry.value, regex_options()))
                           : sha256_hex(secret) == entry.sha256;
  return matches && std::ranges::all_of(exposure.places, [&](const Place& place) {
           return entry.paths.empty() ||
                  std::ranges::any_of(entry.paths,
                                      [&](const std::string& path) { return is_at(path, place); });
         });
}

// Whether it is allowed, and then why: by an [[allow]] or [[template]] entry, an allow-list of its
// rule, or a template file. What holds everywhere is preferred to what holds for these places.
bool allow(Judged& judged, const Config& config, std::chrono::sys_days today) {
  const auto by = [&](std::string why, bool for_places, std::string_view entry = {},
                      size_t line = 0, bool for_refs = false) {
    if (judged.outcome == Outcome::allowed && !judged.for_places) return;
    if (judged.outcome == Outcome::allowed && for_places) return;
    judged.outcome = Outcome::allowed;
    judged.why = std::move(why);
    judged.for_places = for_places;
    judged.for_refs = for_refs;
    judged.entry = entry;
    judged.entry_line = line;
  };
  for (const Allow& entry : config.allow) {
    if (is_allowed(entry, judged, today))
      by(entry.reason, entry.path || entry.ref, "allow", entry.line, entry.ref.has_value());
  }
  for (const SiteTemplate& entry : config.templates) {
    if (is_template(entry, judged.exposure, today))
      by(entry.reason, !entry.paths.empty(), "template", entry.line);
  }
  if (const std::string* list = allowed_by_own_list(judged.exposure)) by(*list, true);
  if (!judged.exposure.approved_in.empty())
    by(fmt::format("stands in the approved template file '{}'", judged.exposure.approved_in),
       false);
  return judged.outcome == Outcome::allowed;
}

// The action, and what of the policy says so: "likely".
std::pair<Action, std::string_view> policy_for(const Exposure& exposure, const Config& config) {
  const bool introduced = exposure.origin == Origin::introduced;
  switch (exposure.kind) {
    case FindingKind::promoted_example:
      return {introduced ? config.promoted_example : Action::ignore, "promoted example"};
    case FindingKind::anywhere:
    case FindingKind::named_file: break;
  }
  const Actions& actions = introduced ? config.introduced : config.preexisting;
  return {actions[static_cast<size_t>(exposure.confidence)], to_string(exposure.confidence)};
}

// A rule in its first days warns where it would block.
void apply_new_rules(Judged& judged, const NewRules& new_rules) {
  const Exposure& exposure = judged.exposure;
  if (judged.outcome != Outcome::blocked || exposure.since == Release() ||
      exposure.confidence == Confidence::confirmed) {
    return;
  }
  judged.warns_until = new_rules.warn_until(exposure.since);
  const std::string release = to_string(exposure.since);
  if (judged.warns_until) {
    judged.outcome = Outcome::warned;
    judged.why +=
        fmt::format("; warns until {}: new in {}", to_string(*judged.warns_until), release);
  } else if (!new_rules.unknown_because.empty()) {
    judged.why += fmt::format("; new in {}, and its days are unknown: {}", release,
                              new_rules.unknown_because);
  }
}

void judge(Judged& judged, const BypassRequests& bypasses, const Config& config,
           std::chrono::sys_days today, const NewRules& new_rules) {
  const Exposure& exposure = judged.exposure;
  const auto [action, policy] = policy_for(exposure, config);
  judged.outcome = action == Action::block  ? Outcome::blocked
                   : action == Action::warn ? Outcome::warned
                                            : Outcome::ignored;
  judged.why = fmt::format("policy: {}, {}", to_string(exposure.origin), policy);
  if (allow(judged, config, today)) return;
  apply_new_rules(judged, new_rules);
  if (!config.bypass || judged.outcome != Outcome::blocked) return;
  for (const Bypass& bypass : bypasses.wanted) {
    if (bypass.fingerprint != judged.exposure.fingerprint) continue;
    judged.outcome = Outcome::bypassed;
    judged.why = bypass.reason;
    judged.for_places = true;
  }
}

int strictness(Outcome outcome) {
  return outcome == Outcome::blocked ? 2 : outcome == Outcome::warned ? 1 : 0;
}

// Takes from `judged` the partners that are to be judged by themselves, since the
// policy is stricter with them.
std::vector<Judged> split_off_stricter(Judged& judged, const BypassRequests& bypasses,
                                       const Config& config, std::chrono::sys_days today,
                                       const NewRules& new_rules) {
  std::vector<Judged> stricter;
  std::erase_if(judged.exposure.partners, [&](const Exposure& partner) {
    Judged own{partner};
    judge(own, bypasses, config, today, new_rules);
    if (strictness(own.outcome) <= strictness(judged.outcome)) return false;
    stricter.push_back(std::move(own));
    return true;
  });
  return stricter;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::accepted: return "accepted";
    case Verdict::refused: return "refused";
    case Verdict::undecided: return "undecided";
  }
  return "undecided";
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::ignored: return "ignored";
    case Outcome::warned: return "warned";
    case Outcome::blocked: return "blocked";
    case Outcome::allowed: return "allowed";
    case Outcome::bypassed: return "bypassed";
    case Outcome::admitted: return "admitted";
  }
  return "blocked";
}

Decision decide(std::vector<Exposure> exposures, std::vector<Unscanned> unscanned,
                const BypassRequests& bypasses, const Config& config, std::chrono::sys_days today,
                const NewRules& new_rules) {
  Decision decision;
  for (Exposure& exposure : exposures) {
    Judged judged{std::move(exposure)};
    judge(judged, bypasses, config, today, new_rules);
    std::vector<Judged> stricter = split_off_stricter(judged, bypasses, config, today, new_rules);
    decision.judged.push_back(std::move(judged));
    std::ranges::move(stricter, std::back_inserter(decision.judged));
  }
  for (Unscanned& what : unscanned) {
    const bool refused = config.refuse_unscanned[static_cast<size_t>(what.why)];
    decision.unscanned.push_back({std::move(what), refused});
  }
  decision.bypass_mistakes = bypasses.mistakes;
  decision.false_alarms = bypasses.false_alarms;
  decision.bypass_refused = !config.bypass && !bypasses.wanted.empty();

  std::ranges::stable_sort(decision.judged, [](const Judged& a, const Judged& b) {
    const bool a_blocks = a.outcome == Outcome::blocked, b_blocks = b.outcome == Outcome::blocked;
    if (a_blocks != b_blocks) return a_blocks;
    return a.exposure.confidence > b.exposure.confidence;
  });
  decision.verdict = verdict_of(decision);
  return decision;
}

Verdict verdict_of(const Decision& decision) {
  const auto blocks = [](const Judged& one) { return one.outcome == Outcome::blocked; };
  if (std::ranges::any_of(decision.judged, blocks)) return Verdict::refused;
  const bool is_refused = std::ranges::any_of(decision.unscanned, &JudgedUnscanned::refused);
  return is_refused ? Verdict::undecided : Verdict::accepted;
}

bool matches_pathspec(const std::string& pattern, const std::string& path) {
  std::string copy = pattern;
  char* strings[] = {copy.data()};
  const git_strarray patterns{strings, 1};
  git_pathspec* pathspec = nullptr;
  git_libgit2_init();
  const bool made = git_pathspec_new(&pathspec, &patterns) == 0;
  const bool matches =
      made && git_pathspec_matches_path(pathspec, GIT_PATHSPEC_DEFAULT, path.c_str()) == 1;
  git_pathspec_free(pathspec);
  git_libgit2_shutdown();
  if (!made) throw Error(fmt::format("'{}' is not a git pathspec", pattern));
  return matches;
}

}  // namespace pushguard
