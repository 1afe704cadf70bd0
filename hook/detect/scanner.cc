// SPDX-License-Identifier: Apache-2.0
#include "detect/scanner.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "detect/inheritance.h"
#include "detect/rule_windows.h"
#include "detect/stored_value.h"
#include "detect/template_of.h"
#include "detect/vendor.h"
#include "layouts/text.h"
#include "regex/regex.h"
#include "rules/conditions.h"
#include "rules/entropy.h"
#include "validators/jwt.h"
#include "validators/random_value.h"
#include "validators/validator.h"

namespace pushguard {
namespace {

constexpr size_t kAtOnce = size_t{64} << 10;  // bytes that are searched between looks at the clock
// How much is read in all to find where secrets end, and beside names for values, in bytes.
constexpr uint64_t kEffortPerByte = 16, kNameBytesPerByte = 8, kEffortAtLeast = 1 << 16;

bool is_finding(const Candidate& one) { return one.kind == Candidate::Kind::finding; }

// A rule without a check of its own may meet a token that says itself that it has expired.
Validation checked(const Rule& rule, std::string_view secret, int64_t now) {
  Validation validation;
  if (rule.validator) validation = rule.validator->check(secret, now);
  if (validation.validity != Validity::unknown || rule.of_site || !is_jwt(secret)) {
    return validation;
  }
  Validation as_jwt = check_jwt(secret, now);
  return as_jwt.is_spent ? as_jwt : validation;
}

bool is_for_show(const Rule& rule, std::string_view content, Range secret) {
  return rule.validator && rule.validator->is_for_show &&
         rule.validator->is_for_show(content.substr(0, secret.begin), content.substr(secret.end));
}

}  // namespace

Scanner::Scanner(std::vector<const RuleSet*> sets, const Templates& templates, int64_t now,
                 const Limits& limits)
    : sets_(std::move(sets)),
      templates_(templates),
      now_(now),
      limits_(limits),
      regexes_(std::make_shared<CompiledRegexes>()) {
  size_t count = 0;
  for (const RuleSet* set : sets_) count += set->rules.size();
  slots_.resize(count);
}

Scanner::Scanner(Scanner&&) = default;
Scanner::~Scanner() = default;

Scanner Scanner::another() const {
  Scanner other(sets_, templates_, now_, limits_);
  other.regexes_ = regexes_;
  return other;
}

bool Scanner::may_go_on() {
  if (stopped_) return false;
  const uint64_t share = limits_.memory_bytes / kShare;
  if (limits_.out_of_time()) {
    stopped_ = {Why::out_of_time, "not scanned to its end"};
  } else if (findings_ > kMostFindings) {
    stopped_ = {Why::too_many_findings, fmt::format("it has more than {} findings", kMostFindings)};
  } else if (hits_.size() * sizeof(KeywordHit) > share) {
    stopped_ = {Why::too_large,
                fmt::format("it has more than {} keywords", share / sizeof(KeywordHit))};
  } else if (candidates_.size() * sizeof(Candidate) > share) {
    stopped_ = {Why::too_large, fmt::format("it has more than {} values that may be secrets",
                                            share / sizeof(Candidate))};
  }
  return !stopped_;
}

std::vector<Match> Scanner::scan(std::string_view content) {
  return scan(Object{{}, ObjectType::unknown, content});
}

std::vector<Match> Scanner::scan(const Object& object) {
  const auto* base = static_cast<const Sightings*>(object.base);
  std::unique_ptr<Sightings> sightings;
  if (object.remember) sightings = std::make_unique<Sightings>();
  candidates_.clear();
  findings_ = 0;
  stopped_.reset();
  effort_ = {kEffortAtLeast + kEffortPerByte * object.content.size()};
  cut_off_at_ = object.content.size();
  too_much_ = false;
  name_bytes_ = kEffortAtLeast + kNameBytesPerByte * object.content.size();
  names_unread_ = false;
  if (object.part) unscanned_rules_.clear();  // not in decoded text of a part
  size_t first_rule = 0;
  for (size_t i = 0; i < sets_.size(); ++i) {
    hits_.clear();
    const auto go_on = [&] { return may_go_on(); };
    if (find_hits(sets_[i]->keywords, object, base ? &base->hits[i] : nullptr, hits_, go_on)) {
      add_windows(*sets_[i], first_rule, object);
    }
    if (sightings) sightings->hits.push_back(hits_);
    first_rule += sets_[i]->rules.size();
  }
  if (base) inherit_candidates(*base, object, candidates_);
  findings_ = static_cast<size_t>(std::ranges::count_if(candidates_, is_finding));
  for (const uint16_t number : touched_) {
    Runner& runner = runners_[number];
    if (may_go_on()) runner.merge_starts();
    for (const auto& window : runner.windows) {
      if (!window.settled && may_go_on()) search(runner, object.content, window.range);
    }
    runner.windows.clear();
    runner.starts.clear();
  }
  touched_.clear();
  examples_.clear();
  std::vector<Match> matches;
  if (!candidates_.empty()) {
    examples_ = examples_without_overlaps(candidates_, kMostExamples);
    matches = without_overlaps(candidates_);
  }
  // Deltas of what was not scanned to its end are scanned whole.
  if (sightings && !stopped_) {
    sightings->candidates = std::move(candidates_);
    *object.remember = std::move(sightings);
  }
  return matches;
}

// The first match in `window` that begins at `from` or later.
std::optional<Scanner::Found> Scanner::next_match(Runner& runner, std::string_view content,
                                                  Range window, size_t from) {
  if (runner.rule->program.empty() || runner.undecided) {
    return next_of_re2(runner, content, window, from);
  }
  auto starts = std::ranges::upper_bound(runner.starts, from, {}, &Range::end);
  for (; starts != runner.starts.end() && starts->begin < window.end; ++starts) {
    from = std::max(from, starts->begin);
    for (const size_t end = std::min(starts->end, window.end); from < end;) {
      const size_t to = std::min(end, from + kAtOnce);
      const RegexMatcher::Answer answer = matcher_.find({from, to});
      if (answer == RegexMatcher::Answer::match) return Found{matcher_.match(), matcher_.secret()};
      if (answer == RegexMatcher::Answer::undecided) {
        runner.undecided = true;
        return next_of_re2(runner, content, window, matcher_.undecided_at());
      }
      from = to;
      if (from < end && !may_go_on()) return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<Scanner::Found> Scanner::next_of_re2(Runner& runner, std::string_view content,
                                                   Range window, size_t from) {
  const Rule& rule = *runner.rule;
  if (!runner.regex) runner.regex = &regexes_->get(rule, rule.regex);
  const re2::StringPiece text(content.data(), content.size());
  re2::StringPiece groups[kMostGroups];
  const auto range = [&](const re2::StringPiece& piece) {
    const auto begin = piece.data() ? static_cast<size_t>(piece.data() - content.data()) : from;
    return Range{begin, begin + piece.size()};
  };
  // A match that begins in the first kAtOnce bytes ends at most `reach` bytes after them.
  for (const size_t ahead = rule.reach == 0 ? window.size() : kAtOnce; from < window.end;
       from += ahead) {
    const size_t end =
        rule.reach == 0 ? window.end : std::min(window.end, from + ahead + rule.reach);
    if (!may_go_on()) return std::nullopt;
    if (!runner.regex->Match(text, from, end, RE2::UNANCHORED, groups,
                             groups_for(rule.secret_group))) {
      continue;
    }
    const Range match = range(groups[0]);
    if (match.begin < from + ahead)
      return Found{match, range(secret_of(groups, rule.secret_group))};
  }
  return std::nullopt;
}

void Scanner::search(Runner& runner, std::string_view content, Range window) {
  const Rule& rule = *runner.rule;
  if (!met_in(rule.required_runs, content.substr(window.begin, window.size()))) return;
  matcher_.search(rule.program, content, window);
  uint64_t matches = 0, effort = effort_.bytes;  // at the last look at the clock
  for (size_t from = window.begin;;) {
    const auto found = next_match(runner, content, window, from);
    if (!found) return;
    const bool is_due = matches++ % 64 == 0 || effort - effort_.bytes > kAtOnce;
    if (is_due && !may_go_on()) return;
    if (is_due) effort = effort_.bytes;
    auto [match, secret] = *found;
    from = std::max(match.end, match.begin + 1);
    if (secret.size() == 0) continue;
    if (rule.validator && rule.validator->values) {
      judge_values(runner, content, secret, window);
      continue;
    }
    if (rule.validator && rule.validator->extend && !extend(rule, content, secret)) continue;
    const size_t before = candidates_.size();
    if (!judge(runner, content, secret, window)) {
      from = match.begin + 1;
      continue;
    }
    if (rule.conditions && candidates_.size() > before &&
        !rule.conditions->admit(content, match, secret,
                                candidates_.back().match.allowlists_by_place)) {
      candidates_.pop_back();
    }
    findings_ += candidates_.size() > before && is_finding(candidates_.back());
    // The bytes that a regex requires after the secret may start the next match.
    from = std::max(secret.end, match.begin + 1);
  }
}

void Scanner::judge_values(Runner& runner, std::string_view content, Range name, Range window) {
  values_.clear();
  names_unread_ |= !runner.rule->validator->values(content, name, name_bytes_, values_);
  const auto before = static_cast<ptrdiff_t>(candidates_.size());
  for (const Range& value : values_) {
    if (is_ciphertext_by_name(content, name, value)) continue;
    const bool is_digest = is_digest_in_row(content, name, value);
    if (is_digest && is_chosen_by_people(*runner.rule)) continue;
    const size_t judged = candidates_.size();
    judge(runner, content, value, window);
    if (is_digest && candidates_.size() > judged) candidates_.back().match.is_strong = false;
  }
  name_vendors(std::span(candidates_).subspan(static_cast<size_t>(before)), sets_, content, name,
               companion_matcher_, *regexes_);
  findings_ += static_cast<size_t>(
      std::count_if(candidates_.begin() + before, candidates_.end(), is_finding));
}

// Moves the end of `secret` to where it ends; false if no secret begins there.
bool Scanner::extend(const Rule& rule, std::string_view content, Range& secret) {
  const Extent extent = rule.validator->extend(content, secret.begin, effort_);
  if (extent.met(Extent::Kind::cut_off)) cut_off_at_ = std::min(cut_off_at_, secret.begin);
  too_much_ = too_much_ || extent.met(Extent::Kind::unread);
  if (extent.kind == Extent::Kind::whole) secret.end = extent.end;
  return extent.kind == Extent::Kind::whole;
}

std::string_view Scanner::unread(size_t own_end) const {
  if (too_much_) return "more places look like the start of a private key than are read to the end";
  if (names_unread_) return "more names of secrets than values are looked for beside";
  if (cut_off_at_ < own_end) return "a private key may reach over the end of a part";
  return {};
}

// False if no secret of the rule begins there, whatever follows.
bool Scanner::judge(Runner& runner, std::string_view content, Range range, Range window) {
  const Rule& rule = *runner.rule;
  const std::string_view secret = content.substr(range.begin, range.size());
  Candidate candidate{{&rule, range, rule.confidence}, window};
  Match& match = candidate.match;
  Validation validation = checked(rule, secret, now_);
  Validity validity = validation.validity;
  match.note = std::move(validation.note);
  match.is_spent = validation.is_spent;
  // Generic rules see many candidates and keep few: the rest is for the others.
  if (validity == Validity::invalid && is_generic(rule)) return true;
  if (validity != Validity::valid && begins_inside_word(rule, content, range)) return false;
  // Placeholder shapes say nothing against a value that proves itself.
  std::optional<TemplateMatch> found_template;
  if (validity != Validity::valid) {
    found_template = template_of(templates_, rule, content, range);
  } else if (templates_.is_published(secret)) {
    found_template = TemplateMatch{"published-example"};
  }
  if (validity == Validity::invalid || found_template) {
    candidate.kind = Candidate::Kind::dismissed;
    if (validity == Validity::invalid && !found_template) {
      ++failed_checks_;
      // What can be sealed has check characters: the form alone is another service's, too.
      if (rule.validator->seal) candidate.kind = Candidate::Kind::unproven;
    }
    if (found_template && found_template->is_literal() && rule.confidence == Confidence::likely) {
      candidate.kind = Candidate::Kind::example;
      match.example = found_template->name;
      match.note.clear();
    }
    candidates_.push_back(std::move(candidate));
    return true;
  }
  if (validity == Validity::unknown && is_chosen_as_words(templates_, rule, content, range)) {
    validity = Validity::weakened;
    match.note = "reads as words";
    // Weak evidence for the value, and this against it.
    if (rule.confidence == Confidence::possible && !is_chosen_by_people(rule)) {
      candidate.kind = Candidate::Kind::dismissed;
    }
  }
  const bool for_show = is_for_show(rule, content, range);
  if (for_show && validity == Validity::weakened) candidate.kind = Candidate::Kind::dismissed;
  if (!is_finding(candidate)) {
    candidates_.push_back(std::move(candidate));
    return true;
  }
  if (validity == Validity::valid) match.confidence = Confidence::confirmed;
  if (validity == Validity::weakened || for_show) {
    match.confidence = Confidence::possible;
  }
  if (validity != Validity::valid && rule.min_entropy > 0 && entropy(secret) < rule.min_entropy) {
    return true;
  }
  if (match.confidence == Confidence::possible && validity != Validity::weakened &&
      has_companion(runner, content, range)) {
    match.confidence = Confidence::likely;
  }
  if (rule.companion_only && match.confidence == Confidence::possible) return true;
  match.since = rule.since;
  match.names_issuer = names_issuer(rule, secret);
  // The generic rules would grade it so as well, where this one did not stand in their way.
  const bool by_name = is_generic(rule) || (names_no_issuer(rule) && !match.names_issuer);
  match.is_strong = by_name && match.confidence == Confidence::possible &&
                    validity != Validity::weakened && is_surely_random(secret) &&
                    !is_in_comment(content, range);
  candidates_.push_back(std::move(candidate));
  return true;
}

bool Scanner::has_companion(Runner& runner, std::string_view content, Range secret) {
  const Rule& rule = *runner.rule;
  if (rule.companion.empty()) return false;
  const Range around{secret.begin - std::min(secret.begin, kContext),
                     std::min(content.size(), secret.end + kContext)};
  if (!rule.companion_program.empty()) {
    companion_matcher_.search(rule.companion_program, content, around);
    const RegexMatcher::Answer answer = companion_matcher_.find({around.begin, around.end + 1});
    if (answer != RegexMatcher::Answer::undecided) return answer == RegexMatcher::Answer::match;
  }
  if (!runner.companion) runner.companion = &regexes_->get(rule, rule.companion);
  return runner.companion->Match({content.data(), content.size()}, around.begin, around.end,
                                 RE2::UNANCHORED, nullptr, 0);
}

}  // namespace pushguard
