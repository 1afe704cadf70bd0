// SPDX-License-Identifier: Apache-2.0
#include "report/place_list.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace pushguard {
namespace {

constexpr size_t kMostPlaces = 100, kMostInFull = 3;
// What is told after the places must have room.
constexpr size_t kBytesForTheRest = 12 << 10;

struct Item {
  const Judged* judged;
  const Place* place;
};

class PlaceList {
 public:
  explicit PlaceList(Text& text) : text_(text) {}

  void write(const std::vector<const Judged*>& judged) {
    std::vector<Item> items;
    uint64_t more = 0;
    for (const Judged* one : judged) {
      ++alike_[one->exposure.secret.preview()];
      for (const Place& place : one->exposure.places) items.push_back({one, &place});
      more += one->exposure.more_places;
    }
    std::ranges::stable_sort(items, {}, [](const Item& item) { return item.place->commit_order; });
    const bool in_full = judged.size() <= kMostInFull;
    size_t shown = 0;
    for (; shown < items.size() && shown < kMostPlaces && text_.left() > kBytesForTheRest;
         ++shown) {
      group(*items[shown].place);
      in_full ? whole(items[shown]) : line(items[shown]);
    }
    more += items.size() - shown;
    if (more == 1) text_.prose("  ", "and 1 more place");
    if (more > 1) text_.prose("  ", fmt::format("and {} more places", more));
  }

 private:
  // The commit of the places that follow.
  void group(const Place& place) {
    if (place.commit == commit_) return;
    commit_ = place.commit;
    if (place.commit.size == 0) return;
    text_.prose(" ", fmt::format("commit {} {}", place.commit.hex(), place.subject.str()), 2);
    text_.prose(" ", fmt::format("by {}", place.author.str()), 2);
  }

  void whole(const Item& item) {
    const Exposure& exposure = item.judged->exposure;
    text_.prose("    ", where(*item.place), 2);
    if (!told_.insert(item.judged).second) {
      return text_.prose("      ", fmt::format("the same value, id {}", exposure.fingerprint));
    }
    text_.prose("      ",
                fmt::format("{}: {}", exposure.rule->description, masked(exposure.secret)));
    for (const Exposure& partner : exposure.partners) {
      text_.prose("      ",
                  fmt::format("with {}: {}", partner.rule->description, partner.secret.preview()));
    }
    if (const auto& until = item.judged->warns_until) {
      text_.prose("      ", fmt::format("the rule is new: it warns until {}, then blocks",
                                        to_string(*until)));
    }
    text_.prose(
        "      ",
        fmt::format("{}{}; id {}", proof(*item.judged),
                    exposure.origin == Origin::preexisting ? ", and there before this push" : "",
                    exposure.fingerprint));
  }

  void line(const Item& item) {
    const Exposure& exposure = item.judged->exposure;
    text_.prose("    ",
                fmt::format("{} {} {} id {}", where(*item.place), exposure.rule->description,
                            masked(exposure.secret), exposure.fingerprint),
                2);
  }

  // With its end as well, where several of this message begin alike.
  std::string masked(const Secret& secret) const {
    const std::string preview = secret.preview();
    const auto alike = alike_.find(preview);
    return alike != alike_.end() && alike->second > 1 ? secret.longer_preview() : preview;
  }

  static std::string proof(const Judged& judged) {
    const Exposure& exposure = judged.exposure;
    if (exposure.kind == FindingKind::promoted_example) {
      return fmt::format("an example from a template ({})", exposure.example);
    }
    switch (exposure.confidence) {
      case Confidence::confirmed: return exposure.note;
      case Confidence::likely:
        return exposure.note.empty() ? "very likely a secret, by its form"
                                     : "very likely a secret: " + exposure.note;
      case Confidence::possible: break;
    }
    return exposure.note.empty() ? "perhaps a secret, by its form"
                                 : "perhaps a secret: " + exposure.note;
  }

  static bool is_note(const Place& place) { return place.ref.str().starts_with("refs/notes/"); }

  // Its path is the id of what it is about, perhaps with '/' in it (git-notes(1)).
  static std::string note(const Place& place) {
    std::string id = place.path.str();
    std::erase(id, '/');
    return fmt::format("the note on {}, line {}", id.substr(0, 12), place.line);
  }

  static std::string where(const Place& place) {
    const std::string at = (place.entry.empty() ? "" : ", in it " + place.entry.str()) +
                           (place.offset      ? fmt::format(", byte {}", *place.offset)
                            : place.line == 0 ? ""
                                              : fmt::format(":{}:{}", place.line, place.column)) +
                           (place.encoding.empty() ? "" : fmt::format(", in {}", place.encoding));
    switch (place.kind) {
      case Place::Kind::file:
        if (is_note(place)) return note(place);
        return place.path.str() + at;
      case Place::Kind::file_name:
        return "a name in " + (place.path.empty() ? "the top directory" : place.path.str() + "/");
      case Place::Kind::commit:
        if (place.in_header) return "the commit's author or committer";
        return fmt::format("the commit's message, line {}{}", place.line,
                           place.encoding.empty() ? "" : ", in " + place.encoding);
      case Place::Kind::tag: return "the text of the tag " + place.ref.str();
      case Place::Kind::ref_name: return "the name " + place.ref.str();
      case Place::Kind::push_option: return "a push option";
      case Place::Kind::push_certificate:
        return fmt::format("the push certificate, line {}", place.line);
      case Place::Kind::object: break;
    }
    return place.ref.empty()
               ? fmt::format("object {}{}, which no pushed ref reaches", place.object.hex(), at)
               : fmt::format("object {}{}, in {}", place.object.hex(), at, place.ref.str());
  }

  Text& text_;
  Oid commit_;
  std::unordered_set<const Judged*> told_;
  std::unordered_map<std::string, size_t> alike_;  // secrets by their previews
};

}  // namespace

void list_places(Text& text, const std::vector<const Judged*>& judged) {
  PlaceList(text).write(judged);
}

}  // namespace pushguard
