// SPDX-License-Identifier: Apache-2.0
#include "history/assistant.h"

#include <algorithm>

#include "vocabulary/ascii.h"

namespace pushguard {
namespace {

// One text, since a table of views would be relocated at each start. Sources: the tools' own
// documentation and the addresses of their commits on public hosts, as of November 2026.
constexpr std::string_view kMarks =
    "@anthropic.com Claude\n"
    "209825114+claude[bot]@users.noreply.github.com Claude\n"
    "215619710+anthropic-claude[bot]@users.noreply.github.com Claude\n"
    "208546643+claude-code-action[bot]@users.noreply.github.com Claude\n"
    "198982749+copilot@users.noreply.github.com GitHub Copilot\n"
    "167198135+copilot[bot]@users.noreply.github.com GitHub Copilot\n"
    "223556219+copilot@users.noreply.github.com GitHub Copilot\n"
    "copilot@github.com GitHub Copilot\n"
    "@cursor.com Cursor\n"
    "206951365+cursor[bot]@users.noreply.github.com Cursor\n"
    "noreply@openai.com Codex\n"
    "codex@openai.com Codex\n"
    "199175422+chatgpt-codex-connector[bot]@users.noreply.github.com Codex\n"
    "215057067+openai-codex[bot]@users.noreply.github.com Codex\n"
    "161369871+google-labs-jules[bot]@users.noreply.github.com Jules\n"
    "176961590+gemini-code-assist[bot]@users.noreply.github.com Gemini Code Assist\n"
    "@aider.chat aider\n"
    "158243242+devin-ai-integration[bot]@users.noreply.github.com Devin\n"
    "windsurf@codeium.com Windsurf\n"
    "noreply@codeium.com Windsurf\n"
    "208079219+amazon-q-developer[bot]@users.noreply.github.com Amazon Q Developer\n"
    "@ampcode.com Amp\n"
    "noreply@opencode.ai opencode\n"
    "openhands@all-hands.dev OpenHands\n"
    "qwen-coder@alibabacloud.com Qwen Code\n"
    "vibe@mistral.ai Mistral Vibe\n"
    "205137888+cline[bot]@users.noreply.github.com Cline\n"
    "230936708+continue[bot]@users.noreply.github.com Continue\n"
    "201248094+sourcegraph-cody[bot]@users.noreply.github.com Cody\n"
    "220155983+jetbrains-ai[bot]@users.noreply.github.com JetBrains AI\n"
    "240665456+kiloconnect[bot]@users.noreply.github.com Kilo\n"
    "roomote@roocode.com Roo Code\n"
    "oz-agent@warp.dev Warp\n";

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

std::string_view named_by(std::string_view marks, std::string_view written) {
  const std::string address = to_lower(written);
  const size_t at = address.rfind('@');
  if (at == address.npos) return {};
  while (!marks.empty()) {
    const std::string_view line = take_line(marks);
    const size_t blank = line.find(' ');
    if (blank == line.npos) continue;
    const std::string mark = to_lower(line.substr(0, blank));
    if (mark == (mark.starts_with('@') ? address.substr(at) : address)) {
      return line.substr(blank + 1);
    }
  }
  return {};
}

// Of "Ann Dev <ann@example.com> 1 +0000".
std::string_view address_in(std::string_view person) {
  const size_t begin = person.find('<'), end = person.find('>');
  if (begin == person.npos || end == person.npos || end < begin) return {};
  return person.substr(begin + 1, end - begin - 1);
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// By a trailer "KEY: VALUE", or "".
std::string by_trailer(const std::string& key, std::string_view value, std::string_view more) {
  const auto is = [&](std::string_view name) { return key == name; };
  if (is("co-authored-by") || is("generated-by") || is("assisted-by")) {
    for (const std::string_view marks : {more, kMarks}) {
      const std::string_view name = named_by(marks, address_in(value));
      if (!name.empty()) return std::string(name);
    }
  }
  // The Linux kernel's form: "Assisted-by: AGENT:MODEL [TOOL]...".
  if (is("assisted-by")) return std::string(trimmed(value.substr(0, value.find_first_of(":<["))));
  if (is("ai-agent") || is("ai-assisted")) return std::string(trimmed(value));
  if (is("made-with") && to_lower(value) == "cursor") return "Cursor";
  if (is("claude-session")) return "Claude";
  if (is("replit-commit-author") &&
      (to_lower(value) == "agent" || to_lower(value) == "assistant")) {
    return "Replit Agent";
  }
  return {};
}

// The last paragraph of the message, where git keeps trailers (git-interpret-trailers(1)).
std::string_view last_paragraph(std::string_view message) {
  while (message.ends_with('\n')) message.remove_suffix(1);
  const size_t blank = message.rfind("\n\n");
  return blank == message.npos ? std::string_view() : message.substr(blank + 2);
}

}  // namespace

std::string assistant_of(std::string_view content, std::string_view more) {
  constexpr size_t kMostBytes = 64 << 10;  // of a last paragraph
  const size_t header = content.find("\n\n");
  std::string_view people = content.substr(0, header);
  while (!people.empty()) {
    const std::string_view line = take_line(people);
    if (!line.starts_with("author ") && !line.starts_with("committer ")) continue;
    for (const std::string_view marks : {more, kMarks}) {
      const std::string_view name = named_by(marks, address_in(line));
      if (!name.empty()) return std::string(name);
    }
  }
  if (header == content.npos) return {};
  std::string_view trailers = last_paragraph(content.substr(header + 2)).substr(0, kMostBytes);
  while (!trailers.empty()) {
    const std::string_view line = take_line(trailers);
    const size_t colon = line.find(':');
    if (colon == line.npos) continue;
    std::string name =
        by_trailer(to_lower(line.substr(0, colon)), trimmed(line.substr(colon + 1)), more);
    if (!name.empty()) return name;
  }
  return {};
}

}  // namespace pushguard
