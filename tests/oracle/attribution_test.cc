// SPDX-License-Identifier: Apache-2.0
// The places of findings in random histories. Skipping commits by the contents of their trees
// must give the same result as comparing every commit with its parents.
#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <random>

#include "support/small_push.h"

namespace pushguard::test {
namespace {

// Branches that write, copy, move and delete files and directories, and merge each other. There
// are few names and few contents, so that the same ones come back.
class RandomHistory {
 public:
  explicit RandomHistory(unsigned seed) : random_(seed) {}

  static constexpr size_t kBranches = 3;

  std::string stream() {
    // The directory is large, so that git stores its versions as deltas.
    stream_ += "commit refs/heads/b0\nmark :1\ncommitter A <a@b> 1000 +0000\n";
    data("Start");
    stream_ += "from refs/heads/main\n";
    for (size_t i = 0; i < 260; ++i) {
      stream_ += fmt::format("M 100644 inline d0/{}\n", filler(i));
      data("no secret");
    }
    tips_[0] = 1;
    for (size_t mark = 2; mark <= 40; ++mark) {
      const size_t branch = below(kBranches);
      stream_ += fmt::format("commit refs/heads/b{}\nmark :{}\ncommitter A <a@b> {} +0000\n",
                             branch, mark, 1000 + mark);
      data(below(10) == 0 ? SmallPush::secret(word()) : "c");
      stream_ +=
          tips_[branch] ? fmt::format("from :{}\n", tips_[branch]) : "from refs/heads/main\n";
      const size_t other = below(kBranches);
      if (below(4) == 0 && other != branch && tips_[other]) {
        stream_ += fmt::format("merge :{}\n", tips_[other]);
      }
      for (size_t edits = below(4); edits-- > 0;) edit();
      stream_ += "\n";
      tips_[branch] = mark;
    }
    return std::move(stream_);
  }

 private:
  size_t below(size_t limit) { return random_() % limit; }
  std::string word() {
    constexpr const char* kWords[] = {"window", "garden", "carpet", "bottle"};
    return kWords[below(4)];
  }

  // Names that sort before and after all others.
  static std::string filler(size_t number) {
    return fmt::format("{}{}", static_cast<char>('a' + number % 26), number);
  }

  std::string directory() {
    std::string path;
    for (size_t depth = below(4); depth-- > 0;) path += fmt::format("d{}/", below(3));
    return path;
  }
  // Some names contain a secret, which is a finding in the tree.
  std::string file() {
    return directory() + (below(12) == 0  ? SmallPush::secret(word())
                          : below(3) == 0 ? filler(below(300))
                                          : fmt::format("f{}", below(4)));
  }

  void data(const std::string& text) { stream_ += fmt::format("data {}\n{}\n", text.size(), text); }

  void edit() {
    switch (below(8)) {
      case 0: stream_ += fmt::format("D {}\n", file()); break;
      case 1: stream_ += fmt::format("D d{}\n", below(3)); break;
      case 2:
        // fast-import fails when the source is missing, so it is made first.
        write("d1/f1");
        stream_ += fmt::format("C d1 d{}/d{}\n", below(3), below(3));
        break;
      case 3:
        write("d2/f2");
        stream_ += fmt::format("R d2 d{}\n", below(2));
        break;
      default: write(file());
    }
  }

  void write(const std::string& path) {
    std::string text(40 * below(6), 'x');
    if (below(2) == 0) text += " " + SmallPush::secret(word()) + "\n";
    stream_ += fmt::format("M 100644 inline {}\n", path);
    data(text);
  }

  std::mt19937 random_;
  std::string stream_;
  size_t tips_[kBranches] = {};
};

std::vector<std::string> told(const SmallPush::Answer& attribution) {
  std::vector<std::string> lines;
  for (const Exposure& exposure : attribution.exposures) {
    for (const Place& place : exposure.places) {
      lines.push_back(fmt::format("{} {} {} {} {} {} {} {} {} {} {}", exposure.rule->id,
                                  to_string(exposure.origin), to_string(place.origin),
                                  to_string(place.kind), place.object.hex(), place.commit.hex(),
                                  place.path, place.line, place.author, place.ref, place.at_tip));
    }
  }
  return lines;
}

}  // namespace

TEST_CASE("skipping commits by the contents of their trees loses no place") {
  const std::string format = GENERATE("sha1", "sha256");
  size_t places = 0;
  for (unsigned seed = 0; seed < 25; ++seed) {
    INFO("seed " << seed);
    SmallPush push(format);
    push.write("d0/f0", SmallPush::secret("stored") + "\n");
    push.write("d1/d2/f3", "nothing\n");
    push.commit("More");
    push.begin();
    push.run("fast-import --quiet --force", RandomHistory(seed).stream());
    if (seed % 2 == 0) push.run("repack -adflq --depth=20 --window=50");
    for (size_t branch = 0; branch < RandomHistory::kBranches - seed % 2; ++branch) {
      const std::string ref = fmt::format("refs/heads/b{}", branch);
      if (!push.run("for-each-ref " + ref).empty()) push.push(ref, ref);
    }
    const auto lines = told(push.attribute());
    CHECK(lines == told(push.attribute_by_comparing_all()));
    places += lines.size();
  }
  CHECK(places > 1000);
}

}  // namespace pushguard::test
