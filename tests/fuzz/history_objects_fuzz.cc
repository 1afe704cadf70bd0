// Commits, tags and trees, as whoever pushes them writes them.
#include "fuzz/fuzz.h"
#include "history/commit.h"

namespace pushguard::fuzz {

std::vector<std::string> seeds() {
  const std::string id(40, 'a'), long_id(64, 'b');
  std::string tree = "100644 file" + std::string(1, '\0') + std::string(20, '\1');
  tree += "40000 dir" + std::string(1, '\0') + std::string(20, '\2');
  return {"tree " + id + "\nparent " + id + "\nauthor Ann <ann@example.com> 1 +0000\n"
          "committer Ann <ann@example.com> 1 +0000\n\nSubject\n\nBody\n",
          "tree " + long_id + "\ngpgsig x\n y\n\n",
          "object " + id + "\ntype commit\ntag v1\n\nText\n",
          tree, tree + "160000 sub" + std::string(1, '\0') + std::string(20, '\3')};
}

void run(std::string_view input) {
  if (const auto commit = parse_commit(input)) {
    expect(commit->tree.size != 0, "a commit has a tree");
    expect(commit->subject.find('\n') == std::string::npos, "a subject is one line");
    expect(commit->author.find('\n') == std::string::npos, "an author is one line");
  }
  parse_tag_target(input);
  for (const size_t hash_size : {20, 32}) {
    size_t bytes = 0;
    for (const TreeEntry& entry : parse_tree(input, hash_size)) {
      expect(entry.id.size == hash_size, "an entry's id has the repository's size");
      expect(!(entry.is_tree && entry.is_gitlink), "an entry is of one kind");
      bytes += entry.name.size() + hash_size + 2;
    }
    expect(bytes <= input.size(), "entries are no larger than their tree");
  }
}

}  // namespace pushguard::fuzz
