// SPDX-License-Identifier: Apache-2.0
// Build-time tool: rules/*.toml -> static data (built_in_rules.cc).
// usage: pushguard-rulegen OUTPUT TEMPLATES PROVIDERS RULES...
// A mistake in a rule file ends the build with its file, line and column.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "keywords/end_max.h"
#include "keywords/index.h"
#include "rules/context_needed.h"
#include "rules/file_names.h"
#include "rules/generate/text_pool.h"
#include "rules/provider.h"
#include "rules/rule_file.h"
#include "rules/rule_source.h"
#include "templates/environment_file.h"
#include "validators/registry.h"
#include "vocabulary/digest.h"

namespace pushguard {
namespace {

int validator(const Validator* wanted) {
  const auto all = all_validators();
  for (size_t i = 0; i < all.size(); ++i) {
    if (&all[i] == wanted) return static_cast<int>(i);
  }
  return -1;
}

// The programs of all regexes in one array; equal programs are stored once.
class ProgramPool {
 public:
  // The place of the program of `regex` as an initializer: "{at, size, first, second, memos}".
  std::string place(const RawRule& rule, const std::string& regex, int group) {
    if (regex.empty()) return "{}";
    const auto program = compile_program(regex, group, sets_);
    if (!program) {
      throw mistake(rule, "runs with RE2 only: it repeats what may be empty, or it is too large");
    }
    const bool is_run = !is_by_name(rule);
    if (is_run && regex == rule.regex && rule.keywords.empty() &&
        !program->view(sets_).begins_text()) {
      throw mistake(rule, "would run at every byte: the rule has no keywords, and the regex does "
                          "not begin with \\A");
    }
    auto place = std::ranges::search(code_, program->code).begin();
    const auto at = static_cast<size_t>(place - code_.begin());
    if (place == code_.end()) code_.insert(place, program->code.begin(), program->code.end());
    return fmt::format("{{{}, {}, {}, {}, {}}}", at, program->code.size(), program->first,
                       program->second, program->memos);
  }
  const std::vector<Instruction>& code() const { return code_; }
  const std::vector<ByteSet>& sets() const { return sets_.all(); }

 private:
  static Error mistake(const RawRule& rule, std::string_view what) {
    return Error(
        fmt::format("{}:{}: the regex of rule '{}' {}", rule.file, rule.line, rule.id, what));
  }

