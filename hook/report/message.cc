// SPDX-License-Identifier: Apache-2.0
#include "report/message.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/exception.h"
#include "report/place_list.h"
#include "report/text.h"
#include "rules/built_in.h"

namespace pushguard {
namespace {

constexpr size_t kMostUnscanned = 20;
constexpr size_t kMostRevoked = 5;

std::string count(uint64_t number, std::string_view one, std::string_view many) {
  return number == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}", number, many);
}

std::string_view whom(const SiteMessage& site) {
  if (site.contact.empty()) return "the server's administrator";
  return site.contact;
}

bool is_example(const Judged* judged) {
  return judged->exposure.kind == FindingKind::promoted_example;
}
bool all_examples(const std::vector<const Judged*>& judged) {
  return std::ranges::all_of(judged, is_example);
}

class Message {
 public:
  Message(const Redacted<Decision>& decision, const Redacted<Push>& push, const Config& config,
          const WaysOut& ways_out)
      : decision_(decision), push_(push), config_(config), ways_out_(ways_out) {}

  std::string render() {
    const auto blocked = with(Outcome::blocked), warned = with(Outcome::warned),
               bypassed = with(Outcome::bypassed);
    if (!blocked.empty()) {
      text_.prose("error: ", fmt::format("push refused: it contains {}", what(blocked)));
      list_places(text_, blocked);
      revoke(blocked);
      how_to_fix();
    }
    unscanned();
    exceptions(blocked);
    if (const auto& admission = decision_->admission) {
      text_.prose("warning: ", fmt::format("let in by {}, which is on record as {}: {}",
                                           admission->by, admission->id, admission->reason));
    }
    if (!warned.empty()) warn(warned, blocked.empty());
    for (const Judged* judged : bypassed) {
      text_.prose("warning: ",
                  fmt::format("let through at your request, which is on record: {} {}",
                              judged->exposure.fingerprint, judged->exposure.rule->description));
    }
    for (const Bypass& reported : decision_->false_alarms) {
      text_.prose("warning: ",
                  fmt::format("{} is reported as a false alarm: that is on record, and "
                              "lets nothing through",
                              reported.fingerprint));
    }
    if (const auto& until = decision_->monitored_until) {
      text_.prose("warning: ", fmt::format("this server only warns until {}; then such a push is "
                                           "refused",
                                           to_string(*until)));
    }
    if (decision_->verdict != Verdict::accepted) say_site(text_, blocked);
    return text_.str();
  }

 private:
  std::vector<const Judged*> with(Outcome outcome) const {
    std::vector<const Judged*> found;
    for (const Judged& judged : decision_->judged) {
      if (judged.outcome == outcome) found.push_back(&judged);
    }
    return found;
  }

  static std::string what(const std::vector<const Judged*>& blocked) {
    if (all_examples(blocked)) {
      return blocked.size() == 1 ? "an example value in an environment file"
                                 : count(blocked.size(), "", "example values in environment files");
    }
    return blocked.size() == 1 ? "a secret" : count(blocked.size(), "", "secrets");
  }

  // Where to revoke, and what to use in its place: a line for each kind of secret.
  void revoke(const std::vector<const Judged*>& blocked) {
    const std::string_view stored = !push_->quarantine
                                        ? " (this server stores what is sent before it asks)"
                                    : push_->certificate ? " (only the push certificate was stored)"
                                                         : " (though not stored)";
    std::set<std::string_view> told, replacements;
    for (const Judged* one : blocked) {
      const Rule& rule = *one->exposure.rule;
      if (is_example(one) || !told.insert(rule.rotate).second) continue;
      if (told.size() > kMostRevoked) break;
      replacements.insert(built_in_providers().find(rule.provider).instead);
      const bool is_sure = one->exposure.confidence != Confidence::possible;
      text_.prose("hint: ",
                  fmt::format("{}{}: {}", is_sure ? "revoke it now" : "if it is real, revoke it",
                              told.size() == 1 ? stored : "", rule.rotate));
    }
    if (told.empty()) {
      text_.prose("hint: ", "set the real value where it runs, not in git");
    } else {
      use_instead(replacements);
    }
  }

