#include "policy/decision.h"

#include <git2.h>

#include <algorithm>

#include <fmt/format.h>

#include "detect/conditions.h"
#include "error.h"

namespace pushguard {
namespace {

bool place_is_allowed(const Allow& allow, const Place& place) {
  if (allow.path && (place.path.empty() || !matches_pathspec(*allow.path, place.path))) return false;
  return !allow.ref || (!place.ref.empty() && matches_pathspec(*allow.ref, place.ref));
}

// Every place must be one that the entry speaks of: a secret that also stands
// elsewhere is not excused by where it may stand.
bool is_allowed(const Allow& allow, const Ruled& ruled, std::chrono::sys_days today) {
  if (allow.expires && today >= *allow.expires) return false;
  if (allow.rule && *allow.rule != ruled.exposure.rule->id) return false;
  if (allow.fingerprint && *allow.fingerprint != ruled.fingerprint) return false;
  return std::ranges::all_of(ruled.exposure.places,
                             [&](const Place& place) { return place_is_allowed(allow, place); });
}

// What the allow-lists of an imported rule say of the places: the name of one
// that allows the last, if each place is allowed by any; else null.
const std::string* allowed_by_own_list(const Exposure& exposure) {
  const std::string* name = nullptr;
  if (exposure.may_excuse == 0) return name;
  for (const Place& place : exposure.places) {
    const bool is_file = place.kind == Place::Kind::file;
    const Allowlist* list = exposure.rule->conditions->excuse(
        exposure.may_excuse, is_file ? std::string_view(place.path) : "", place.commit);
    if (!list) return nullptr;
    name = &list->name;
  }
  return name;
}

void rule_on(Ruled& ruled, const BypassRequests& bypasses, const Config& config,
             std::chrono::sys_days today) {
  const Exposure& exposure = ruled.exposure;
  const Actions& actions =
      exposure.origin == Origin::introduced ? config.introduced : config.preexisting;
  const Action action = actions[static_cast<size_t>(exposure.confidence)];
  ruled.ruling = action == Action::block  ? Ruling::blocked
                 : action == Action::warn ? Ruling::warned
                                          : Ruling::ignored;
  ruled.why = fmt::format("policy: {}, {}", to_string(exposure.origin),
                          to_string(exposure.confidence));
  for (const Allow& allow : config.allow) {
    if (!is_allowed(allow, ruled, today)) continue;
    ruled.ruling = Ruling::allowed;
    ruled.why = allow.reason;
    return;
  }
  if (const std::string* list = allowed_by_own_list(exposure)) {
    ruled.ruling = Ruling::allowed;
    ruled.why = *list;
    return;
  }
  if (!config.bypass || ruled.ruling != Ruling::blocked) return;
  for (const Bypass& bypass : bypasses.wanted) {
    if (bypass.fingerprint != ruled.fingerprint) continue;
    ruled.ruling = Ruling::bypassed;
    ruled.why = bypass.reason;
  }
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

std::string_view to_string(Ruling ruling) {
  switch (ruling) {
    case Ruling::ignored: return "ignored";
    case Ruling::warned: return "warned";
    case Ruling::blocked: return "blocked";
    case Ruling::allowed: return "allowed";
    case Ruling::bypassed: return "bypassed";
  }
  return "blocked";
}

Decision decide(std::vector<Exposure> exposures, std::vector<Fingerprint> fingerprints,
                std::vector<Unscanned> gaps, const BypassRequests& bypasses,
                const Config& config, std::chrono::sys_days today) {
  Decision decision;
  for (size_t i = 0; i < exposures.size(); ++i) {
    Ruled& ruled = decision.ruled.emplace_back();
    ruled.exposure = std::move(exposures[i]);
    ruled.fingerprint = std::move(fingerprints[i]);
    rule_on(ruled, bypasses, config, today);
  }
  for (Unscanned& gap : gaps) {
    const bool refused = config.refuse_unscanned[static_cast<size_t>(gap.why)];
    decision.gaps.push_back({std::move(gap), refused});
  }
  decision.bypass_mistakes = bypasses.mistakes;
  decision.bypass_refused = !config.bypass && !bypasses.wanted.empty();

  std::ranges::stable_sort(decision.ruled, [](const Ruled& a, const Ruled& b) {
    const bool a_blocks = a.ruling == Ruling::blocked, b_blocks = b.ruling == Ruling::blocked;
    if (a_blocks != b_blocks) return a_blocks;
    return a.exposure.confidence > b.exposure.confidence;
  });
  if (std::ranges::any_of(decision.ruled, [](const Ruled& r) { return r.ruling == Ruling::blocked; })) {
    decision.verdict = Verdict::refused;
  } else if (std::ranges::any_of(decision.gaps, [](const RuledGap& g) { return g.refused; })) {
    decision.verdict = Verdict::undecided;
  } else {
    decision.verdict = Verdict::accepted;
  }
  return decision;
}

bool matches_pathspec(const std::string& pattern, const std::string& path) {
  std::string copy = pattern;
  char* strings[] = {copy.data()};
  const git_strarray patterns{strings, 1};
  git_pathspec* pathspec = nullptr;
  git_libgit2_init();
  const bool made = git_pathspec_new(&pathspec, &patterns) == 0;
  const bool matches = made && git_pathspec_matches_path(pathspec, GIT_PATHSPEC_DEFAULT, path.c_str()) == 1;
  git_pathspec_free(pathspec);
  git_libgit2_shutdown();
  if (!made) throw Error(fmt::format("'{}' is not a git pathspec", pattern));
  return matches;
}

}  // namespace pushguard
