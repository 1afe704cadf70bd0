// SPDX-License-Identifier: Apache-2.0
#include "pre_receive/answer.h"

#include <algorithm>

#include "history/git_process.h"
#include "report/message.h"
#include "report/refusal.h"
#include "report/remedy.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

// Whether the client can send push options. The repository's configuration decides on nothing but
// what is advised.
bool takes_options(const Push& push) {
  if (!push.options.empty()) return true;
  try {
    const auto told = git_output({"config", "--type=bool", "--get", "receive.advertisePushOptions"},
                                 push.git_dir);
    return told && told->starts_with("true");
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::vector<Exposure*> refused_for(Decision& decision) {
  std::vector<Exposure*> refused;
  for (Judged& one : decision.judged) {
    if (one.outcome == Outcome::blocked) refused.push_back(&one.exposure);
  }
  return refused;
}

std::string for_host(const std::string& text, const Environment& environment) {
  if (environment.get("GL_PROTOCOL") != "web") return text;
  std::string marked;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    marked.append("GL-HOOK-ERR: ").append(line) += '\n';
  }
  return marked;
}

std::string answer(const Redacted<Decision>& decision, const Redacted<Push>& push,
                   const Config& config, const std::vector<Rewrite>& rewrites, bool as_json) {
  const bool is_blocked = std::ranges::any_of(
      decision->judged, [](const Judged& one) { return one.outcome == Outcome::blocked; });
  const bool exceptions = is_blocked && config.bypass && takes_options(*push);
  const std::vector<Step> steps =
      is_blocked ? remedy(decision, push, rewrites) : std::vector<Step>();
  std::string text;
  if (!as_json) text = render_message(decision, push, config, {steps, exceptions});
  if (as_json || config.message.json)
    text += render_refusal(decision, config, {steps, exceptions}, push->is_public);
  return text;
}

}  // namespace pushguard
