// SPDX-License-Identifier: Apache-2.0
#include "report/remedy.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace pushguard {
namespace {

// Editing more commits than this one by one is tedious.
constexpr size_t kMostEdits = 5;

std::string short_id(const Oid& id) { return id.hex().substr(0, 12); }

std::string_view branch_of(std::string_view ref) {
  constexpr std::string_view kHeads = "refs/heads/", kTags = "refs/tags/";
  if (ref.starts_with(kHeads)) return ref.substr(kHeads.size());
  if (ref.starts_with(kTags)) return ref.substr(kTags.size());
  return ref;
}

// A name in a command, quoted unless a shell reads it as one word.
std::string shell_word(std::string_view name) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+@=:";
  if (name.find_first_not_of(kPlain) == name.npos) return std::string(name);
  std::string text = "'";
  for (const char c : name) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

class Writer {
 public:
  Writer(const Push& push, bool merges) : push_(push), merges_(merges) {}

  void sort(const Place& place) {
    if (place.origin == Origin::preexisting) return;
    encoded_ = encoded_ || !place.encoding.empty();
    switch (place.kind) {
      case Place::Kind::ref_name: ref_name_ = true; return;
      case Place::Kind::push_option: option_ = true; return;
      case Place::Kind::push_certificate: certificate_ = true; return;
      case Place::Kind::tag: return add(tags_, place);
      default: break;
    }
    if (place.ref.empty()) {
      unreached_ = true;
    } else if (place.commit.size == 0) {
      add(objects_, place);
    } else if (place.ref.str().starts_with("refs/notes/")) {
      add(notes_, place);
    } else {
      add_commit(place);
    }
  }

  std::vector<Step> steps() {
    commits();
    for (const Place& place : tags_.places) tag(place);
    for (const Place& place : objects_.places) object(place);
    for (const Place& place : notes_.places) note(place);
    if (ref_name_) say("give the branch or tag another name and push that");
    if (option_) say("leave the push option out that holds the secret");
    if (certificate_) {
      say("git keeps the push certificate, although the push is refused: revoke what it holds");
      say("sign no push with that value: not in your name, an option or the name of a ref");
    }
    if (unreached_) {
      say("no pushed ref reaches one of the objects: push from a fresh clone");
    }
    run("git push");
    return std::move(steps_);
  }

 private:
  struct Edit {
    Place place;
    bool files = false, message = false;
  };

  void say(std::string text) { steps_.push_back({std::move(text), false}); }
  void run(std::string text) { steps_.push_back({std::move(text), true}); }

  // One place of each ref.
  struct ByRef {
    std::vector<Place> places;
    std::unordered_set<std::string> refs;
  };

  static void add(ByRef& list, const Place& place) {
    if (list.refs.insert(place.ref.str()).second) list.places.push_back(place);
  }

  void add_commit(const Place& place) {
    const auto [known, added] = edit_of_.try_emplace(place.commit, edits_.size());
    if (added) edits_.push_back({place});
    Edit& edit = edits_[known->second];
    (place.kind == Place::Kind::commit ? edit.message : edit.files) = true;
    if (place.origin == Origin::introduced) edit.place.origin = Origin::introduced;
  }

  void commits() {
    if (edits_.empty()) return;
    if (std::ranges::all_of(edits_, [](const Edit& edit) { return edit.place.at_tip; })) {
      amend();
      return;
    }
    // A commit that only inherits the secret is clean when the first commit is.
    std::erase_if(edits_, [](const Edit& edit) { return edit.place.origin != Origin::introduced; });
    const bool one_ref = std::ranges::all_of(
        edits_, [&](const Edit& edit) { return edit.place.ref == edits_.front().place.ref; });
    // git filter-repo cannot read SHA-256 repositories.
    if ((edits_.size() <= kMostEdits && one_ref) || push_.hash_size() == 32) {
      if (!one_ref) say("on each of the pushed branches:");
      rebase();
    } else {
      filter();
    }
  }

