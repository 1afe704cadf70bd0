// SPDX-License-Identifier: Apache-2.0
#include "report/remedy.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "report/branch_remedy.h"
#include "report/command.h"

namespace pushguard {
namespace {

constexpr std::string_view kHeads = "refs/heads/", kTags = "refs/tags/", kNotes = "refs/notes/";

// "main", "v1", "refs/for/main".
std::string_view short_ref(std::string_view ref) {
  for (const std::string_view prefix : {kHeads, kTags}) {
    if (ref.starts_with(prefix)) return ref.substr(prefix.size());
  }
  return ref;
}

// Whether a part of the name was a secret: no name of a ref has a '*' (git-check-ref-format(1)).
bool is_masked(std::string_view ref) { return ref.find('*') != ref.npos; }

class Remedy {
 public:
  Remedy(const Push& push, const std::vector<Rewrite>& rewrites) : push_(push) {
    for (const Rewrite& rewrite : rewrites) by_ref_[push.updates[rewrite.update].ref] = &rewrite;
  }

  void sort(const Judged& judged) {
    const bool is_example = judged.exposure.kind == FindingKind::promoted_example;
    for (const Place& place : judged.exposure.places) {
      if (place.origin != Origin::preexisting) {
        sort(place, is_example);
      } else {
        preexisting_ = true;
      }
    }
  }

  std::vector<Step> steps() {
    branches();
    for (const std::string& ref : tags_) tag(ref);
    for (const std::string& ref : objects_) {
      say("the ref itself names what has the secret; drop it, and push without it:");
      run({"git", "update-ref", "-d", ref});
    }
    for (const std::string& ref : notes_) note(ref);
    if (ref_name_) say("give the branch or tag a name without the secret, and push that");
    if (option_) say("leave out the push option that holds the secret");
    if (certificate_) {
      say("git keeps the push certificate, although the push is refused: revoke what it holds");
      say("sign no push with that value: not in your name, an option or the name of a ref");
    }
    if (unreached_) say("no pushed ref reaches one of the objects: push from a fresh clone");
    if (steps_.empty() && preexisting_) {
      say("it stood on this server before: take it out of the file in what you push, or ask");
    }
    push();
    return std::move(steps_);
  }

 private:
  using Edits = BranchEdits;

  void say(std::string text) { steps_.push_back({Step::Kind::say, std::move(text), {}, {}}); }
  void run(std::vector<std::string> words) {
    const auto bad = std::ranges::find_if_not(words, can_be_typed);
    if (bad != words.end()) {
      return say(
          fmt::format("with '{}' quoted as your shell wants it: {}", *bad, fmt::join(words, " ")));
    }
    std::string text = command_line(words);
    steps_.push_back({Step::Kind::run, std::move(text), std::move(words), {}});
  }

  void push() {
    std::string text = "push again as you did";
    if (ref_name_ || option_) text = "push again, otherwise as you did";
    steps_.push_back({Step::Kind::push, std::move(text), {}, {}});
  }

  void sort(const Place& place, bool is_example) {
    switch (place.kind) {
      case Place::Kind::ref_name: ref_name_ = true; return;
      case Place::Kind::push_option: option_ = true; return;
      case Place::Kind::push_certificate: certificate_ = true; return;
      case Place::Kind::tag: tags_.insert(place.ref.str()); return;
      case Place::Kind::file:
      case Place::Kind::file_name:
      case Place::Kind::commit:
      case Place::Kind::object: break;
    }
    if (place.ref.empty()) {
      unreached_ = true;
    } else if (place.commit.size == 0) {
      objects_.insert(place.ref.str());
    } else if (place.ref.str().starts_with(kNotes)) {
      notes_.insert(place.ref.str());
    } else if (!place.refs) {
      add(branches_[place.ref.str()], place, is_example);
    } else {
      for (const std::string& ref : place.refs->names) {
        add(branches_[ref], place, is_example);
      }
    }
  }

  void add(Edits& edits, const Place& place, bool is_example) {
    const bool is_first = edits.commits.empty();
    const auto known = number_of_.try_emplace({&edits, place.commit}, edits.commits.size());
    if (known.second) edits.commits.push_back({.commit = place.commit});
    CommitEdit& edit = edits.commits[known.first->second];
    edit.root = place.root;
    edit.merge = place.merge;
    edit.order = place.commit_order;
    edit.introduces = edit.introduces || place.origin == Origin::introduced;
    edits.example = (is_first || edits.example) && is_example;
    edits.archive = edits.archive || !place.entry.empty();
    switch (place.kind) {
      case Place::Kind::commit: (place.in_header ? edit.header : edit.message) = true; return;
      case Place::Kind::file_name: edit.names = true; return;
      default: break;
    }
    edit.files = true;
    edit.in_tip = edit.in_tip && place.in_tip;
    if (paths_.emplace(&edits, known.first->second, place.path.str()).second) {
      edit.paths.push_back(place.path.str());
    }
  }

