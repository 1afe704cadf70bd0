// SPDX-License-Identifier: Apache-2.0
#include "regex/syntax_tree.h"

#include <fmt/format.h>
#include <re2/regexp.h>
#include <re2/walker-inl.h>

#include <algorithm>
#include <span>

#include "regex/regex.h"
#include "vocabulary/error.h"

namespace pushguard {
namespace {

using re2::Regexp;
using Parts = std::vector<RegexPart>;
using Length = std::optional<size_t>;

// As RE2 compiles a literal: it folds the case of ASCII, and what has another case
// beyond ASCII was parsed into a class.
RegexPart one_character(re2::Rune rune, bool folds_case) {
  RegexPart part{1, 1, {}};
  const auto byte = static_cast<uint8_t>(rune);
  part.bytes.insert(byte);
  const uint8_t letter = byte | 0x20;
  if (folds_case && letter >= 'a' && letter <= 'z') part.bytes.insert(byte ^ 0x20);
  return part;
}

RegexPart one_of(re2::CharClass& characters) {
  RegexPart part{1, 1, {}};
  for (const re2::RuneRange& range : characters) {
    for (re2::Rune rune = range.lo; rune <= std::min(range.hi, 0xff); ++rune) {
      part.bytes.insert(static_cast<uint8_t>(rune));
    }
  }
  return part;
}

RegexPart sum(const Parts& parts) {
  RegexPart all;
  for (const RegexPart& part : parts) all += part;
  return all;
}

// `once` at least `least` times and at most `most` times, if there is a most.
RegexPart repeated(RegexPart once, int least, Length most) {
  once.shortest *= static_cast<size_t>(least);
  if (once.longest != 0) once.longest = once.longest && most ? *once.longest * *most : Length();
  return once;
}

class PartsWalker : public Regexp::Walker<Parts> {
 public:
  // What a tree too large for the walker's budget matches is not known.
  Parts ShortVisit(Regexp*, Parts) override { return {{std::nullopt, 0, kAllBytes}}; }

  Parts PostVisit(Regexp* node, Parts, Parts, Parts* children, int count) override {
    const bool folds_case = (node->parse_flags() & Regexp::FoldCase) != 0;
    switch (node->op()) {
      case re2::kRegexpLiteral: return {one_character(node->rune(), folds_case)};
      case re2::kRegexpLiteralString: {
        Parts parts;
        for (int i = 0; i < node->nrunes(); ++i) {
          parts.push_back(one_character(node->runes()[i], folds_case));
        }
        return parts;
      }
      case re2::kRegexpCharClass: return {one_of(*node->cc())};
      case re2::kRegexpAnyChar:
      case re2::kRegexpAnyByte: return {{1, 1, kAllBytes}};
      case re2::kRegexpCapture: return std::move(children[0]);
      case re2::kRegexpConcat: {
        Parts parts = std::move(children[0]);
        for (int i = 1; i < count; ++i) {
          parts.insert(parts.end(), children[i].begin(), children[i].end());
        }
        return parts;
      }
      case re2::kRegexpAlternate: {
        RegexPart any = sum(children[0]);
        for (int i = 1; i < count; ++i) {
          const RegexPart other = sum(children[i]);
          const bool has_bound = any.longest && other.longest;
          any.longest = has_bound ? std::max(any.longest, other.longest) : Length();
          any.shortest = std::min(any.shortest, other.shortest);
          any.bytes |= other.bytes;
        }
        return {any};
      }
      case re2::kRegexpStar: return {repeated(sum(children[0]), 0, {})};
      case re2::kRegexpPlus: return {repeated(sum(children[0]), 1, {})};
      case re2::kRegexpQuest: return {repeated(sum(children[0]), 0, 1)};
      case re2::kRegexpRepeat: {
        const Length most = node->max() < 0 ? Length() : Length(node->max());
        return {repeated(sum(children[0]), node->min(), most)};
      }
      default: return {};  // assertions, and what matches nothing
    }
  }
};

// Whether a match of the node is at the beginning of the text, and whether it may have bytes.
struct Beginning {
  bool is_sure = false, has_bytes = true;
};

class BeginningWalker : public Regexp::Walker<Beginning> {
 public:
  Beginning ShortVisit(Regexp*, Beginning) override { return {}; }

  Beginning PostVisit(Regexp* node, Beginning, Beginning, Beginning* children, int count) override {
    const std::span<const Beginning> inside(children, static_cast<size_t>(count));
    const auto is_sure = [](const Beginning& one) { return one.is_sure; };
    const bool has_bytes = std::ranges::any_of(inside, &Beginning::has_bytes);
    switch (node->op()) {
      case re2::kRegexpBeginText: return {true, false};
      case re2::kRegexpEmptyMatch:
      case re2::kRegexpBeginLine:
      case re2::kRegexpEndLine:
      case re2::kRegexpEndText:
      case re2::kRegexpWordBoundary:
      case re2::kRegexpNoWordBoundary: return {false, false};
      case re2::kRegexpConcat: {
        const auto first = std::ranges::find_if(
            inside, [](const Beginning& one) { return one.is_sure || one.has_bytes; });
        return {first != inside.end() && first->is_sure, has_bytes};
      }
      case re2::kRegexpAlternate: return {std::ranges::all_of(inside, is_sure), has_bytes};
      case re2::kRegexpCapture:
      case re2::kRegexpPlus: return inside.front();
      case re2::kRegexpRepeat: return {node->min() > 0 && inside.front().is_sure, has_bytes};
      case re2::kRegexpStar:
      case re2::kRegexpQuest: return {false, has_bytes};
      default: return {};  // what has bytes
    }
  }
};

}  // namespace

RegexPart& RegexPart::operator+=(const RegexPart& next) {
  longest = longest && next.longest ? Length(*longest + *next.longest) : Length();
  shortest += next.shortest;
  bytes |= next.bytes;
  return *this;
}

SyntaxTree owned(Regexp* node) {
  return {node, [](Regexp* done) { done->Decref(); }};
}

SyntaxTree parse_regex(std::string_view regex) {
  re2::RegexpStatus status;
  const auto flags = static_cast<Regexp::ParseFlags>(regex_options().ParseFlags());
  Regexp* tree = Regexp::Parse({regex.data(), regex.size()}, flags, &status);
  if (!tree) throw Error(fmt::format("RE2 refuses a regex: {}", status.Text()));
  return owned(tree);
}

std::vector<RegexPart> parts_of(const SyntaxTree& tree) {
  PartsWalker walker;
  return walker.Walk(tree.get(), {});
}

bool begins_text(const SyntaxTree& tree) {
  BeginningWalker walker;
  return walker.Walk(tree.get(), {}).is_sure;
}

}  // namespace pushguard
