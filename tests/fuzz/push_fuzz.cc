// SPDX-License-Identifier: Apache-2.0
// Whole pushes, from the objects to the verdict, through the entry that git's call takes.
//
// An input is a byte of flags and then steps, each of which adds an object, a delta, a lie or a
// ref. The objects are left in a pack or loose, and may have a token in one of them. Whatever the
// pack is, no push is accepted with the token, or with an object that nobody looked at.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "examples/rule_example.h"
#include "fuzz/fuzz.h"
#include "pre_receive/pre_receive.h"
#include "support/encode.h"
#include "support/pack_writer.h"
#include "vocabulary/descriptor.h"

extern "C" [[gnu::weak]] void __sanitizer_set_report_fd(void*);

namespace pushguard::fuzz {
namespace {

namespace fs = std::filesystem;
using test::PackWriter;

enum Flag : uint8_t { kLoose = 1, kMany = 0x62, kPlanted = 4, kLies = 8, kNoRefs = 16 };
enum Step : uint8_t { kBlob, kTree, kCommit, kTag, kDelta, kIdDelta, kRaw, kPacked, kRef, kSteps };

constexpr unsigned kTypes[] = {1, 2, 3, 4};  // of commit, tree, blob, tag in a pack
constexpr size_t kMostObjects = 40;
constexpr size_t kManyObjects = 4100;  // for which two threads walk a pack; takes long

const std::string& token() {
  static const std::string text = [] {
    for (const RawRule& rule : raw_rules()) {
      if (rule.id == "github-pat-classic") return make_example(rule, 0).secret;
    }
    return std::string();
  }();
  expect(!text.empty(), "there is a token to plant");
  return text;
}

// The server's repository, for this process.
const fs::path& server() {
  static const fs::path path = [] {
    test::git(scratch(), "init -q -b main server");
    test::write_file(scratch() / "server/README", "text\n");
    test::git(scratch() / "server", "add README");
    test::git(scratch() / "server", "commit -q -m First");
    for (const char* threads : {"1", "2"}) {
      test::write_file(scratch() / threads, std::string("[limits]\nseconds = 20\nmemory_mib = 16\n"
                                                        "object_mib = 4\nthreads = ") +
                                                threads + "\n");
    }
    return scratch() / "server/.git";
  }();
  return path;
}

std::string hex_of(size_t entry) { return Oid::from_raw(PackWriter::id_of(entry)).hex(); }

std::string raw_of(size_t entry) {
  const auto id = PackWriter::id_of(entry);
  return {id.begin(), id.end()};
}

// What one input makes.
class Made {
 public:
  explicit Made(std::string_view input) : taker_(input), flags_(taker_.byte()) {
    while (!taker_.empty() && objects_.size() < kMostObjects) step();
    if (has(kPlanted)) blob(planted_text());
    if (objects_.empty()) blob("");
    if (has(kMany)) {
      while (objects_.size() < kManyObjects) blob(std::to_string(objects_.size()));
    }
    if (updates_.empty() && !has(kNoRefs)) ref(objects_.size() - 1, "refs/heads/x");
    if (updates_.empty()) updates_ = "refs/heads/none";
  }

  bool has(Flag flag) const { return (flags_ & flag) == flag; }
  size_t objects() const { return objects_.size(); }
  // Standard input of the hook.
  std::string updates() const {
    if (updates_ != "refs/heads/none") return updates_;
    const std::string head = test::git(server(), "rev-parse main").substr(0, 40);
    return std::string(40, '0') + " " + head + " " + updates_ + "\n";
  }

