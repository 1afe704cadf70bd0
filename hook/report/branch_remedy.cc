// SPDX-License-Identifier: Apache-2.0
#include "report/branch_remedy.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include "report/command.h"

namespace pushguard {
namespace {

// More fixups than this one by one are tedious; more commits made one lose too much.
constexpr size_t kMostFixups = 5, kMostFolded = 20;
constexpr size_t kMostBytesOfPaths = 4096;  // in one command; cmd takes twice that
constexpr char kSecretsFile[] = "../secrets.txt";

bool is_dotfile(std::string_view path) { return path.substr(path.rfind('/') + 1).starts_with('.'); }

class Steps {
 public:
  explicit Steps(const BranchEdits& edits) : edits_(edits), commits_(edits.commits) {
    std::unordered_set<std::string_view> known;
    for (const CommitEdit& one : commits_) {
      files_ = files_ || one.files;
      names_ = names_ || one.names;
      message_ = message_ || one.message;
      header_ = header_ || one.header;
      for (const std::string& path : one.paths) {
        if (known.insert(path).second) paths_.push_back(path);
      }
    }
  }

  std::vector<Step> write() {
    if (std::ranges::all_of(commits_, &CommitEdit::at_tip)) {
      amend();
    } else if (edits_.rewrite->own_merges) {
      remake_merges();
    } else if (header_) {
      set_author();
    } else if (!files_ && !names_) {
      rebase(reword());
    } else if (is_linear() && is_removed_later()) {
      fold_removed();
    } else if (can_fix_up()) {
      fix_up();
    } else if (is_linear() && line().size() <= kMostFolded) {
      fold_all();
    } else if (edits_.can_filter) {
      filter();
    } else {
      stop_at_each();
    }
    return std::move(steps_);
  }

  // Whether the steps keep the commits behind `from` apart, and which is the first of them.
  std::optional<size_t> kept_from() const {
    if (std::ranges::all_of(commits_, &CommitEdit::at_tip)) return 0;
    if (!is_linear()) return std::nullopt;
    if (header_ || (!files_ && !names_)) return 0;
    if (is_removed_later()) return edits_.rewrite->clean_from;
    if (can_fix_up()) return 0;
    if (line().size() <= kMostFolded) return line().size() - 1;
    return std::nullopt;
  }

 private:
  const std::vector<Oid>& line() const { return edits_.rewrite->commits; }
  bool is_linear() const { return !line().empty(); }
  bool is_removed_later() const {
    return edits_.rewrite->clean_from < line().size() && edits_.rewrite->clean_from < kMostFolded;
  }

  void say(std::string text) { steps_.push_back({Step::Kind::say, std::move(text), {}, {}}); }
  void run(std::vector<std::string> words) {
    std::string text = command_line(words);
    steps_.push_back({Step::Kind::run, std::move(text), std::move(words), {}});
  }

  void edit() {
    const bool one = paths_.size() == 1;
    std::string text;
    if (edits_.archive) {
      text =
          fmt::format("make the {} again without the secret, then", one ? "archive" : "archives");
    } else if (files_) {
      // The commit takes the file as it stands: one that is no longer tracked would come back.
      const bool is_often_untracked = std::ranges::any_of(paths_, is_dotfile);
      text = fmt::format("take {} out of the {}{}, then", edits_.example ? "the example" : "it",
                         one ? "file" : "files",
                         is_often_untracked ? " ('git rm --cached' does not)" : "");
    }
    if (names_) {
      const bool also = files_;
      text =
          fmt::format("rename what has it in its name (git mv){}", also ? "; " + text : ", then");
    }
    if (!pathspecs(paths_)) text += " stage (git add) that and nothing else:";
    steps_.push_back({Step::Kind::edit, std::move(text), {}, paths_});
  }

  // Of what a commit is to have besides its message; nothing when it must be staged by hand.
  std::optional<std::vector<std::string>> pathspecs(const std::vector<std::string>& paths) const {
    if (names_) return std::nullopt;
    std::vector<std::string> specs;
    size_t bytes = 0;
    for (const std::string& path : paths) {
      auto spec = pathspec(path);
      if (!spec || (bytes += spec->size()) > kMostBytesOfPaths) return std::nullopt;
      specs.push_back(std::move(*spec));
    }
    return specs;
  }

  void commit(std::vector<std::string> words, const std::vector<std::string>& paths) {
    words.insert(words.begin(), {"git", "commit"});
    if (const auto specs = pathspecs(paths); specs && !specs->empty()) {
      words.emplace_back("--");
      std::ranges::copy(*specs, std::back_inserter(words));
    }
    run(std::move(words));
  }

