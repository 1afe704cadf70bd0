#include "detect/scanner.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "detect/conditions.h"
#include "detect/entropy.h"
#include "detect/regex.h"
#include "detect/validator.h"
#include "error.h"

namespace pushguard {

struct Scanner::Runner {
  const Rule* rule;
  std::unique_ptr<RE2> regex, companion;  // compiled when first needed
  std::vector<Range> windows;  // of the content at hand, ascending, apart
};

namespace {

std::unique_ptr<RE2> compile(const Rule& rule, std::string_view regex) {
  auto compiled = std::make_unique<RE2>(re2::StringPiece(regex.data(), regex.size()),
                                        regex_options());
  if (!compiled->ok()) throw Error(fmt::format("rule '{}': {}", rule.id, compiled->error()));
  return compiled;
}

// Every match that contains the keyword at `keyword` stands in this window.
Range window_of(const Rule& rule, Range keyword, size_t content_size) {
  if (rule.reach == 0) return {0, content_size};
  const size_t around = rule.reach - std::min<size_t>(rule.reach, keyword.size());
  return {keyword.begin - std::min(keyword.begin, around),
          std::min(content_size, keyword.end + around)};
}

}  // namespace

Scanner::Scanner(std::vector<const RuleSet*> sets, const Templates& templates, int64_t now)
    : sets_(std::move(sets)), templates_(templates), now_(now) {
  size_t count = 0;
  for (const RuleSet* set : sets_) count += set->rules.size();
  runners_.reserve(count);
  for (const RuleSet* set : sets_) {
    for (const Rule& rule : set->rules) runners_.push_back({&rule, nullptr, nullptr, {}});
  }
}

Scanner::~Scanner() = default;

std::vector<Match> Scanner::scan(std::string_view content) {
  const Range all{0, content.size()};
  return scan(content, {&all, 1});
}

std::vector<Match> Scanner::scan(std::string_view content, std::span<const Range> fresh) {
  size_t first_runner = 0;
  for (const RuleSet* set : sets_) {
    find_windows(*set, first_runner, content, fresh);
    first_runner += set->rules.size();
  }
  std::vector<Match> found;
  if (touched_.empty()) return found;
  for (const uint32_t number : touched_) {
    Runner& runner = runners_[number];
    for (const Range& window : runner.windows) search(runner, content, window, found);
    runner.windows.clear();
  }
  touched_.clear();

  // The surest first; then each takes its place unless that is taken.
  std::ranges::stable_sort(found, [](const Match& a, const Match& b) {
    if (a.confidence != b.confidence) return a.confidence > b.confidence;
    return a.secret.begin < b.secret.begin;
  });
  std::vector<Match> kept;
  for (Match& match : found) {
    const auto after = std::ranges::lower_bound(kept, match.secret.begin, {},
                                                [](const Match& m) { return m.secret.begin; });
    const bool taken = (after != kept.end() && after->secret.overlaps(match.secret)) ||
                       (after != kept.begin() && (after - 1)->secret.overlaps(match.secret));
    if (!taken) kept.insert(after, std::move(match));
  }
  return kept;
}

void Scanner::find_windows(const RuleSet& set, size_t first_runner, std::string_view content,
                           std::span<const Range> fresh) {
  hits_.clear();
  const Range all{0, content.size()};
  if (set.whole && !fresh.empty()) fresh = {&all, 1};
  for (const uint16_t number : fresh.empty() ? std::span<const uint16_t>() : set.unfiltered) {
    runners_[first_runner + number].windows.push_back(all);
    touched_.push_back(static_cast<uint32_t>(first_runner + number));
  }
  for (const Range& range : fresh) set.keywords.find(content, range, hits_);
  for (const KeywordHit& hit : hits_) {
    const size_t keyword_end = hit.position + set.keywords.keywords[hit.keyword].text.size();
    for (const uint16_t number : set.keywords.rules_of(hit.keyword)) {
      Runner& runner = runners_[first_runner + number];
      const Range window = window_of(*runner.rule, {hit.position, keyword_end}, content.size());
      if (runner.windows.empty()) touched_.push_back(static_cast<uint32_t>(first_runner + number));
      if (!runner.windows.empty() && window.begin <= runner.windows.back().end) {
        runner.windows.back().end = std::max(runner.windows.back().end, window.end);
      } else {
        runner.windows.push_back(window);
      }
    }
  }
}

void Scanner::search(Runner& runner, std::string_view content, Range window,
                     std::vector<Match>& matches) {
  const Rule& rule = *runner.rule;
  if (!runner.regex) runner.regex = compile(rule, rule.regex);
  const re2::StringPiece text(content.data(), content.size());
  re2::StringPiece groups[kMostGroups];
  size_t position = window.begin;
  while (position < window.end) {
    if (!runner.regex->Match(text, position, window.end, RE2::UNANCHORED, groups,
                             groups_for(rule.secret_group))) {
      return;
    }
    const auto begin = static_cast<size_t>(groups[0].data() - content.data());
    const size_t end = begin + groups[0].size();
    const re2::StringPiece& secret = secret_of(groups, rule.secret_group);
    size_t next = std::max(end, position + 1);
    if (secret.data() && !secret.empty()) {
      const auto secret_begin = static_cast<size_t>(secret.data() - content.data());
      const Range range{secret_begin, secret_begin + secret.size()};
      const size_t before = matches.size();
      judge(runner, content, range, matches);
      if (rule.conditions && matches.size() > before &&
          !rule.conditions->admit(content, {begin, end}, range, matches.back().may_excuse)) {
        matches.pop_back();
      }
      // What a regex asks to stand behind the secret may start the next one.
      next = std::max(range.end, position + 1);
    }
    position = next;
  }
}

void Scanner::judge(Runner& runner, std::string_view content, Range range,
                    std::vector<Match>& matches) const {
  const Rule& rule = *runner.rule;
  const std::string_view secret = content.substr(range.begin, range.size());
  if (templates_.is_published(secret)) return;
  Match match{&rule, range, rule.confidence, {}};
  Validity validity = Validity::unknown;
  if (rule.validator) {
    Validation validation = rule.validator->check(secret, now_);
    validity = validation.validity;
    match.note = std::move(validation.note);
  }
  switch (validity) {
    case Validity::invalid: return;
    case Validity::valid: match.confidence = Confidence::confirmed; break;
    case Validity::weakened: match.confidence = Confidence::possible; break;
    case Validity::unknown: break;
  }
  if (validity != Validity::valid) {
    // Placeholder shapes say nothing against a value that proves itself.
    std::string_view prefix;
    for (const std::string_view keyword : rule.keywords) {
      if (secret.size() > keyword.size() &&
          std::equal(keyword.begin(), keyword.end(), secret.begin(),
                     [](char k, char c) { return k == std::tolower(static_cast<unsigned char>(c)); })) {
        prefix = secret.substr(0, keyword.size());
      }
    }
    if (templates_.match(secret, prefix)) return;
    if (rule.min_entropy > 0 && entropy(secret) < rule.min_entropy) return;
  }
  if (match.confidence == Confidence::possible && has_companion(runner, content, range)) {
    match.confidence = Confidence::likely;
  }
  matches.push_back(std::move(match));
}

bool Scanner::has_companion(Runner& runner, std::string_view content, Range secret) const {
  constexpr size_t kNear = 1024;
  if (runner.rule->companion.empty()) return false;
  if (!runner.companion) runner.companion = compile(*runner.rule, runner.rule->companion);
  const re2::StringPiece text(content.data(), content.size());
  return runner.companion->Match(text, secret.begin - std::min(secret.begin, kNear),
                                 std::min(content.size(), secret.end + kNear), RE2::UNANCHORED,
                                 nullptr, 0);
}

}  // namespace pushguard
