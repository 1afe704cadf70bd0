#include "detect/named_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "detect/environment_file.h"
#include "detect/path_glob.h"
#include "error.h"

namespace pushguard {
namespace {

// Longer names are looked at by their ends.
constexpr size_t kLongestName = 300;

// Where the name of the entry that has the byte at `position` starts, or before:
// an id behind the name may hold anything, also what ends a name.
size_t name_before(std::string_view content, size_t position, size_t hash_size) {
  const size_t id = position - std::min(position, hash_size);
  const size_t end = std::min(content.find('\0', id), position);
  const size_t most = end - std::min(end, kLongestName);
  const size_t before = content.substr(most, end - most).rfind('\0');
  return before == content.npos ? most : most + before + 1;
}

// Whether the mark could stand in such a name: the tree is read from its start,
// which alone tells names from ids, only where one could.
bool may_be_named(std::string_view content, const KeywordHit& mark, const FileNames& names) {
  const size_t end = std::min(content.find('\0', mark.position), content.size());
  const size_t most = mark.position - std::min(mark.position, kLongestName);
  for (size_t begin = mark.position; begin-- > most && content[begin] != '\0';) {
    if (content[begin] != ' ') continue;
    if (names.contains(content.substr(begin + 1, end - begin - 1), mark.keyword)) return true;
  }
  return false;
}

// The longest run of plain characters in the last part of a glob.
std::string_view longest_literal(std::string_view glob) {
  std::string_view name = glob.substr(glob.rfind('/') + 1), longest;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find_first_of("*?["));
    if (part.size() > longest.size()) longest = part;
    const size_t end = name.find_first_of("*?[");
    if (end == name.npos) break;
    const size_t next = name[end] == '[' ? name.find(']', end) : end;
    name.remove_prefix(std::min(next, name.size() - 1) + 1);
  }
  return longest;
}

}  // namespace

std::vector<std::string> name_marks(std::span<const std::string_view> globs) {
  std::vector<std::string> marks;
  for (const std::string_view glob : globs) {
    std::string mark(longest_literal(glob));
    if (mark.size() < KeywordIndex::kShortest) {
      throw Error(fmt::format("the glob '{}' has no part of three letters by which a file's name "
                              "is known", glob));
    }
    for (char& c : mark) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    marks.push_back(std::move(mark));
  }
  std::ranges::sort(marks);
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  return marks;
}

KeywordTables keywords_in_files(const RuleList& rules) {
  std::vector<std::span<const std::string_view>> keywords;
  for (const Rule& rule : rules) {
    keywords.push_back(rule.paths.empty() ? std::span<const std::string_view>() : rule.keywords);
  }
  return KeywordTables(keywords);
}

std::vector<uint16_t> unfiltered_in_files(const RuleList& rules) {
  std::vector<uint16_t> numbers;
  uint16_t number = 0;
  for (const Rule& rule : rules) {
    if (!rule.paths.empty() && rule.keywords.empty()) numbers.push_back(number);
    ++number;
  }
  return numbers;
}

bool FileNames::contains(std::string_view name, uint32_t mark) const {
  return std::ranges::any_of(marks.uses_of(mark), [&](const KeywordIndex::Use& use) {
    if (use.rule == rules.size()) return is_environment_file(name);
    return std::ranges::any_of(rules[use.rule].paths, [&](std::string_view glob) {
      return matches_path_glob(glob.substr(glob.rfind('/') + 1), name);
    });
  });
}

bool FileNames::contains(std::string_view name) const {
  std::vector<KeywordHit> hits;
  marks.find(name, {0, name.size()}, hits);
  return std::ranges::any_of(hits, [&](const KeywordHit& hit) { return contains(name, hit.keyword); });
}

void add_named_files(const Object& tree, const FileNames& names,
                     std::unordered_set<Oid, OidHash>& files) {
  const std::string_view content = tree.content;
  const size_t hash_size = tree.id.size;
  const std::vector<Range> fresh = fresh_ranges(tree);
  std::vector<KeywordHit> hits;
  size_t searched = 0;
  for (const Range& range : fresh) {
    const size_t begin = std::max(searched, name_before(content, range.begin, hash_size));
    names.marks.find(content, {begin, range.end}, hits);
    searched = range.end;
  }
  std::erase_if(hits, [&](const KeywordHit& hit) { return !may_be_named(content, hit, names); });
  if (hits.empty()) return;
  auto hit = hits.begin();
  auto next = fresh.begin();
  for (size_t begin = 0; begin < content.size();) {
    const size_t null = content.find('\0', begin);
    if (null == content.npos || content.size() - null <= hash_size) return;
    const size_t end = null + 1 + hash_size;
    while (hit != hits.end() && hit->position < begin) ++hit;
    if (hit == hits.end()) return;
    while (next != fresh.end() && next->end <= begin) ++next;
    if (next == fresh.end()) return;
    const bool is_file = content[begin] == '1' && content.substr(begin, 3) != "160";
    const size_t name = content.find(' ', begin) + 1;
    if (is_file && hit->position < null && next->begin < end && name > 0 && name < null &&
        names.contains(content.substr(name, null - name))) {
      const auto* id = reinterpret_cast<const uint8_t*>(content.data()) + null + 1;
      files.insert(Oid::from_raw({id, hash_size}));
    }
    begin = end;
  }
}

}  // namespace pushguard
