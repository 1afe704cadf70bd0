// SPDX-License-Identifier: Apache-2.0
#include "detect/encoded_scanner.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "decode/archive_budget.h"
#include "decode/decode.h"
#include "decode/finder.h"
#include "decode/unpack.h"
#include "detect/inheritance.h"

namespace pushguard {
namespace {

// Where a delta can have ranges that its base has not, or not in this form.
std::vector<Range> changed(const Object& object, const Sightings& base) {
  std::vector<Range> looks;
  size_t done = 0;
  // Between two adjacent copies there are no fresh bytes: the byte after the seam is used.
  for (const Copy& copy : object.copies) {
    looks.push_back({done, std::max(copy.begin, done + 1)});
    done = copy.end();
  }
  const size_t size = object.content.size();
  if (size > 0) looks.push_back({std::min(done, size - 1), size});
  if (base.encoded.empty()) return looks;
  // A range that changed far from what was found in it.
  for (const EncodedSighting& sighting : base.encoded) {
    for (const Copy& copy : object.copies) {
      const Range common{std::max(copy.base, sighting.range.begin),
                         std::min(copy.base + copy.size, sighting.range.end)};
      if (common.begin >= common.end) continue;
      if (copied_with_margin(copy, object, sighting.range, kEncodedMargin)) continue;
      looks.push_back({common.begin - copy.base + copy.begin, common.end - copy.base + copy.begin});
    }
  }
  std::ranges::sort(looks, {}, &Range::begin);
  return looks;
}

// Whether the range was copied from the base with all bytes that its detection depends on.
bool unchanged_in_base(const Range& range, const Object& object) {
  const auto after = std::ranges::upper_bound(object.copies, range.begin, {}, &Copy::begin);
  if (after == object.copies.begin()) return false;
  const Copy& copy = *(after - 1);
  const Range in_base{range.begin - copy.begin + copy.base, range.end - copy.begin + copy.base};
  return copied_with_margin(copy, object, in_base, kEncodedMargin);
}

void inherit(const Sightings& base, const Object& object, std::vector<EncodedSighting>& sightings) {
  for (const EncodedSighting& sighting : base.encoded) {
    for (const Copy& copy : object.copies) {
      if (!copied_with_margin(copy, object, sighting.range, kEncodedMargin)) continue;
      EncodedSighting& own = sightings.emplace_back(sighting);
      const auto move = [&](Range& range) {
        range.begin = range.begin - copy.base + copy.begin;
        range.end = range.end - copy.base + copy.begin;
      };
      move(own.range);
      for (EncodedMatch& match : own.matches) move(match.match.secret);
    }
  }
}

// For finding those of `matches` that overlap a range.
class Overlapping {
 public:
  // All of `matches` must outlive it.
  explicit Overlapping(std::vector<const Match*> matches) : matches_(std::move(matches)) {
    std::ranges::stable_sort(matches_, {}, [](const Match* match) { return match->secret.begin; });
    size_t farthest = 0;
    for (const Match* match : matches_) {
      farthest_.push_back(farthest = std::max(farthest, match->secret.end));
    }
  }

  std::vector<const Match*> with(const Range& range) const {
    std::vector<const Match*> found;
    const auto first = std::ranges::upper_bound(farthest_, range.begin);
    for (auto match = matches_.begin() + (first - farthest_.begin());
         match != matches_.end() && (*match)->secret.begin < range.end; ++match) {
      if ((*match)->secret.overlaps(range)) found.push_back(*match);
    }
    return found;
  }