  void say_author() {
    say("set a name and an address without the secret (git config user.name, user.email), then");
  }

  void amend() {
    if (files_ || names_) edit();
    if (header_) say_author();
    std::vector<std::string> words{"--amend"};
    if (message_) {
      say("an editor opens with the message: take the secret out, and save:");
    } else {
      words.emplace_back("--no-edit");
    }
    if (header_) words.emplace_back("--reset-author");
    if (!files_ && !names_) words.emplace_back("--only");  // what is staged stays as it is
    words.emplace_back("--allow-empty");                   // it may have been the only change
    commit(std::move(words), paths_);
  }

  // A name for the parent of the first commit that is written anew.
  std::string base() const {
    if (is_linear()) return edits_.rewrite->base.size == 0 ? "" : short_id(edits_.rewrite->base);
    const CommitEdit& first = commits_.front();
    return first.root ? "" : short_id(first.commit) + "~1";
  }

  void rebase(const ListEditor& editor, std::vector<std::string> options = {}) {
    std::vector<std::string> words{"git", "-c", "sequence.editor=" + editor.str(), "rebase",
                                   "--interactive"};
    if (!is_linear()) words.emplace_back("--rebase-merges");
    std::ranges::move(options, std::back_inserter(words));
    words.emplace_back("--autostash");
    const std::string onto = base();
    words.push_back(onto.empty() ? "--root" : onto);
    run(std::move(words));
  }

  ListEditor reword() {
    if (!message_) return {};
    say("an editor opens with each message: take the secret out, and save:");
    ListEditor editor;
    for (const CommitEdit& one : commits_) {
      if (!one.message) continue;
      if (one.merge) {
        editor.reword_merge(one.commit);
      } else {
        editor.change(one.commit, one.commit, "reword");
      }
    }
    return editor;
  }

  // The pusher's name is usually in all commits of the branch.
  void set_author() {
    say_author();
    const bool is_all = is_linear() && !files_ && !names_ && !message_ &&
                        std::ranges::count(commits_, true, &CommitEdit::header) ==
                            static_cast<ptrdiff_t>(line().size());
    if (!is_all) return stop_at_each();
    std::vector<std::string> words{"git", "rebase", "--autostash", "--exec",
                                   "git commit --amend --no-edit --allow-empty --reset-author"};
    words.push_back(base().empty() ? "--root" : base());
    run(std::move(words));
  }

  void merge_again() { say("a merge commit has it: merge again without the secret"); }

  void stop_at_each() {
    if (std::ranges::any_of(commits_, &CommitEdit::merge)) return merge_again();
    ListEditor editor;
    size_t stops = 0;
    for (const CommitEdit& one : commits_) {
      if (!one.introduces) continue;
      editor.change(one.commit, one.commit, "edit");
      ++stops;
    }
    rebase(editor);
    if (stops > 1) say(fmt::format("then, at each of {} stops:", stops));
    if (files_ || names_) edit();
    std::vector<std::string> words{"--amend"};
    if (!message_) words.emplace_back("--no-edit");
    if (header_) words.emplace_back("--reset-author");
    words.emplace_back("--allow-empty");
    commit(std::move(words), paths_);
    run({"git", "rebase", "--continue"});
  }

  // The commits up to last_as_base add up to nothing.
  size_t first_kept(ListEditor& editor) const {
    const size_t nothing = edits_.rewrite->last_as_base;
    if (nothing == Rewrite::kNone) return 0;
    editor.change(line().front(), line()[nothing], "drop");
    return nothing + 1;
  }

  void fold_removed() {
    const size_t clean = edits_.rewrite->clean_from;
    ListEditor editor;
    const size_t first = first_kept(editor);
    if (first > clean) {
      say(fmt::format("{} commits add up to nothing: the secret comes and goes in them; leave "
                      "them out:",
                      clean == 1 ? "two" : fmt::format("{}", clean + 1)));
      return rebase(editor);
    }
    say(fmt::format("{} takes it out again; make one commit of the {} from {} to that:",
                    short_id(line()[clean]), clean - first + 1, short_id(line()[first])));
    const auto edit = std::ranges::find(commits_, line()[first], &CommitEdit::commit);
    if (edit != commits_.end() && edit->message) {
      say("an editor opens with its message: take the secret out, and save");
      editor.change(line()[first], line()[first], "reword");
    }
    if (first < clean) editor.change(line()[first + 1], line()[clean], "fixup");
    for (const CommitEdit& one : commits_) {
      const auto at = std::ranges::find(line(), one.commit) - line().begin();
      if (one.message && static_cast<size_t>(at) > clean) {
        editor.change(one.commit, one.commit, "reword");
      }
    }
    rebase(editor);
  }

