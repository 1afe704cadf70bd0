// SPDX-License-Identifier: Apache-2.0
#include "regex/sequence.h"

#include <re2/regexp.h>

#include <algorithm>

namespace pushguard {

using re2::Regexp;

namespace {

// With (?i) RE2 adds to a class the letters beyond Latin-1 whose case folds into it ("\x{17f}" to
// "[Ss_]"), writes them, and then refuses to read them.
std::string without_folded_letters(std::string text) {
  for (const std::string_view letter : {"\\x{17f}", "\\x{212a}"}) {
    for (size_t at = text.find(letter); at != text.npos; at = text.find(letter, at)) {
      text.erase(at, letter.size());
    }
  }
  return text;
}

}  // namespace

RegexSequence::RegexSequence(std::string_view regex) { append(parse_regex(regex)); }

void RegexSequence::append(const SyntaxTree& tree) {
  std::vector<Regexp*> pending{tree.get()};
  while (!pending.empty()) {
    Regexp* node = pending.back();
    pending.pop_back();
    if (node->op() == re2::kRegexpConcat || node->op() == re2::kRegexpCapture) {
      for (int i = node->nsub(); i > 0; --i) pending.push_back(node->sub()[i - 1]);
    } else if (node->op() == re2::kRegexpLiteralString) {
      for (int i = 0; i < node->nrunes(); ++i) {
        add(owned(Regexp::NewLiteral(node->runes()[i], node->parse_flags())));
      }
    } else {
      add(owned(node->Incref()));
    }
  }
}

void RegexSequence::add(SyntaxTree item) {
  RegexPart match;
  for (const RegexPart& part : parts_of(item)) match += part;
  items_.push_back({std::move(item), match.longest});
}

std::string RegexSequence::prefix(size_t count) const {
  std::vector<Regexp*> nodes;
  for (size_t i = 0; i < count; ++i) nodes.push_back(items_[i].tree->Incref());
  const SyntaxTree all =
      owned(Regexp::Concat(nodes.data(), static_cast<int>(count), Regexp::NoParseFlags));
  // RE2 writes '.' and '^' as they are read with these flags.
  return "(?sm:" + without_folded_letters(all->ToString()) + ")";
}

std::optional<size_t> RegexSequence::longest_match(size_t count) const {
  size_t bytes = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!items_[i].longest) return std::nullopt;
    bytes += *items_[i].longest;
  }
  return bytes;
}

size_t RegexSequence::first_choice() const {
  const auto choice = std::ranges::find(items_, re2::kRegexpAlternate,
                                        [](const Item& item) { return item.tree->op(); });
  return static_cast<size_t>(choice - items_.begin());
}

std::vector<RegexSequence> RegexSequence::alternatives() const {
  const size_t choice = first_choice();
  std::vector<RegexSequence> result;
  if (choice == items_.size()) return result;
  Regexp& all = *items_[choice].tree;
  for (int i = 0; i < all.nsub(); ++i) {
    RegexSequence& one = result.emplace_back(RegexSequence());
    for (size_t item = 0; item < choice; ++item) one.items_.push_back(items_[item]);
    one.append(owned(all.sub()[i]->Incref()));
    for (size_t item = choice + 1; item < size(); ++item) one.items_.push_back(items_[item]);
  }
  return result;
}

}  // namespace pushguard
