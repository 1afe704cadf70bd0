// SPDX-License-Identifier: Apache-2.0
#include "report/message.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/remedy.h"
#include "report/text.h"

namespace pushguard {
namespace {

constexpr size_t kMostExposures = 10;
constexpr size_t kMostPlaces = 3;
constexpr size_t kMostUnscanned = 5;

std::string count(uint64_t number, std::string_view one, std::string_view many) {
  return number == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}", number, many);
}

class Message {
 public:
  Message(const Redacted<Decision>& decision, const Redacted<Push>& push, const Config& config,
          bool merges)
      : decision_(decision), push_(push), config_(config), merges_(merges) {}

  std::string render() {
    const auto blocked = with(Outcome::blocked), warned = with(Outcome::warned),
               bypassed = with(Outcome::bypassed);
    if (!blocked.empty()) {
      text_.prose("error: ", fmt::format("push refused: it contains {}", what(blocked)));
      list(blocked);
      how_to_fix(all_examples(blocked));
    }
    unscanned();
    exceptions(blocked);
    if (!warned.empty()) {
      text_.prose("warning: ",
                  blocked.empty() && decision_->verdict == Verdict::accepted
                      ? fmt::format("push accepted, but look at {}:",
                                    count(warned.size(), "value", "values"))
                      : fmt::format("look at {} as well:",
                                    count(warned.size(), "other value", "other values")));
      list(warned);
      if (!all_examples(warned)) {
        text_.prose("hint: ", blocked.empty()
                                  ? "a real secret is best revoked now: git keeps it in the history"
                                  : "if it is a real secret, take it out as well");
      }
      if (std::ranges::any_of(warned, is_example)) {
        text_.prose("hint: ", "an example in an environment file is no value for real use; set "
                              "the real one where it runs, not in git");
      }
    }
    for (const Judged* judged : bypassed) {
      text_.prose("warning: ",
                  fmt::format("let through at your request, which is on record: {} {}",
                              judged->exposure.fingerprint, judged->exposure.rule->description));
    }
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

  static bool is_example(const Judged* judged) {
    switch (judged->exposure.kind) {
      case FindingKind::promoted_example: return true;
      case FindingKind::anywhere:
      case FindingKind::named_file: break;
    }
    return false;
  }
  static bool all_examples(const std::vector<const Judged*>& judged) {
    return std::ranges::all_of(judged, is_example);
  }

  static std::string what(const std::vector<const Judged*>& blocked) {
    if (all_examples(blocked)) {
      return blocked.size() == 1 ? "an example value in an environment file"
                                 : count(blocked.size(), "", "example values in environment files");
    }
    return blocked.size() == 1 ? "a secret" : count(blocked.size(), "", "secrets");
  }

  void list(const std::vector<const Judged*>& judged) {
    for (size_t i = 0; i < std::min(judged.size(), kMostExposures); ++i) exposure(*judged[i]);
    text_.blank();
    if (judged.size() > kMostExposures) {
      text_.prose("  ", fmt::format("and {} more", judged.size() - kMostExposures));
      text_.blank();
    }
  }

  void exposure(const Judged& judged) {
    const Exposure& exposure = judged.exposure;
    text_.blank();
    text_.prose("  ", exposure.rule->description);
    const auto& places = exposure.places;
    for (size_t i = 0; i < std::min(places.size(), kMostPlaces); ++i) place(places[i]);
    const size_t shown = std::min(places.size(), kMostPlaces);
    if (const uint64_t more = places.size() - shown + exposure.more_places; more > 0) {
      text_.field("", fmt::format("and {} more", count(more, "place", "places")));
    }
    text_.field("value", fmt::format("{} ({} characters)", exposure.secret.preview(),
                                     exposure.secret.size()));
    if (is_example(&judged)) {
      text_.field("", fmt::format("promoted example: {}", exposure.example));
    } else {
      const std::string note = exposure.note.empty() ? "by its form" : exposure.note;
      text_.field("", fmt::format("{}: {}", to_string(exposure.confidence), note));
    }
    for (const Exposure& partner : exposure.partners) {
      text_.field("with",
                  fmt::format("{} ({})", partner.secret.preview(), partner.rule->description));
    }
    if (judged.warns_until) {
      text_.field("new", fmt::format("warns until {}, and blocks from then on",
                                     to_string(*judged.warns_until)));
    }
    if (exposure.origin == Origin::preexisting) text_.field("since", "before this push");
    if (!is_example(&judged)) text_.field("revoke", exposure.rule->rotate);
    text_.field("id", judged.exposure.fingerprint);
  }

  void place(const Place& place) {
    std::string where = place.line == 0 ? "" : fmt::format(":{}:{}", place.line, place.column);
    const std::string entry = place.entry.empty() ? "" : ", entry " + place.entry.str();
    const std::string encoding =
        place.encoding.empty() ? "" : fmt::format(", in {}", place.encoding);
    where += encoding;
    switch (place.kind) {
      case Place::Kind::file: text_.field("file", place.path.str() + entry + where); break;
      case Place::Kind::file_name:
        text_.field("name in", place.path.empty() ? "the top directory" : place.path.str() + "/");
        break;
      case Place::Kind::commit:
        text_.field("in", fmt::format("the commit's own text, line {}{}", place.line, encoding));
        break;
      case Place::Kind::tag: text_.field("tag", place.ref.str() + encoding); break;
      case Place::Kind::ref_name: text_.field("ref name", place.ref.str() + encoding); break;
      case Place::Kind::push_option: text_.field("option", "a push option" + encoding); break;
      case Place::Kind::push_certificate:
        text_.field("in", fmt::format("the push certificate, line {}{}", place.line, encoding));
        break;
      case Place::Kind::object:
        text_.field("object", place.object.hex().substr(0, 12) + entry + where);
        text_.field("ref", place.ref.empty() ? "none that is pushed reaches it" : place.ref.str());
        break;
    }
    if (place.commit.size == 0) return;
    text_.field("commit",
                fmt::format("{} {}", place.commit.hex().substr(0, 12), place.subject.str()));
    text_.field("author", place.author);
  }

  void how_to_fix(bool examples) {
    text_.prose(
        "hint: ",
        fmt::format("{}; to push without the {}:",
                    push_->quarantine ? push_->certificate ? "only the push certificate was stored"
                                                           : "nothing was stored"
                                      : "this server stores what is sent before it asks, "
                                        "under no ref",
                    examples ? "example" : "secret"));
    for (const Step& step : remedy(decision_, push_, merges_)) {
      if (step.is_command) {
        text_.command("hint:     ", step.text);
      } else {
        text_.prose("hint:   ", step.text);
      }
    }
    text_.prose("hint: ", "keep the value out of git: an environment variable, a vault");
    if (examples) return;
    text_.prose("hint: ", "if it was ever shared, revoke it at the place named above");
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
      const bool has_files = std::ranges::any_of(
          refused, [](const JudgedUnscanned* one) { return !one->what.path.empty(); });
      text_.prose(
          "hint: ",
          fmt::format(
              "{} {}", has_files ? "push without these files, or ask" : "please tell",
              config_.contact.empty() ? "the administrator of this server" : config_.contact));
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

  void list_unscanned(const std::vector<const JudgedUnscanned*>& unscanned) {
    size_t shown = 0;
    for (size_t i = 0; i < std::min(unscanned.size(), kMostUnscanned); ++i) {
      if (unscanned[i]->what.count > 1) continue;
      ++shown;
      const Unscanned& what = unscanned[i]->what;
      text_.blank();
      if (what.id.size != 0) {
        text_.field(to_string(what.type), what.id.hex());
      }
      if (!what.path.empty()) text_.field("file", what.path);
      if (what.commit.size != 0) text_.field("commit", what.commit.hex().substr(0, 12));
      text_.prose("    ", to_string(what.why));
      text_.prose("      ", what.detail);
    }
    if (const uint64_t all = number_of(unscanned); all > shown) {
      text_.prose("  ", fmt::format("and {} more", all - shown));
    }
    text_.blank();
  }

  void exceptions(const std::vector<const Judged*>& blocked) {
    for (const std::string& mistake : decision_->bypass_mistakes) text_.prose("warning: ", mistake);
    if (blocked.empty()) return;
    if (config_.bypass) {
      text_.prose("hint: ", "not a secret, or it must be there? push with the reason:");
      text_.command("hint:     ", fmt::format("git push -o \"pushguard.allow={} REASON\"",
                                              blocked.front()->exposure.fingerprint));
      return;
    }
    if (decision_->bypass_refused) {
      text_.prose("warning: ", "this server grants no exceptions by push option");
    }
    text_.prose("hint: ", fmt::format("for an exception ask {} and name the id",
                                      config_.contact.empty() ? "the server's administrator"
                                                              : config_.contact));
  }

  const Redacted<Decision>& decision_;
  const Redacted<Push>& push_;
  const Config& config_;
  const bool merges_;
  Text text_;
};

}  // namespace

std::string render_message(const Redacted<Decision>& decision, const Redacted<Push>& push,
                           const Config& config, bool merges) {
  return Message(decision, push, config, merges).render();
}

std::string render_failure(const Redacted<std::string>& what, std::string_view contact) {
  Text text;
  text.prose("error: ", "push refused: it could not be checked for secrets");
  text.blank();
  for (std::string_view rest = *what; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.starts_with(' ')) {
      text.command("  ", shortened(line, Text::kColumns - 2));  // an excerpt and its caret
    } else {
      text.prose("  ", line);
    }
  }
  text.blank();
  text.prose("hint: ", fmt::format("this is nothing in your push; please tell {}",
                                   contact.empty() ? "the administrator of this server" : contact));
  return text.str();
}

}  // namespace pushguard
