// SPDX-License-Identifier: Apache-2.0
// Which coding assistant left its mark in a commit.
#include "history/assistant.h"

#include <catch2/catch.hpp>

namespace pushguard {
namespace {

std::string commit(std::string_view message, std::string_view author = "Ann <ann@example.com>") {
  return "tree 0\nauthor " + std::string(author) +
         " 1 +0000\ncommitter Ann <ann@example.com> 1 +0000\n\n" + std::string(message);
}

}  // namespace

TEST_CASE("an assistant is known by its address and its trailers") {
  const std::pair<std::string, std::string> marks[] = {
      {"Co-Authored-By: Claude Opus <noreply@anthropic.com>", "Claude"},
      {"co-authored-by: X <223556219+Copilot@users.noreply.github.com>", "GitHub Copilot"},
      {"Co-authored-by: Cursor <cursoragent@cursor.com>", "Cursor"},
      {"Made-with: Cursor", "Cursor"},
      {"Assisted-by: Claude:claude-3-opus coccinelle sparse", "Claude"},
      {"Signed-off-by: Ann <ann@example.com>\nCo-authored-by: aider (gpt) <aider@aider.chat>",
       "aider"},
      {"Replit-Commit-Author: Agent", "Replit Agent"},
      {"Co-authored-by: Ben <ben@example.com>", ""},
      {"Co-authored-by: Claude <claude@example.com>", ""},
      {"Co-authored-by: Devin <devin@users.noreply.github.com>", ""},
      {"Reviewed-by: Claude <noreply@anthropic.com>", ""},
      {"Fixes: 12", ""},
  };
  for (const auto& [trailer, name] : marks) {
    CAPTURE(trailer);
    CHECK(assistant_of(commit("Change\n\nWhy.\n\n" + trailer + "\n")) == name);
  }
}

TEST_CASE("only the last paragraph has trailers, and only the header has people") {
  const std::string mark = "Co-authored-by: Claude <noreply@anthropic.com>\n";
  CHECK(assistant_of(commit(mark)).empty());  // the subject
  CHECK(assistant_of(commit("Change\n\n" + mark + "\nMore.\n")).empty());
  CHECK(assistant_of(commit("Change\n\nauthor X <noreply@anthropic.com>\n")).empty());
  CHECK(assistant_of(commit("Change\n", "Codex <noreply@openai.com>")) == "Codex");
  CHECK(assistant_of("tree 0\nauthor Codex <noreply@openai.com> 1 +0000\n") == "Codex");
}

TEST_CASE("a site has marks of its own") {
  const std::string text = commit("Change\n\nCo-authored-by: B <Bot@Acme.example>\n");
  CHECK(assistant_of(text).empty());
  CHECK(assistant_of(text, "bot@acme.example Acme Bot\n") == "Acme Bot");
  CHECK(assistant_of(text, "@acme.example Acme\n") == "Acme");
}

}  // namespace pushguard
