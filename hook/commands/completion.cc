// SPDX-License-Identifier: Apache-2.0
#include "commands/completion.h"

#include <fmt/format.h>

#include <algorithm>

namespace pushguard {
namespace {

constexpr std::string_view kRuleIds = "pushguard rules list 2>/dev/null | cut -d ' ' -f 1";

struct Command {
  std::string words;  // " rules list", with the blank in front; "" for the program
  const CommandPage* page;
};

void collect(const CommandPage& page, std::string words, std::vector<Command>& commands) {
  commands.push_back({words, &page});
  for (const CommandPage& command : page.commands) {
    collect(command, words + command.name.substr(page.name.size()), commands);
  }
}

// 'text', as all three shells read it.
std::string quoted(std::string_view text, std::string_view quote = "'\\''") {
  std::string result = "'";
  for (const char c : text) c == '\'' ? result += quote : result += c;
  return result + "'";
}

std::string last_word(const CommandPage& page) {
  return page.name.substr(page.name.rfind(' ') + 1);
}

std::string choices(std::string value) {
  if (value.find('|') == value.npos) return {};
  std::ranges::replace(value, '|', ' ');
  return value;
}

bool names_file(std::string_view value) { return value == "FILE" || value == "DIRECTORY"; }

bool takes_files(const CommandPage& page) {
  return std::ranges::any_of(page.arguments, [](const CommandOption& argument) {
    return argument.names[0].find("FILE") != std::string::npos ||
           argument.names[0].find("PATH") != std::string::npos;
  });
}

bool takes_rule(const CommandPage& page) {
  return page.arguments.size() == 1 && page.arguments[0].names[0] == "ID";
}

// The words of the commands below, or, for `help`, of all.
std::vector<const CommandPage*> words_of(const CommandPage& page, const CommandPage& root) {
  std::vector<const CommandPage*> words;
  const bool help = page.name == root.name + " help";
  for (const CommandPage& command : help ? root.commands : page.commands) words.push_back(&command);
  return words;
}

// A pattern of a `case` for the command that a word after `command` calls.
std::string case_patterns(const std::vector<Command>& commands) {
  std::string patterns;
  for (const Command& command : commands) {
    if (!command.words.empty()) patterns += (patterns.empty() ? "" : "|") + quoted(command.words);
  }
  return patterns;
}

std::string bash(const CommandPage& root, const std::vector<Command>& commands) {
  std::string values, words;
  for (const auto& [name, page] : commands) {
    std::string offered;
    for (const CommandOption& option : page->options) {
      for (const std::string& spelt : option.names) {
        offered += (offered.empty() ? "" : " ") + spelt;
        if (option.value.empty()) continue;
        const std::string some = choices(option.value);
        values += fmt::format("    {})\n      {}\n      return ;;\n", quoted(name + " " + spelt),
                              some.empty() ? names_file(option.value) ? "_pushguard_files" : ":"
                                           : fmt::format("_pushguard_words {}", quoted(some)));
      }
    }
    std::string plain;
    for (const CommandPage* word : words_of(*page, root)) {
      plain += (plain.empty() ? "" : " ") + last_word(*word);
    }
    std::string otherwise = fmt::format("_pushguard_words {}", quoted(plain));
    if (takes_files(*page)) otherwise = "_pushguard_files";
    if (takes_rule(*page)) otherwise = fmt::format("_pushguard_words \"$({})\"", kRuleIds);
    words += fmt::format("    {})\n      if [[ $word == -* ]]; then _pushguard_words {}\n"
                         "      else {}; fi ;;\n",
                         quoted(name), quoted(offered), otherwise);
  }
  return fmt::format(R"(# bash completion for pushguard
_pushguard_words() {{ mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }}
_pushguard_files() {{
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$word")
}}
_pushguard() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} command='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command ${{COMP_WORDS[i]}}" in
      {}) command+=" ${{COMP_WORDS[i]}}" ;;
    esac
  done
  case "$command ${{COMP_WORDS[COMP_CWORD-1]}}" in
{}  esac
  case "$command" in
{}  esac
}}
complete -F _pushguard pushguard
)",
                     case_patterns(commands), values, words);
}

