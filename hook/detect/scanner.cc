#include "detect/scanner.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "detect/entropy.h"
#include "detect/regex.h"
#include "detect/template_own_name.h"
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

// Rules that know no provider, only a name that says "secret".
bool is_generic(const Rule& rule) { return rule.provider == "Generic"; }

// The keyword that `secret` begins with, as it stands there, or "".
std::string_view literal_prefix(const Rule& rule, std::string_view secret) {
  std::string_view prefix;
  for (const std::string_view keyword : rule.keywords) {
    if (secret.size() > keyword.size() &&
        std::equal(keyword.begin(), keyword.end(), secret.begin(), [](char k, char c) {
          return k == std::tolower(static_cast<unsigned char>(c));
        })) {
      prefix = secret.substr(0, keyword.size());
    }
  }
  return prefix;
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
  examples_.clear();
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
  give_way(found);

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
                             rule.secret_group + 1)) {
      return;
    }
    const auto begin = static_cast<size_t>(groups[0].data() - content.data());
    const size_t end = begin + groups[0].size();
    const re2::StringPiece& secret = groups[rule.secret_group];
    size_t next = std::max(end, position + 1);
    if (secret.data() && !secret.empty()) {
      const auto secret_begin = static_cast<size_t>(secret.data() - content.data());
      const Range range{secret_begin, secret_begin + secret.size()};
      judge(runner, content, range, matches);
      // What a regex asks to stand behind the secret may start the next one.
      next = std::max(range.end, position + 1);
    }
    position = next;
  }
}

void Scanner::judge(Runner& runner, std::string_view content, Range range,
                    std::vector<Match>& matches) {
  const Rule& rule = *runner.rule;
  const std::string_view secret = content.substr(range.begin, range.size());
  Match match{&rule, range, rule.confidence, {}, {}};
  Validity validity = Validity::unknown;
  if (rule.validator) {
    Validation validation = rule.validator->check(secret, now_);
    validity = validation.validity;
    match.note = std::move(validation.note);
  }
  // Generic rules see many candidates and keep few: the rest is for the others.
  if (validity == Validity::invalid && is_generic(rule)) return;
  std::optional<TemplateMatch> found_template;
  if (validity != Validity::valid) {
    found_template = templates_.match(secret, literal_prefix(rule, secret));
    if (!found_template && is_own_name(content.substr(0, range.begin), secret)) {
      found_template = TemplateMatch{"own-name"};
    }
  } else if (templates_.is_published(secret)) {
    // Placeholder shapes say nothing against a value that proves itself.
    found_template = TemplateMatch{"published-example"};
  }
  if (validity == Validity::invalid || found_template) {
    if (!is_generic(rule)) dismissed_.push_back(range);
    if (found_template && found_template->is_literal() && rule.confidence == Confidence::likely &&
        examples_.size() < kMostExamples) {
      match.example = found_template->name;
      match.note.clear();
      examples_.push_back(std::move(match));
    }
    return;
  }
  if (validity == Validity::valid) match.confidence = Confidence::confirmed;
  if (validity == Validity::weakened) match.confidence = Confidence::possible;
  if (validity != Validity::valid && rule.min_entropy > 0 && entropy(secret) < rule.min_entropy) {
    return;
  }
  if (match.confidence == Confidence::possible && has_companion(runner, content, range)) {
    match.confidence = Confidence::likely;
  }
  matches.push_back(std::move(match));
}

void Scanner::give_way(std::vector<Match>& matches) {
  if (std::ranges::any_of(matches, [](const Match& match) { return is_generic(*match.rule); })) {
    for (const Match& match : matches) {
      if (!is_generic(*match.rule)) dismissed_.push_back(match.secret);
    }
    std::ranges::sort(dismissed_, {}, &Range::begin);
    size_t apart = 0;  // so many do not overlap, and ascend
    for (const Range& range : dismissed_) {
      if (apart > 0 && dismissed_[apart - 1].end >= range.begin) {
        dismissed_[apart - 1].end = std::max(dismissed_[apart - 1].end, range.end);
      } else {
        dismissed_[apart++] = range;
      }
    }
    dismissed_.resize(apart);
    std::erase_if(matches, [&](const Match& match) {
      if (!is_generic(*match.rule)) return false;
      const auto after = std::ranges::upper_bound(dismissed_, match.secret.begin, {}, &Range::end);
      return after != dismissed_.end() && after->overlaps(match.secret);
    });
  }
  dismissed_.clear();
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