  void write(const fs::path& directory) const {
    if (!has(kLoose)) return pack_.write(directory / "pack");
    constexpr const char* kNames[] = {"", "commit", "tree", "blob", "tag"};
    for (size_t i = 0; i < objects_.size(); ++i) {
      const auto& [type, content] = objects_[i];
      const std::string whole = std::string(kNames[type]) + ' ' + std::to_string(content.size()) +
                                std::string(1, '\0') + content;
      const auto bytes = PackWriter::deflate(whole);
      const std::string id = hex_of(i);
      test::write_file(directory / id.substr(0, 2) / id.substr(2),
                       {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }
  }

 private:
  struct Content {
    unsigned type;
    std::string content;
  };

  size_t some() { return objects_.empty() ? 0 : taker_.byte() % objects_.size(); }
  std::string some_text() { return std::string(taker_.text(taker_.byte())); }

  void whole(unsigned type, std::string content) {
    pack_.whole(type, content);
    objects_.push_back({type, std::move(content)});
  }
  void blob(std::string content) { whole(3, std::move(content)); }

  // The token as a line of its own, between what a blob of the input has.
  std::string planted_text() {
    std::string before, after;
    for (const Content& one : objects_) {
      if (one.type == 3) (before.empty() ? before : after) = one.content;
    }
    return before + "\n" + token() + "\n" + after;
  }

  void tree() {
    std::string content;
    for (size_t i = taker_.byte() % 8; i > 0; --i) {
      constexpr const char* kModes[] = {"100644", "40000", "120000", "160000", "0", ""};
      content += kModes[taker_.byte() % std::size(kModes)];
      content += ' ' + std::string(taker_.text(taker_.byte() % 32)) + '\0' + raw_of(some());
    }
    whole(2, content);
  }

  void commit() {
    std::string content = "tree " + hex_of(some()) + "\n";
    for (size_t i = taker_.byte() % 4; i > 0; --i) content += "parent " + hex_of(some()) + "\n";
    content += "author " + some_text() + "\n\n" + some_text();
    whole(1, content);
  }

  void tag() {
    constexpr const char* kNames[] = {"commit", "tree", "blob", "tag"};
    whole(4, "object " + hex_of(some()) + "\ntype " + kNames[taker_.byte() % 4] + "\ntag v\n\n" +
                 some_text());
  }

  // A loose object is no delta.
  void delta(bool by_id) {
    if (objects_.empty()) return blob(some_text());
    const size_t base = some();
    Content made = objects_[base];
    const size_t at = made.content.empty() ? 0 : taker_.number() % made.content.size();
    made.content.replace(at, taker_.byte(), some_text());
    const std::string text = PackWriter::delta_of(objects_[base].content, made.content);
    by_id ? pack_.id_delta(base, text) : pack_.delta(base, text);
    objects_.push_back(std::move(made));
  }

  // Neither its type nor its size nor its stream need be right.
  void raw() {
    if (!has(kLies)) return blob(some_text());
    const unsigned type = taker_.byte() % 8;
    const uint64_t size = taker_.number();
    const std::string text = some_text();
    if (type == 0) {
      pack_.id_delta(taker_.byte(), text);
    } else if (taker_.byte() % 2 == 0) {
      pack_.raw(type, size, {text.begin(), text.end()});
    } else {
      pack_.raw(type, size, PackWriter::deflate(text));
    }
    if (taker_.byte() % 8 == 0) pack_.lie(static_cast<PackWriter::Lie>(taker_.byte() % 6));
    objects_.push_back({kTypes[type % 4], text});
  }

  void packed() {
    std::string text = some_text();
    for (size_t i = taker_.byte() % 10; i > 0; --i) text += text;
    blob(taker_.byte() % 2 == 0 ? test::in_gzip(text) : test::in_base64(text));
  }

  void ref(size_t object, const std::string& name) {
    updates_ += std::string(40, '0') + " " + hex_of(object) + " " + name + "\n";
  }

  void step() {
    switch (taker_.byte() % kSteps) {
      case kBlob: return blob(some_text());
      case kTree: return tree();
      case kCommit: return commit();
      case kTag: return tag();
      case kDelta: return delta(false);
      case kIdDelta: return delta(true);
      case kRaw: return raw();
      case kPacked: return packed();
      default: return ref(some(), "refs/heads/" + test::in_hex(taker_.text(4)));
    }
  }

  Taker taker_;
  const uint8_t flags_;
  PackWriter pack_;
  std::vector<Content> objects_;
  std::string updates_;
};

// A descriptor of this process that is another file for a while.
class Instead {
 public:
  Instead(int number, const std::string& text) : number_(number), kept_(dup(number)) {
    Descriptor file(memfd_create("text", 0));
    expect(file && write(file.get(), text.data(), text.size()) == ssize_t(text.size()) &&
               lseek(file.get(), 0, SEEK_SET) == 0 && dup2(file.get(), number) == number,
           "a descriptor can be exchanged");
  }
  ~Instead() { put_back(); }
  std::string put_back() {
    if (!kept_) return {};
    std::string text(static_cast<size_t>(lseek(number_, 0, SEEK_END)), '\0');
    expect(pread(number_, text.data(), text.size(), 0) == ssize_t(text.size()), "it is read back");
    dup2(kept_.get(), number_);
    kept_.reset();
    return text;
  }
  int kept() const { return kept_.get(); }

 private:
  int number_;
  Descriptor kept_;
};

struct Answer {
  int code = 0;
  std::string message, log;
  nlohmann::json record;
};

Answer judge(const Made& made, const char* threads) {
  const fs::path quarantine = server() / "objects/incoming";
  const fs::path log = server() / "pushguard/audit.jsonl";
  fs::remove(log);
  const Environment environment({{"GIT_DIR", server()},
                                 {"GIT_QUARANTINE_PATH", quarantine},
                                 {"GIT_OBJECT_DIRECTORY", quarantine},
                                 {"GIT_ALTERNATE_OBJECT_DIRECTORIES", server() / "objects"}});
  Answer answer;
  {
    const Instead input(STDIN_FILENO, made.updates());
    Instead errors(STDERR_FILENO, {});
    const auto report_to = [](int fd) {
      if (&__sanitizer_set_report_fd)
        __sanitizer_set_report_fd(reinterpret_cast<void*>(intptr_t{fd}));
    };
    report_to(errors.kept());
    answer.code = run_pre_receive(scratch() / threads, environment);
    report_to(STDERR_FILENO);
    answer.message = errors.put_back();
  }
  answer.log = read_whole(log);
  answer.record = nlohmann::json::parse(answer.log);
  return answer;
}

bool out_of_time(const Answer& answer) {
  return answer.log.find("\"out-of-time\"") != answer.log.npos;
}

void check(const Made& made, const Answer& answer) {
  const auto& record = answer.record;
  expect((answer.code == 0) == (record["verdict"] == "accepted"), "the record has the verdict");
  expect(answer.code == 0 || !answer.message.empty(), "a refusal says why");
  if (answer.code == 0) {
    uint64_t looked_at = 0;
    for (const auto& row : record["coverage"]["objects"]) {
      looked_at += row["scanned"]["count"].get<uint64_t>();
    }
    expect(looked_at >= made.objects(), "what is accepted was looked at");
    for (const auto& gap : record["unscanned"]) expect(!gap["refused"], "no gap was refused");
  }
  for (const std::string& text : {answer.message, answer.log}) {
    expect(text.find(token().substr(4)) == text.npos, "no token is told");
  }
  if (!made.has(kPlanted)) return;
  expect(answer.code != 0, "a token is not accepted");
  bool named = record.contains("error") || !record["unscanned"].empty();
  if (!named) {
    for (const auto& one : record["findings"]) named = named || one["provider"] == "GitHub";
  }
  expect(named, "a token is found, or what it is in is named");
}

}  // namespace

std::vector<std::string> seeds() {
  const std::string blob("\0\5hello", 7), tree("\1\1\0\1f\0", 6), commit("\2\1\0\3Ann\3Two", 11);
  const std::string change("\4\0\1\0\2\2xy", 8), by_id("\5\0\1\0\2\2xy", 8);
  const std::string tag("\3\2\0\4text", 8), ref("\10\2name", 6), packed("\7\4tokn\3\0", 8);
  const std::string lie("\6\1\5\0\3abc\1\0\2", 11), circle("\6\0\0\0\3abc\3\1", 10);
  std::vector<std::string> all;
  for (const char flags : std::string_view("\0\1\142\4\5\146\20\24", 8)) {
    all.push_back(flags + blob + tree + commit + change + by_id + tag + ref + packed);
  }
  for (const char flags : std::string_view("\10\14\156")) {
    all.push_back(flags + blob + lie + tree + commit);
    all.push_back(flags + blob + circle);
  }
  return all;
}

void run(std::string_view input) {
  const Made made(input);
  const fs::path quarantine = server() / "objects/incoming";
  fs::remove_all(quarantine);
  made.write(quarantine);
  const Answer one = judge(made, "1");
  check(made, one);
  if (!made.has(kMany)) return;
  const Answer two = judge(made, "2");
  check(made, two);
  if (out_of_time(one) || out_of_time(two)) return;
  expect(one.code == two.code, "two threads have the same answer");
  for (const char* field : {"objects", "coverage", "findings", "unscanned", "error"}) {
    expect(one.record.value(field, nlohmann::json()) == two.record.value(field, nlohmann::json()),
           "two threads have the same record");
  }
}

}  // namespace pushguard::fuzz