 private:
  std::vector<const Match*> matches_;
  std::vector<size_t> farthest_;  // by match, where it or one before it ends
};

// Drops matches that `plain` has with the same confidence or more. Of a secret that was found
// twice in one place (in a word with escapes that is also base64) keeps the one with the
// shorter encoding.
std::vector<EncodedMatch> without_duplicates(std::vector<EncodedMatch> found,
                                             const std::vector<Match>& plain) {
  std::ranges::sort(found, {}, [](const EncodedMatch& match) {
    return std::tuple(match.match.secret.begin, match.encoding.size(), match.match.secret.end,
                      std::string_view(match.encoding), match.match.rule->id);
  });
  std::vector<const Match*> all;
  for (const Match& match : plain) all.push_back(&match);
  const Overlapping overlapping(std::move(all));
  // The farthest end so far, by secret; for a rule about certain files, also by rule.
  std::map<std::pair<Secret, const Rule*>, size_t> ends;
  std::vector<EncodedMatch> kept;
  for (EncodedMatch& encoded : found) {
    Match& match = encoded.match;
    std::vector<const Match*> winners = overlapping.with(match.secret);
    std::erase_if(winners,
                  [&](const Match* winner) { return winner->confidence < match.confidence; });
    if (loses_to(match, std::move(winners))) continue;
    const bool everywhere = is_about_all(*match.rule) && match.yields_to.empty();
    size_t& end = ends[{encoded.secret, everywhere ? nullptr : match.rule}];
    const bool again = match.secret.begin < end;
    end = std::max(end, match.secret.end);
    if (!again) kept.push_back(std::move(encoded));
  }
  return kept;
}

// The first byte of the decoded text that is written at `place` of the content or behind it.
size_t decoded_place(const Decoded& decoded, size_t place) {
  size_t begin = 0, end = decoded.text.size();
  while (begin < end) {
    const size_t middle = begin + (end - begin) / 2;
    if (decoded.map.source_of({middle, middle + 1}).begin < place) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

// Counts something that is decoded, when its scan ends.
class Counted {
 public:
  Counted(Looked& looked, size_t bytes) : looked_(looked), bytes_(bytes) {}
  ~Counted() { looked_.add({1, bytes_}, cause); }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;

  void decoded(std::string_view text) { looked_.decoded.add({1, text.size()}); }

  std::optional<Cause> cause;  // why it is let go

 private:
  Looked& looked_;
  size_t bytes_;
};

std::string within(std::string_view inner, std::string_view outer) {
  return inner.empty() ? std::string(outer) : fmt::format("{} in {}", inner, outer);
}

}  // namespace

size_t end_of_own(const Object& object) {
  if (!object.part || object.part->own.end == object.content.size()) return 0;
  return object.part->own.end;
}

void prefer_encoded(std::vector<Match>& plain, const std::vector<EncodedMatch>& encoded) {
  if (encoded.empty()) return;
  std::vector<const Match*> all;
  for (const EncodedMatch& one : encoded) all.push_back(&one.match);
  const Overlapping overlapping(std::move(all));
  std::vector<Match> kept;
  for (Match& match : plain) {
    std::vector<const Match*> winners = overlapping.with(match.secret);
    std::erase_if(winners, [&](const Match* inner) {
      return inner->confidence <= match.confidence ||
             (!is_generic(*match.rule) && inner->secret.begin != match.secret.begin);
    });
    if (!loses_to(match, std::move(winners))) kept.push_back(std::move(match));
  }
  plain = std::move(kept);
}

std::vector<EncodedMatch> EncodedScanner::scan(const Object& object,
                                               const std::vector<Match>& plain) {
  unscanned_.clear();
  if (object.type == ObjectType::tree || object.content.size() < kShortestEncoded) return {};
  const auto* base = static_cast<const Sightings*>(object.base);
  const Range own = object.part ? object.part->own : Range{0, object.content.size()};
  const std::vector<Range> looks = base ? changed(object, *base) : std::vector{own};
  const FoundEncoded ranges = find_encoded(object.content, looks, limits_.deadline);
  if (!ranges.is_complete) {
    std::optional<Cause> cause;
    leave_out(cause, object, "not searched for encoded text to its end", Cause::out_of_time,
              Why::out_of_time);
  }
  std::vector<EncodedSighting> sightings;
  if (base) inherit(*base, object, sightings);
  decoded_bytes_ = 0;
  for (const EncodedRange& range : ranges.ranges) {
    if (base && unchanged_in_base(range.decided_by(), object)) continue;
    std::vector<EncodedMatch> matches =
        decoded(object, object.content, range, 1, end_of_own(object));
    if (!matches.empty()) sightings.push_back({range.decided_by(), std::move(matches)});
  }
  if (sightings.empty()) return {};
  std::vector<EncodedMatch> found;
  for (const EncodedSighting& sighting : sightings) {
    for (const EncodedMatch& match : sighting.matches) {
      const size_t begin = match.match.secret.begin;
      if (object.part && (begin < object.part->own.begin || begin >= object.part->own.end))
        continue;
      found.push_back(match);
    }
  }
  if (object.remember && *object.remember) {
    static_cast<Sightings&>(**object.remember).encoded = std::move(sightings);
  }
  return without_duplicates(std::move(found), plain);
}

std::vector<EncodedMatch> EncodedScanner::decoded(const Object& object, std::string_view content,
                                                  const EncodedRange& range, uint32_t layer,
                                                  size_t own_end) {
  Decoded inner = decode(content, range);
  const bool goes_on =
      range.range.begin < own_end && content.size() - range.range.end <= kEncodedMargin;
  const size_t inner_end = goes_on ? decoded_place(inner, own_end) : 0;
  // What one encoding holds is not more than the object itself.
  if (layer > 1) decoded_bytes_ += inner.text.size();
  const std::string_view encoding = to_string(range.encoding);
  Counted counted(coverage_.encodings[encoding], range.range.size());
  if (decoded_bytes_ > limits_.decoded_bytes) {
    leave_out(
        counted.cause, object,
        fmt::format("what it has in {} is more than {} bytes", encoding, limits_.decoded_bytes));
    return {};
  }
  counted.decoded(inner.text);
  std::vector<EncodedMatch> matches;
  for (const Packing packing : {Packing::gzip, Packing::zlib}) {
    if (!begins_stream(inner.text, packing) || layer >= limits_.decoded_layers) continue;
    Unpacked unpacked = unpack_streams(inner.text, packing,
                                       {limits_.decoded_bytes - decoded_bytes_, limits_.deadline});
    decoded_bytes_ += unpacked.text.size();
    const std::string subject =
        fmt::format("what it has in {} in {}", to_string(packing), encoding);
    // Two bytes tell zlib: what breaks off was a text that begins so, or has a few bytes to scan.
    const bool is_sure = packing == Packing::gzip || unpacked.end != Unpacked::End::damaged;
    Looked uncounted;
    Counted file(is_sure ? coverage_.containers[to_string(packing)] : uncounted, inner.text.size());
    file.decoded(unpacked.text);
    if (unpacked.end == Unpacked::End::cut) {
      leave_out(file.cause, object,
                fmt::format("{} unpacks to more than {} bytes", subject, limits_.decoded_bytes));
    } else if (is_sure &&
               (!goes_on || unpacked.end != Unpacked::End::damaged)) {  // the part's end cuts it
      tell_end(unpacked, subject, [&](Cause what, std::string detail) {
        leave_out(file.cause, object, std::move(detail), what, why_of_gap(what));
      });
    }
    if (goes_on && is_sure) {  // if not the stream, another one behind it
      leave_out(file.cause, object, subject + " reaches over the end of a part");
    }
    matches = found_in(object, unpacked.text, layer + 2, 0, file.cause);
    for (EncodedMatch& match : matches) {
      match.match.secret = range.range;
      match.encoding = within(within(match.encoding, to_string(packing)), encoding);
    }
    if (is_sure) return matches;
  }
  if (goes_on && inner.text.size() - inner_end < kDecodedContext) {
    leave_out(counted.cause, object,
              fmt::format("what it has in {} reaches over the end of a part", encoding));
  }
  for (EncodedMatch& match : found_in(object, inner.text, layer + 1, inner_end, counted.cause)) {
    match.match.secret = inner.map.source_of(match.match.secret);
    match.encoding = within(match.encoding, encoding);
    matches.push_back(std::move(match));
  }
  return matches;
}

// `layer` is that of what is encoded in the text. Ranges are places in the text.
std::vector<EncodedMatch> EncodedScanner::found_in(const Object& object, std::string_view text,
                                                   uint32_t layer, size_t own_end,
                                                   std::optional<Cause>& cause) {
  std::vector<Match> plain = scanner_.scan(text);
  if (const auto& stop = scanner_.stopped()) {
    leave_out(cause, object, stop->detail, cause_of(stop->why), stop->why);
  }
  if (const auto what = scanner_.unread(own_end); !what.empty()) {
    leave_out(cause, object, std::string(what));
  }
  const Range whole{0, text.size()};
  const FoundEncoded ranges = find_encoded(text, {&whole, 1}, limits_.deadline);
  if (!ranges.is_complete) {
    leave_out(cause, object, "not searched for encoded text to its end", Cause::out_of_time,
              Why::out_of_time);
  }
  std::vector<EncodedMatch> found;
  for (const EncodedRange& range : ranges.ranges) {
    if (layer > limits_.decoded_layers) {
      std::optional<Cause> deeper;
      leave_out(deeper, object,
                fmt::format("it has text in {} encodings, one in the other, and more",
                            limits_.decoded_layers),
                Cause::too_deep);
      coverage_.encodings[to_string(range.encoding)].add({1, range.range.size()}, deeper);
      continue;
    }
    std::ranges::move(decoded(object, text, range, layer, own_end), std::back_inserter(found));
  }
  found = without_duplicates(std::move(found), plain);
  prefer_encoded(plain, found);
  for (const Match& match : plain) {
    if (is_generic(*match.rule)) continue;
    const Range secret = match.secret;
    found.push_back({match, Secret(text.substr(secret.begin, secret.size())), {}});
  }
  return found;
}

void EncodedScanner::leave_out(std::optional<Cause>& cause, const Object& object,
                               std::string detail, Cause what, Why why) {
  if (!cause) cause = what;
  // The first of each reason: each has a policy of its own.
  if (std::ranges::find(unscanned_, why, &Unscanned::why) != unscanned_.end()) return;
  unscanned_.push_back({object.id, object.type,
                        object.part ? object.part->size : object.content.size(), why,
                        std::move(detail), 1, what});
}

}  // namespace pushguard