  void amend() {
    const bool files = std::ranges::any_of(edits_, [](const Edit& edit) { return edit.files; });
    const bool message = std::ranges::any_of(edits_, [](const Edit& edit) { return edit.message; });
    if (edits_.size() > 1) say("on each of the pushed branches:");
    if (files) say("take the secret out of the file, then");
    if (message) say("write the message or the author anew, without the secret:");
    run(files && !message ? "git commit --all --amend --no-edit"
        : files           ? "git commit --all --amend"
                          : "git commit --amend");
  }

  void rebase() {
    const Edit& first = edits_.front();
    run(fmt::format("git rebase --interactive {}{}", merges_ ? "--rebase-merges " : "",
                    first.place.root ? "--root" : short_id(first.place.commit) + "^"));
    for (const Edit& edit : edits_) {
      say(fmt::format("in the list, change 'pick {}' to '{}'",
                      short_id(edit.place.commit).substr(0, 7), edit.files ? "edit" : "reword"));
    }
    const bool files = std::ranges::any_of(edits_, [](const Edit& edit) { return edit.files; });
    if (files) {
      say("at each stop take the secret out of the file, then");
      run("git commit --all --amend --no-edit");
      run("git rebase --continue");
    } else {
      say("when git asks for it, write the message without the secret");
    }
  }

  void filter() {
    say(encoded_ ? "write the secrets, as they stand in the files, into ../secrets.txt, one a "
                   "line, then"
                 : "write the secrets into ../secrets.txt, one a line, then");
    std::vector<std::string> refs;
    for (const Edit& edit : edits_) {
      const std::string name = shell_word(branch_of(edit.place.ref.str()));
      if (std::ranges::find(refs, name) == refs.end()) refs.push_back(name);
    }
    run("git filter-repo --force --replace-text ../secrets.txt \\");
    run("  --replace-message ../secrets.txt \\");
    std::string range = "  --refs";
    for (const std::string& name : refs) range += " " + name;
    // Commits that the server has already must not be rewritten.
    for (const RefUpdate& update : push_.updates) {
      if (!update.creates() && !update.deletes()) range += " ^" + short_id(update.old_id);
    }
    run(range);
  }

  void tag(const Place& place) {
    const std::string name = shell_word(branch_of(place.ref.str()));
    say("write the tag anew, without the secret:");
    run(fmt::format("git tag --annotate --force {} {}^{{}}", name, name));
  }

  void object(const Place& place) {
    say("the ref itself names the object with the secret; drop it:");
    run("git update-ref -d " + shell_word(place.ref.str()));
  }

  void note(const Place& place) {
    say("the history of the notes keeps it; go back before it:");
    const auto update = std::ranges::find(push_.updates, place.ref.str(), &RefUpdate::ref);
    if (update == push_.updates.end() || update->creates()) {
      run("git update-ref -d " + shell_word(place.ref.str()));
    } else {
      run(fmt::format("git update-ref {} {}", shell_word(place.ref.str()),
                      short_id(update->old_id)));
    }
    say("then add the note again, without the secret");
  }

  const Push& push_;
  const bool merges_;
  std::vector<Step> steps_;
  std::vector<Edit> edits_;                           // parents before children
  std::unordered_map<Oid, size_t, OidHash> edit_of_;  // by commit
  ByRef tags_, objects_, notes_;
  bool ref_name_ = false, option_ = false, certificate_ = false, unreached_ = false,
       encoded_ = false;
};

}  // namespace

std::vector<Step> remedy(const Redacted<Decision>& decision, const Redacted<Push>& push,
                         bool merges) {
  Writer writer(*push, merges);
  for (const Judged& one : decision->judged) {
    if (one.outcome != Outcome::blocked) continue;
    for (const Place& place : one.exposure.places) writer.sort(place);
  }
  return writer.steps();
}

}  // namespace pushguard