  // The commits that put the secret into files or names.
  std::vector<const CommitEdit*> origins() const {
    std::vector<const CommitEdit*> found;
    for (const CommitEdit& one : commits_) {
      if ((one.files || one.names) && one.introduces) found.push_back(&one);
    }
    return found;
  }

  // Whether what takes the secrets out of the newest files does so in those older commits too.
  bool can_fix_up() const {
    const auto fixed = origins();
    if (fixed.empty() || fixed.size() > kMostFixups) return false;
    std::set<std::string_view> paths;
    for (const CommitEdit* one : fixed) {
      if (one->merge || !one->in_tip) return false;
      if (fixed.size() > 1 && !pathspecs(one->paths)) return false;
      for (const std::string& path : one->paths) {
        if (!paths.insert(path).second) return false;
      }
    }
    return std::ranges::none_of(commits_, [](const CommitEdit& one) {
      return one.files && !one.introduces;  // it changes the file as well
    });
  }

  void fix_up() {
    edit();
    for (const CommitEdit* one : origins()) {
      commit({"-m", fmt::format("fixup! {}", short_id(one->commit))}, one->paths);
    }
    rebase(reword(), {"--autosquash"});
  }

  void fold_all() {
    edit();
    commit({"-m", "Take the secret out"}, paths_);
    ListEditor editor;
    const size_t first = first_kept(editor);
    const size_t bad = origins().size();
    say(fmt::format("{}; make one commit of all from {} on, with its message:",
                    bad > kMostFixups ? fmt::format("{} commits have it", bad)
                                      : "later commits change the same file",
                    short_id(line()[first])));
    if (message_) {
      say("an editor opens with its message: take the secret out, and save");
      editor.change(line()[first], line()[first], "reword");
    }
    editor.change_from(first + 2, "fixup");
    rebase(editor);
  }

  // A rebase makes merges anew, without what was changed in them by hand.
  void remake_merges() {
    if (edits_.can_filter && !header_ && !names_) return filter();
    if (std::ranges::any_of(commits_, &CommitEdit::merge)) return merge_again();
    say("a merge commit has changes of its own, which git rebase would lose: make the branch anew, "
        "and merge again");
  }

  void filter() {
    say("in the top directory, write the secrets into ../secrets.txt as they stand in the files, "
        "one a line; then, with git filter-repo (a package of that name for apt, dnf, brew and "
        "pip):");
    run({"git", "worktree", "add", "--detach", "../without-secrets"});
    std::vector<std::string> words{"git", "-C", "../without-secrets", "filter-repo", "--force"};
    words.insert(words.end(), {"--replace-text", kSecretsFile, "--replace-message", kSecretsFile,
                               "--refs", edits_.name});
    if (!base().empty()) words.push_back("^" + base());
    if (edits_.stored.size != 0) words.push_back("^" + short_id(edits_.stored));
    run(std::move(words));
    run({"git", "worktree", "remove", "--force", "../without-secrets"});
    run({"git", "read-tree", "-m", "-u", short_id(edits_.rewrite->tip), "HEAD"});
  }

  const BranchEdits& edits_;
  const std::vector<CommitEdit>& commits_;
  std::vector<Step> steps_;
  std::vector<std::string> paths_;  // of all commits, each once
  bool files_ = false, names_ = false, message_ = false, header_ = false;
};

}  // namespace

std::vector<Step> branch_remedy(const BranchEdits& edits) { return Steps(edits).write(); }

std::optional<std::string> new_name(const BranchEdits& edits, const Oid& commit) {
  if (commit == edits.rewrite->tip) return "HEAD";
  const auto kept = Steps(edits).kept_from();
  const std::vector<Oid>& line = edits.rewrite->commits;
  const auto found = std::ranges::find(line, commit);
  if (!kept || found == line.end()) return std::nullopt;
  const size_t at = std::max(*kept, static_cast<size_t>(found - line.begin()));
  return at + 1 == line.size() ? "HEAD" : fmt::format("HEAD~{}", line.size() - 1 - at);
}

}  // namespace pushguard
