// Build-time tool: rules/*.toml -> static data (built_in_rules.cc).
// usage: pushguard-rulegen OUTPUT TEMPLATES RULES...
// A mistake in a rule file ends the build with its file, line and column.
#include <fmt/format.h>

#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>

#include "detect/digest.h"
#include "detect/keyword_index.h"
#include "detect/named_files.h"
#include "detect/rule_file.h"
#include "detect/validator.h"

namespace pushguard {
namespace {

// A C++ literal: octal escapes have a fixed width, unlike hexadecimal ones.
std::string literal(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '?' || c < ' ' || c > '~') {
      quoted += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"sv";
}

std::string validator(const Validator* wanted) {
  const auto all = all_validators();
  for (size_t i = 0; i < all.size(); ++i) {
    if (&all[i] == wanted) return fmt::format("&kValidators[{}]", i);
  }
  return "nullptr";
}

void write_index(std::FILE* out, std::string_view name, const KeywordTables& tables) {
  const KeywordIndex index = tables.index();
  fmt::print(out, "constexpr uint8_t k{}Filter[kGramCount] = {{", name);
  for (size_t i = 0; i < index.filter.size(); ++i) {
    fmt::print(out, "{}{},", i % 32 == 0 ? "\n  " : "", index.filter[i]);
  }
  fmt::print(out, "\n}};\n\nconstexpr KeywordIndex::Bucket k{}Buckets[] = {{\n", name);
  for (const auto& bucket : index.buckets) {
    fmt::print(out, "  {{{}, {}, {}}},\n", bucket.gram, bucket.first, bucket.count);
  }
  fmt::print(out, "}};\n\nconstexpr KeywordIndex::Anchor k{}Anchors[] = {{\n", name);
  for (const auto& anchor : index.anchors) {
    fmt::print(out, "  {{{}, {}}},\n", anchor.keyword, anchor.offset);
  }
  fmt::print(out, "}};\n\nconstexpr KeywordIndex::Keyword k{}Keywords[] = {{\n", name);
  for (const auto& keyword : index.keywords) {
    fmt::print(out, "  {{{}, {}, {}}},\n", literal(keyword.text), keyword.first_rule,
               keyword.rule_count);
  }
  fmt::print(out, "}};\n\nconstexpr uint16_t k{}Rules[] = {{", name);
  for (const uint16_t number : index.rules) fmt::print(out, "{}, ", number);
  fmt::print(out,
             "}};\n\nconstexpr KeywordIndex k{0}{{k{0}Filter, k{0}Buckets, k{0}Anchors, "
             "k{0}Keywords, k{0}Rules, {1}}};\n\n",
             name, index.longest);
}

void write_rules(std::FILE* out, const std::vector<RawRule>& raw) {
  std::deque<std::vector<std::string_view>> storage;
  std::vector<std::span<const std::string_view>> keywords;
  fmt::print(out, "constexpr std::string_view kLists[] = {{\n");
  for (const RawRule& rule : raw) {
    keywords.push_back(resolve(rule, storage).keywords);
    for (const auto* list : {&rule.keywords, &rule.paths}) {
      for (const std::string& text : *list) fmt::print(out, "  {},\n", literal(text));
    }
  }
  fmt::print(out, "}};\n\nconst Rule kRules[] = {{\n");
  size_t first = 0;
  for (const RawRule& rule : raw) {
    const size_t paths = first + rule.keywords.size();
    fmt::print(out,
               "  {{{}, {}, {},\n   {}, {{kLists + {}, {}}}, {}, {}, {}f, {}, Confidence({}), "
               "Privilege({}), Lifetime({}), {}, {}, {{kLists + {}, {}}}, {}}},\n",
               literal(rule.id), literal(rule.provider), literal(rule.description),
               literal(rule.regex), first, rule.keywords.size(), rule.reach, rule.secret_group,
               fmt::format("{:.3f}", rule.min_entropy), validator(rule.validator),
               static_cast<int>(rule.confidence), static_cast<int>(rule.privilege),
               static_cast<int>(rule.lifetime), literal(rule.rotate), literal(rule.companion),
               paths, rule.paths.size(), literal(rule.weaknesses));
    first = paths + rule.paths.size();
  }
  fmt::print(out, "}};\n\n");

  // Rules about certain files are asked only of those (named_files.h).
  std::vector<std::span<const std::string_view>> everywhere = keywords, in_files = keywords;
  for (size_t i = 0; i < raw.size(); ++i) (raw[i].paths.empty() ? in_files : everywhere)[i] = {};
  write_index(out, "Everywhere", KeywordTables(everywhere));
  write_index(out, "InFiles", KeywordTables(in_files));

  std::vector<std::string_view> globs;
  for (const RawRule& rule : raw) globs.insert(globs.end(), rule.paths.begin(), rule.paths.end());
  const std::vector<std::string> marks = name_marks(globs);
  const std::vector<std::string_view> views(marks.begin(), marks.end());
  const std::span<const std::string_view> all(views);
  write_index(out, "Names", KeywordTables({&all, 1}));
  fmt::print(out,
             "const RuleSet kEverywhereSet{{kRules, kEverywhere}};\n"
             "const RuleSet kInFilesSet{{kRules, kInFiles}};\n"
             "const FileNames kFileNames{{kNames, kRules}};\n\n");
}

void write_templates(std::FILE* out, const TomlFile& file) {
  constexpr std::string_view kKeys[] = {"words", "published"};
  constexpr std::string_view kPublishedKeys[] = {"what", "sha256"};
  file.expect_keys(file.root(), kKeys);
  fmt::print(out, "constexpr std::string_view kWords[] = {{\n");
  for (const std::string& word : file.strings(file.root(), "words")) {
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

void generate(const char* output, const char* templates, std::vector<std::string> files) {
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

  const std::string aside = std::string(output) + ".new";
  std::FILE* out = std::fopen(aside.c_str(), "w");
  if (!out) throw Error(fmt::format("cannot write '{}'", aside));
  fmt::print(out, "// Made by pushguard-rulegen from rules/*.toml.\n"
                  "#include \"detect/built_in.h\"\n#include \"detect/keyword_filter.h\"\n#include \"detect/validator.h\"\n\n"
                  "namespace pushguard {{\nnamespace {{\n\nusing namespace std::literals;\n\n");
  write_rules(out, rules);
  write_templates(out, template_file);
  fmt::print(out, "constexpr RuleSource kSources[] = {{\n");
  Digest digest;
  for (const TomlFile& source : sources) {
    fmt::print(out, "  {{{}, {}}},\n", literal(source.name()), literal(source.text()));
    digest.add(source.text());
  }
  digest.add(template_file.text());
  fmt::print(out,
             "}};\n\n}}  // namespace\n\n"
             "const RuleSet& built_in_rules() {{ return kEverywhereSet; }}\n"
             "const RuleSet& built_in_file_rules() {{ return kInFilesSet; }}\n"
             "const FileNames& built_in_file_names() {{ return kFileNames; }}\n"
             "std::span<const RuleSource> built_in_sources() {{ return kSources; }}\n"
             "const Templates& built_in_templates() {{\n"
             "  static const Templates templates(kWords, kPublished);\n  return templates;\n}}\n"
             "std::string_view built_in_digest() {{ return {}; }}\n\n}}  // namespace pushguard\n",
             literal(digest.hex()));
  if (std::fclose(out) != 0) throw Error(fmt::format("cannot write '{}'", aside));
  std::filesystem::rename(aside, output);
}

}  // namespace
}  // namespace pushguard

int main(int argc, char** argv) {
  try {
    if (argc < 4) throw pushguard::Error("usage: pushguard-rulegen OUTPUT TEMPLATES RULES...");
    pushguard::generate(argv[1], argv[2], {argv + 3, argv + argc});
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