std::string described(std::string_view name, std::string_view text) {
  std::string result(name);
  result += ':';
  return quoted(result + std::string(text));
}

std::string zsh(const CommandPage& root, const std::vector<Command>& commands) {
  std::string values, words;
  for (const auto& [name, page] : commands) {
    std::string offered, plain;
    for (const CommandOption& option : page->options) {
      for (const std::string& spelt : option.names) {
        offered += " " + described(spelt, option.text);
        if (option.value.empty()) continue;
        const std::string some = choices(option.value);
        values += fmt::format("    {})\n      {}\n      return ;;\n", quoted(name + " " + spelt),
                              some.empty() ? names_file(option.value) ? "_files" : "_message value"
                                           : fmt::format("compadd -- {}", some));
      }
    }
    for (const CommandPage* word : words_of(*page, root)) {
      plain += " " + described(last_word(*word), word->summary);
    }
    std::string otherwise = "_message 'no more arguments'";
    if (!plain.empty()) otherwise = "_describe command offered";
    if (takes_files(*page)) otherwise = "_files";
    if (takes_rule(*page)) otherwise = fmt::format("compadd -- ${{(f)\"$({})\"}}", kRuleIds);
    words += fmt::format("    {})\n      if [[ $PREFIX == -* ]]; then\n"
                         "        offered=({})\n        _describe -o option offered\n"
                         "      else\n        offered=({})\n        {}\n      fi ;;\n",
                         quoted(name), offered.substr(1), plain.empty() ? "" : plain.substr(1),
                         otherwise);
  }
  return fmt::format(R"(#compdef pushguard
_pushguard() {{
  local command='' word
  local -a offered
  for word in ${{words[2,CURRENT-1]}}; do
    case "$command $word" in
      {}) command+=" $word" ;;
    esac
  done
  case "$command ${{words[CURRENT-1]}}" in
{}  esac
  case "$command" in
{}  esac
}}
_pushguard "$@"
)",
                     case_patterns(commands), values, words);
}

std::string fish(const CommandPage& root, const std::vector<Command>& commands) {
  std::string patterns, lines;
  for (const auto& [name, page] : commands) {
    if (!name.empty()) patterns += " " + quoted(name, "\\'");
    const std::string when = fmt::format("complete -c pushguard -n '__pushguard_is \"{}\"'", name);
    for (const CommandPage* word : words_of(*page, root)) {
      lines +=
          fmt::format("{} -f -a {} -d {}\n", when, last_word(*word), quoted(word->summary, "\\'"));
    }
    if (takes_files(*page)) {
      lines += fmt::format("{} -F\n", when);
    } else if (takes_rule(*page)) {
      lines += fmt::format("{} -f -a \"({})\"\n", when, kRuleIds);
    } else {
      lines += fmt::format("{} -f\n", when);
    }
    for (const CommandOption& option : page->options) {
      lines += when;
      for (const std::string& spelt : option.names) {
        lines += spelt.starts_with("--") ? " -l " + spelt.substr(2) : " -s " + spelt.substr(1);
      }
      const std::string some = choices(option.value);
      if (!some.empty()) lines += fmt::format(" -x -a {}", quoted(some));
      if (some.empty() && !option.value.empty())
        lines += names_file(option.value) ? " -r -F" : " -x";
      lines += fmt::format(" -d {}\n", quoted(option.text, "\\'"));
    }
  }
  return fmt::format(R"(# fish completion for pushguard
function __pushguard_is
    set -l command ''
    for word in (commandline -opc)[2..-1]
        switch "$command $word"
            case{}
                set command "$command $word"
        end
    end
    test "$command" = "$argv[1]"
end
{})",
                     patterns, lines);
}

}  // namespace

std::string render_completion(std::string_view shell, const CommandPage& root) {
  std::vector<Command> commands;
  collect(root, "", commands);
  if (shell == "bash") return bash(root, commands);
  return shell == "zsh" ? zsh(root, commands) : fish(root, commands);
}

}  // namespace pushguard