  std::vector<Instruction> code_;
  SetPool sets_;
};

// Those that a match of `rule` can begin with.
ByteSet first_bytes(const RawRule& rule) {
  SetPool sets;
  const auto program = compile_program(rule.regex, rule.secret_group, sets);
  if (!program || program->first == Instruction::kUnknown) return kAllBytes;
  return sets.all()[program->first];
}

void write_programs(std::FILE* out, const ProgramPool& programs) {
  fmt::print(out, "constexpr Instruction kCode[] = {{\n");
  for (const Instruction& one : programs.code()) {
    fmt::print(out, "  {{Instruction::Op({}), {}, {}, {}, {}, {}, {}, {}, {}, {}}},\n",
               static_cast<int>(one.op), one.byte, one.memo, one.first, one.second, one.set,
               one.ahead, one.ahead_second, one.next, one.next_second);
  }
  fmt::print(out, "}};\n\nconstexpr ByteSet kSets[] = {{\n");
  for (const ByteSet& set : programs.sets()) {
    fmt::print(out, "  {{{{{:#x}, {:#x}, {:#x}, {:#x}}}}},\n", set.words[0], set.words[1],
               set.words[2], set.words[3]);
  }
  fmt::print(out, "}};\n\n");
}

void write_index(std::FILE* out, std::string_view name, const KeywordTables& tables) {
  const KeywordIndex index = tables.index();
  fmt::print(out, "constexpr uint8_t k{}Filter[kGramCount] = {{", name);
  for (size_t i = 0; i < index.filter.size(); ++i) {
    fmt::print(out, "{}{},", i % 32 == 0 ? "\n  " : "", index.filter[i]);
  }
  for (const auto& [table, words] : {std::pair{"Near", index.near}, {"Known", index.known}}) {
    fmt::print(out, "\n}};\n\nconstexpr uint64_t k{}{}[] = {{", name, table);
    for (size_t i = 0; i < words.size(); ++i) {
      fmt::print(out, "{}{:#x},", i % 8 == 0 ? "\n  " : " ", words[i]);
    }
  }
  fmt::print(out, "\n}};\n\nconstexpr uint16_t k{}Places[] = {{", name);
  for (size_t i = 0; i < index.places.size(); ++i) {
    fmt::print(out, "{}{},", i % 16 == 0 ? "\n  " : " ", index.places[i]);
  }
  fmt::print(out, "\n}};\n\nconstexpr KeywordIndex::Anchor k{}Anchors[] = {{\n", name);
  for (const auto& anchor : index.anchors) {
    fmt::print(out, "  {{{}, {}, {}}},\n", anchor.keyword, anchor.offset, anchor.size);
  }
  fmt::print(out, "}};\n\nconstexpr KeywordIndex::Keyword k{}Keywords[] = {{\n", name);
  for (const auto& keyword : index.keywords) {
    fmt::print(out, "  {{{}, {}, {}, {}}},\n", keyword.at, keyword.size, keyword.first_use,
               keyword.use_count);
  }
  fmt::print(out, "}};\n\nconstexpr KeywordIndex::Use k{}Uses[] = {{", name);
  for (const auto& use : index.uses) fmt::print(out, "{{{}, {}}}, ", use.rule, use.end_max);
  fmt::print(out,
             "}};\n\nconstexpr KeywordIndex k{0}{{k{0}Filter, k{0}Near, k{0}Known, k{0}Places, "
             "k{0}Anchors, k{0}Keywords, k{0}Uses, {1}, {2},\n  {3}}};\n\n",
             name, index.longest, index.deepest, literal(index.pool));
}

void write_rules(std::FILE* out, const std::vector<RawRule>& raw) {
  std::deque<std::vector<std::string_view>> storage;
  std::vector<std::span<const std::string_view>> keywords;
  Pool pool;
  fmt::print(out, "constexpr PackedRules::Text kLists[] = {{\n");
  for (const RawRule& rule : raw) {
    keywords.push_back(resolve(rule, storage).keywords);
    for (const auto* list : {&rule.keywords, &rule.paths}) {
      for (const std::string& text : *list) fmt::print(out, "  {},\n", pool.place(text));
    }
  }
  fmt::print(out, "}};\n\nconstexpr PackedRules::Packed kRules[] = {{\n");
  size_t first = 0;
  ProgramPool programs;
  for (const RawRule& rule : raw) {
    const size_t paths = first + rule.keywords.size();
    fmt::print(
        out,
        "  {{{}, {}, {}, {}, {}, {}, {},\n"
        "   {}, {}, {}, {}, {}, {}, {}, {}, {:.3f}f, {}, {}, {}, {}, {}, {}, {{{}, {}, {}}}}},\n",
        pool.place(rule.id), pool.place(rule.provider), pool.place(rule.description),
        pool.place(rule.regex), pool.place(rule.rotate), pool.place(rule.companion),
        pool.place(rule.weaknesses), first, rule.keywords.size(), paths, rule.paths.size(),
        reach_of(rule), context_needed(rule), programs.place(rule, rule.regex, rule.secret_group),
        programs.place(rule, rule.companion, 0), rule.min_entropy, validator(rule.validator),
        rule.secret_group, static_cast<int>(rule.confidence), static_cast<int>(rule.privilege),
        static_cast<int>(rule.lifetime), rule.companion_only, rule.since.major, rule.since.minor,
        rule.since.patch);
    first = paths + rule.paths.size();
  }
  fmt::print(out, "}};\n\n");
  write_programs(out, programs);
  fmt::print(out,
             "constexpr PackedRules kPacked{{\n  {},\n  kLists, kCode, kSets, kRules}};\n\n"
             "constinit Rule rules[std::size(kRules)] = {{}};\n"
             "constinit std::string_view texts[std::size(kLists)] = {{}};\n"
             "constinit std::atomic<bool> ready[std::size(kRules)] = {{}};\n"
             "constinit RuleUnpacker unpacker(kPacked, rules, texts, ready);\n\n",
             literal(pool.text()));

  // Rules about certain files have their own keyword index (file_names.h).
  std::vector<std::span<const std::string_view>> everywhere(raw.size()), in_files(raw.size());
  std::vector<std::vector<uint32_t>> end_maxes(raw.size());
  std::string unfiltered, unfiltered_in_files;
  ByteSet begin;
  for (size_t i = 0; i < raw.size(); ++i) {
    (raw[i].paths.empty() ? everywhere : in_files)[i] = keywords[i];
    end_maxes[i] = end_maxes_of(raw[i].regex, raw[i].keywords, raw[i].facts.longest_match);
    if (!raw[i].keywords.empty() || is_by_name(raw[i])) continue;
    (raw[i].paths.empty() ? unfiltered : unfiltered_in_files) += fmt::format("{}, ", i);
    if (raw[i].paths.empty()) begin |= first_bytes(raw[i]);
  }
  fmt::print(out,
             "constexpr uint16_t kUnfiltered[] = {{{}}};\n"
             "constexpr uint16_t kUnfilteredInFiles[] = {{{}}};\n"
             "constexpr ByteSet kUnfilteredBegin{{{{{:#x}, {:#x}, {:#x}, {:#x}}}}};\n\n",
             unfiltered, unfiltered_in_files, begin.words[0], begin.words[1], begin.words[2],
             begin.words[3]);
  write_index(out, "Everywhere", KeywordTables(everywhere, end_maxes));
  write_index(out, "InFiles", KeywordTables(in_files, end_maxes));

  std::deque<std::vector<std::string>> marks;
  std::vector<std::span<const std::string_view>> marks_of_rules;
  for (size_t i = 0; i < raw.size(); ++i) {
    const auto& globs = storage.emplace_back(raw[i].paths.begin(), raw[i].paths.end());
    const auto& own = marks.emplace_back(name_keywords(globs));
    marks_of_rules.push_back(storage.emplace_back(own.begin(), own.end()));
  }
  marks_of_rules.push_back(kEnvironmentMarks);
  write_index(out, "Names", KeywordTables(marks_of_rules));
  fmt::print(out, "constexpr NamedKey kNamed[] = {{\n");
  for (const NamedKey& key : named_keys_of(raw)) {
    fmt::print(out, "  {{{}, {}, {}}},\n", literal(key.name), key.rule, key.is_word);
  }
  fmt::print(out, "}};\n\nconstexpr RuleList kAll(unpacker);\n"
                  "const RuleSet kEverywhereSet{{kAll, kEverywhere, kUnfiltered, kUnfilteredBegin, "
                  "kNamed}};\n"
                  "const RuleSet kInFilesSet{{kAll, kInFiles, kUnfilteredInFiles}};\n"
                  "const FileNameRules kFileNames{{kNames, kAll}};\n\n");
}

void write_templates(std::FILE* out, const TomlFile& file) {
  constexpr std::string_view kKeys[] = {"words", "published"};
  constexpr std::string_view kPublishedKeys[] = {"what", "sha256"};
  file.expect_keys(file.root(), kKeys);
  fmt::print(out, "constexpr std::string_view kWords[] = {{\n");
  std::vector<std::string> words = file.strings(file.root(), "words");
  std::ranges::sort(words);
  for (const std::string& word : words) {
    fmt::print(out, "  {},\n", literal(word));
  }
  fmt::print(out, "}};\n\nconstexpr PublishedValue kPublished[] = {{\n");
  for (const toml::table* published : file.tables(file.root(), "published")) {
    file.expect_keys(*published, kPublishedKeys);
    const std::string hash = file.required(*published, "sha256");
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != hash.npos) {
      throw file.error_at(*published->get("sha256"), "not 64 lower-case hex digits");
    }
    fmt::print(out, "  {{{}, {}}},\n", literal(hash), literal(file.required(*published, "what")));
  }
  fmt::print(out, "}};\n\n");
}

void write_providers(std::FILE* out, const TomlFile& file, std::span<const RawRule> rules) {
  std::vector<std::string_view> names;
  for (const RawRule& rule : rules) names.push_back(rule.provider);
  std::map<std::string, RawProvider> by_name;
  for (const RawProvider& row : read_providers(file, names)) {
    for (const std::string& name : row.names) by_name[name] = row;
  }
  Pool pool;
  fmt::print(out, "constexpr ProviderTable::Row kProviderRows[] = {{\n");
  for (const auto& [name, row] : by_name) {
    fmt::print(out, "  {{{}, {}, {}, {}, {}}},\n", pool.place(name), pool.place(row.instead),
               pool.place(row.revoke), pool.place(row.affects), pool.place(row.misuse));
  }
  fmt::print(out, "}};\n\nconstexpr ProviderTable kProviders{{\n  {}, kProviderRows}};\n\n",
             literal(pool.text()));
}

void generate(const char* output, const char* templates, const char* providers,
              std::vector<std::string> files) {
  std::ranges::sort(files);
  std::vector<RawRule> rules;
  std::vector<TomlFile> sources;
  for (const std::string& path : files) {
    sources.emplace_back("rules/" + std::filesystem::path(path).filename().native(),
                         read_file(path));
    for (RawRule& rule : read_rules(sources.back())) rules.push_back(std::move(rule));
  }
  expect_unique_ids(rules);
  const TomlFile template_file("rules/templates.toml", read_file(templates));
  const TomlFile provider_file("rules/providers.toml", read_file(providers));

  const std::string aside = std::string(output) + ".new";
  std::FILE* out = std::fopen(aside.c_str(), "w");
  if (!out) throw Error(fmt::format("cannot write '{}'", aside));
  fmt::print(out, "// Made by pushguard-rulegen from rules/*.toml.\n#include <array>\n\n"
                  "#include \"rules/built_in.h\"\n#include \"keywords/filter.h\"\n#include "
                  "\"validators/registry.h\"\n\n"
                  "namespace pushguard {{\nnamespace {{\n\nusing namespace std::literals;\n\n");
  write_rules(out, rules);
  write_templates(out, template_file);
  write_providers(out, provider_file, rules);
  std::set<Release> releases;
  for (const RawRule& rule : rules) {
    if (rule.since != Release()) releases.insert(rule.since);
  }
  fmt::print(out, "constexpr std::array<Release, {}> kReleases{{{{", releases.size());
  for (const Release& one : releases)
    fmt::print(out, "{{{}, {}, {}}},", one.major, one.minor, one.patch);
  fmt::print(out, "}}}};\n\nconstexpr PackedSources::File kFiles[] = {{\n");
  Digest digest;
  std::string texts;
  for (const TomlFile& source : sources) {
    fmt::print(out, "  {{{}, {}}},\n", literal(source.name()), source.text().size());
    digest.add(source.text());
    texts += source.text();
  }
  digest.add(template_file.text());
  digest.add(provider_file.text());
  fmt::print(out,
             "}};\n\nconstexpr PackedSources kSources{{{}, kFiles}};\n\n}}  // namespace\n\n"
             "const RuleSet& built_in_rules() {{ return kEverywhereSet; }}\n"
             "const RuleSet& built_in_file_rules() {{ return kInFilesSet; }}\n"
             "const FileNameRules& built_in_file_names() {{ return kFileNames; }}\n"
             "std::span<const RuleSource> built_in_sources() {{\n"
             "  static std::string texts;\n"
             "  static const std::vector<RuleSource> sources = kSources.unpack(texts);\n"
             "  return sources;\n}}\n"
             "const Templates& built_in_templates() {{\n"
             "  static const Templates templates(SortedWords(kWords), kPublished);\n  return "
             "templates;\n}}\n"
             "const ProviderTable& built_in_providers() {{ return kProviders; }}\n"
             "std::string_view built_in_digest() {{ return {}; }}\n"
             "std::span<const Release> built_in_releases() {{ return kReleases; }}\n\n"
             "}}  // namespace pushguard\n",
             literal(compressed_texts(texts)), literal(digest.hex()));
  if (std::fclose(out) != 0) throw Error(fmt::format("cannot write '{}'", aside));
  std::filesystem::rename(aside, output);
}

}  // namespace
}  // namespace pushguard

int main(int argc, char** argv) {
  try {
    if (argc < 5)
      throw pushguard::Error("usage: pushguard-rulegen OUTPUT TEMPLATES PROVIDERS RULES...");
    pushguard::generate(argv[1], argv[2], argv[3], {argv + 4, argv + argc});
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