  // Refs that name the same commit are mended once. A tag is set anew while its branch is
  // checked out.
  void branches() {
    std::vector<std::pair<const std::string*, const Edits*>> lines, tags;
    std::set<Oid> tips;
    for (auto& [ref, edits] : branches_) {
      if (!finish(ref, edits)) continue;
      if (ref.starts_with(kTags)) {
        if (is_masked(ref)) continue;  // it gets another name anyway
        tags.emplace_back(&ref, &edits);
      } else if (tips.insert(edits.rewrite->tip).second) {
        lines.emplace_back(&ref, &edits);
      }
    }
    const bool several = lines.size() > 1;
    for (const auto& [ref, edits] : lines) {
      branch(*ref, *edits, several);
      std::erase_if(tags, [&, edits = edits](const auto& tag) {
        if (!is_on(*tag.second->rewrite, *edits->rewrite)) return false;
        move_tag(*tag.first, *tag.second->rewrite, *edits);
        return true;
      });
    }
    for (const auto& [ref, edits] : tags) {
      branch(*ref, *edits, false);
      move_tag(*ref, *edits->rewrite, *edits);
    }
    if (several) say("then switch back to the branch where you were");
  }

  // Whether the tag's commit is one that the branch's steps write anew.
  static bool is_on(const Rewrite& tag, const Rewrite& branch) {
    return tag.tip == branch.tip ||
           std::ranges::find(branch.commits, tag.tip) != branch.commits.end();
  }

  bool finish(const std::string& ref, Edits& edits) {
    const auto rewrite = by_ref_.find(ref);
    if (rewrite == by_ref_.end()) return false;
    edits.rewrite = rewrite->second;
    edits.name = short_ref(ref);
    edits.can_filter = push_.hash_size() == 20 && can_be_typed(edits.name);
    const RefUpdate& update = push_.updates[edits.rewrite->update];
    if (!update.creates()) edits.stored = update.old_id;
    std::ranges::stable_sort(edits.commits, {}, &CommitEdit::order);
    for (CommitEdit& edit : edits.commits) edit.at_tip = edit.commit == edits.rewrite->tip;
    return true;
  }

  void branch(const std::string& ref, const Edits& edits, bool is_one_of_several) {
    say(fmt::format("on the {} you pushed to {}:", ref.starts_with(kTags) ? "commit" : "branch",
                    edits.name));
    if (is_one_of_several && ref.starts_with(kHeads) && !is_masked(ref))
      run({"git", "switch", edits.name});
    std::ranges::move(branch_remedy(edits), std::back_inserter(steps_));
  }

  void move_tag(const std::string& ref, const Rewrite& rewrite, const Edits& branch) {
    const std::string name(short_ref(ref));
    const auto target = new_name(branch, rewrite.tip);
    if (!target) {
      return say(fmt::format("set the tag {} to the new commit in the place of {}", name,
                             short_id(rewrite.tip)));
    }
    say(fmt::format("set the tag {} to the new commit:", name));
    if (tags_.contains(ref)) {  // with a secret of its own
      tags_.erase(ref);
      run({"git", "tag", "--annotate", "--force", name, *target});
    } else if (push_.updates[rewrite.update].new_id == rewrite.tip) {
      run({"git", "tag", "--force", name, *target});
    } else {
      run({"git", "-c", "core.editor=:", "tag", "--annotate", "--force", name, *target});
    }
  }

  void tag(const std::string& ref) {
    const std::string name(short_ref(ref));
    say("an editor opens with the tag's message: take the secret out, save:");
    run({"git", "tag", "--annotate", "--force", name, name + "^{}"});
  }

  void note(const std::string& ref) {
    const auto update = std::ranges::find(push_.updates, ref, &RefUpdate::ref);
    if (update == push_.updates.end()) return;
    say(fmt::format("the history of the notes keeps it; drop the notes of this push (for two weeks "
                    "'git ls-tree -r {}' lists them):",
                    short_id(update->new_id)));
    if (update->creates()) {
      run({"git", "update-ref", "-d", ref});
    } else {
      run({"git", "update-ref", ref, short_id(update->old_id)});
    }
    say("then add those again that you need, without the secret");
  }

  struct KeyHash {
    size_t operator()(const std::pair<const Edits*, Oid>& key) const {
      return OidHash()(key.second) ^ std::hash<const void*>()(key.first);
    }
  };

  const Push& push_;
  std::map<std::string, const Rewrite*> by_ref_;
  std::vector<Step> steps_;
  std::map<std::string, Edits> branches_;  // by ref
  std::set<std::string> tags_, objects_, notes_;
  std::unordered_map<std::pair<const Edits*, Oid>, size_t, KeyHash> number_of_;
  std::set<std::tuple<const Edits*, size_t, std::string>> paths_;  // of each commit
  bool ref_name_ = false, option_ = false, certificate_ = false, unreached_ = false,
       preexisting_ = false;
};

}  // namespace

std::string_view to_string(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::say: return "say";
    case Step::Kind::edit: return "edit";
    case Step::Kind::run: return "run";
    case Step::Kind::push: return "push";
  }
  return "say";
}

std::vector<Step> remedy(const Redacted<Decision>& decision, const Redacted<Push>& push,
                         const std::vector<Rewrite>& rewrites) {
  Remedy remedy(*push, rewrites);
  for (const Judged& one : decision->judged) {
    if (one.outcome == Outcome::blocked) remedy.sort(one);
  }
  return remedy.steps();
}

}  // namespace pushguard