  // What to use in place of a new secret in git, where it is known; an empty one is not.
  void use_instead(std::set<std::string_view> replacements) {
    const bool is_known = replacements.erase("") == 0;
    for (const std::string_view one : replacements) {
      text_.prose("hint: ", fmt::format("use instead: {}", one));
    }
    if (is_known) return;
    text_.prose("hint: ", "keep the new one out of git: an environment variable, a vault");
  }

  // "On the branch ...:" goes with what follows it, unless that is a command.
  void how_to_fix() {
    const std::vector<Step>& steps = ways_out_.steps;
    std::string before;
    for (size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].kind == Step::Kind::run) {
        text_.command("hint:     ", steps[i].text);
        continue;
      }
      const std::string text = std::exchange(before, {}) + steps[i].text;
      const bool is_lead =
          text.ends_with(':') && i + 1 < steps.size() && steps[i + 1].kind != Step::Kind::run;
      if (is_lead) {
        before = text + ' ';
      } else {
        text_.prose("hint: ", text);
      }
    }
  }

  void unscanned() {
    std::vector<const JudgedUnscanned*> refused, accepted;
    for (const JudgedUnscanned& one : decision_->unscanned) {
      (one.refused ? refused : accepted).push_back(&one);
    }
    if (!refused.empty()) {
      text_.prose("error: ", fmt::format("push refused: {} could not be checked for secrets",
                                         count(number_of(refused), "part of it", "parts of it")));
      list_unscanned(refused);
      std::set<std::string_view> told;
      for (const JudgedUnscanned* one : refused) {
        const std::string_view advice = advice_on(one->what);
        if (told.insert(advice).second) text_.prose("hint: ", advice);
      }
      if (std::ranges::any_of(refused, is_over_limits)) {
        text_.prose("hint: ",
                    fmt::format("or ask {} to let it in, and send along what this writes:",
                                whom(config_.message)));
        text_.command("hint:     ", fmt::format("git bundle create push.bundle {}",
                                                is_of_one_branch() ? "HEAD" : "--branches --tags"));
      } else {
        text_.prose("hint: ", fmt::format("or ask {}", whom(config_.message)));
      }
    }
    if (!accepted.empty()) {
      text_.prose("warning: ", fmt::format("{} not checked for secrets",
                                           count(number_of(accepted), "part of the push was",
                                                 "parts of the push were")));
      list_unscanned(accepted);
    }
  }

  static uint64_t number_of(const std::vector<const JudgedUnscanned*>& unscanned) {
    uint64_t number = 0;
    for (const JudgedUnscanned* one : unscanned) number += one->what.count;
    return number;
  }

  // What is checked out is then likely what was pushed.
  bool is_of_one_branch() const {
    return push_->updates.size() == 1 && push_->updates.front().ref.starts_with("refs/heads/");
  }

  // `pushguard admit` can look at it.
  static bool is_over_limits(const JudgedUnscanned* one) {
    switch (one->what.cause) {
      case Cause::too_large:
      case Cause::too_many:
      case Cause::out_of_time:
      case Cause::out_of_memory: return true;
      default: return false;
    }
  }

  static std::string_view advice_on(const Unscanned& what) {
    switch (what.cause) {
      case Cause::encrypted: return "push the files of an encrypted archive unpacked";
      case Cause::no_reader: return "push the files of such an archive unpacked, or as a zip";
      case Cause::contradictory:
      case Cause::damaged:
        return what.why == Why::archive ? "make a damaged archive again, or push its files unpacked"
                                        : "check the clone with 'git fsck', and push again";
      case Cause::too_large:
      case Cause::too_deep: return "leave out or split what is too large or nested too deep";
      case Cause::too_many: return "push in smaller parts";
      case Cause::out_of_time:
      case Cause::out_of_memory: return "push again in smaller parts, a few commits at a time";
      case Cause::no_quarantine:
      case Cause::already_stored: break;
    }
    return "only the administrator of the server can change this";
  }

  void list_unscanned(const std::vector<const JudgedUnscanned*>& unscanned) {
    size_t shown = 0;
    for (const JudgedUnscanned* one : unscanned) {
      const Unscanned& what = one->what;
      if (what.count > 1 || shown == kMostUnscanned) continue;
      ++shown;
      if (!what.path.empty()) {
        text_.prose("    ", what.path, 2);
      } else if (what.id.size != 0) {
        text_.prose("    ", fmt::format("{} {}", to_string(what.type), what.id.hex()));
      }
      if (what.commit.size != 0 && what.commit != what.id) {
        text_.prose("      ", fmt::format("commit {}", what.commit.hex()));
      }
      text_.prose("      ", fmt::format("{}: {}", to_string(what.why), what.detail));
    }
    if (const uint64_t all = number_of(unscanned); all > shown) {
      text_.prose("    ", fmt::format("and {} more", all - shown));
    }
  }

  void exceptions(const std::vector<const Judged*>& blocked) {
    for (const std::string& mistake : decision_->bypass_mistakes) text_.prose("warning: ", mistake);
    if (blocked.empty()) return;
    if (decision_->bypass_refused) {
      text_.prose("warning: ", "this server grants no exceptions by push option");
    }
    if (ways_out_.exceptions) {
      text_.prose("hint: ",
                  fmt::format("not a secret? add to the push, with a reason of 10 letters or "
                              "more for {}:",
                              whom(config_.message)));
      text_.command("hint:     ", exception_option(blocked));
      return;
    }
    text_.prose("hint: ",
                fmt::format("not a secret? ask {} for an exception", whom(config_.message)));
  }

  void warn(const std::vector<const Judged*>& warned, bool is_alone) {
    text_.prose(
        "warning: ",
        is_alone && decision_->verdict == Verdict::accepted
            ? fmt::format("push accepted, but look at {}:", count(warned.size(), "value", "values"))
            : fmt::format("look at {} as well:",
                          count(warned.size(), "other value", "other values")));
    list_places(text_, warned);
    if (!all_examples(warned)) {
      text_.prose("hint: ", is_alone
                                ? "a real secret is best revoked now: git keeps it in the history"
                                : "if it is a real secret, take it out as well");
    }
    if (std::ranges::any_of(warned, is_example)) {
      text_.prose("hint: ", "an example in an environment file is no value for real use; set "
                            "the real one where it runs, not in git");
    }
  }

  void say_site(Text& text, const std::vector<const Judged*>& blocked) {
    const SiteMessage& site = config_.message;
    if (!site.url.empty()) {
      std::set<std::string_view> told;
      for (const Judged* one : blocked) {
        if (told.size() < kMostRevoked && told.insert(one->exposure.rule->id).second) {
          text.prose("hint: ", "see " + site.url_for(one->exposure.rule->id));
        }
      }
      if (told.empty()) text.prose("hint: ", "see " + site.url_for(""));
    }
    if (!site.text.empty()) text.prose("hint: ", site.text);
  }

  const Redacted<Decision>& decision_;
  const Redacted<Push>& push_;
  const Config& config_;
  const WaysOut& ways_out_;
  Text text_;
};

}  // namespace

std::string render_message(const Redacted<Decision>& decision, const Redacted<Push>& push,
                           const Config& config, const WaysOut& ways_out) {
  return Message(decision, push, config, ways_out).render();
}

std::string render_failure(const Redacted<std::string>& what, const SiteMessage& site) {
  Text text;
  text.prose("error: ", "push refused: it could not be checked for secrets");
  for (std::string_view rest = *what; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.starts_with(' ')) {
      text.command("  ", line);  // an excerpt and its caret
    } else {
      text.prose("  ", line);
    }
  }
  text.prose("hint: ", fmt::format("this is nothing in your push; please tell {}", whom(site)));
  if (!site.url.empty()) text.prose("hint: ", "see " + site.url_for(""));
  if (!site.text.empty()) text.prose("hint: ", site.text);
  return text.str();
}

}  // namespace pushguard
