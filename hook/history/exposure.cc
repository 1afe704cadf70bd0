// SPDX-License-Identifier: Apache-2.0
#include "history/exposure.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace pushguard {
namespace {

auto position(const Place& place) {
  return std::tuple(place.commit_order, std::string_view(place.path), std::string_view(place.entry),
                    place.line, place.column, std::string_view(place.ref));
}

bool is_same(const Place& a, const Place& b) {
  return a.kind == b.kind && a.commit == b.commit && a.object == b.object &&
         position(a) == position(b);
}

// What may be a secret anywhere is described as one, whatever else it is.
std::pair<int, Confidence> strength(FindingKind kind, Confidence confidence) {
  switch (kind) {
    case FindingKind::promoted_example: return {0, confidence};
    case FindingKind::anywhere:
    case FindingKind::named_file: break;
  }
  return {1, confidence};
}

void add_finding(Exposure& exposure, const Finding& finding) {
  const bool first = exposure.rule == nullptr;
  if (first) {
    exposure.secret = finding.secret;
    exposure.allowlists_by_place = finding.allowlists_by_place;
  } else {
    exposure.allowlists_by_place &= finding.rule == exposure.rule ? finding.allowlists_by_place : 0;
  }
  if (!finding.encoding.empty() &&
      std::ranges::find(exposure.written, finding.written) == exposure.written.end()) {
    exposure.written.push_back(finding.written);
  }
  const auto found = strength(finding.kind, finding.confidence),
             known = strength(exposure.kind, exposure.confidence);
  if (!first && found == known) exposure.since = std::min(exposure.since, finding.since);
  if (!first && found <= known) return;
  exposure.since = finding.since;
  exposure.kind = finding.kind;
  exposure.example = finding.example;
  exposure.is_strong = finding.is_strong;
  exposure.is_spent = finding.is_spent;
  exposure.rule = finding.rule;
  exposure.confidence = finding.confidence;
  exposure.note = finding.note;
}

void finish(Exposure& exposure) {
  auto& places = exposure.places;
  std::ranges::stable_sort(places, {}, position);
  places.erase(std::unique(places.begin(), places.end(), is_same), places.end());
  // Only what the server itself is seen to have counts as there before.
  const auto any = [&](Origin origin) {
    return std::ranges::find(places, origin, &Place::origin) != places.end();
  };
  // What is counted only may be anything.
  const bool all_older = any(Origin::preexisting) && !any(Origin::introduced);
  exposure.origin =
      all_older && exposure.more_places == 0 ? Origin::preexisting : Origin::introduced;
}

}  // namespace

std::string_view to_string(Origin origin) {
  switch (origin) {
    case Origin::introduced: return "introduced";
    case Origin::carried: return "carried";
    case Origin::preexisting: return "preexisting";
  }
  return "introduced";
}

std::string_view to_string(Place::Kind kind) {
  switch (kind) {
    case Place::Kind::file: return "file";
    case Place::Kind::file_name: return "file-name";
    case Place::Kind::commit: return "commit";
    case Place::Kind::tag: return "tag";
    case Place::Kind::object: return "object";
    case Place::Kind::ref_name: return "ref-name";
    case Place::Kind::push_option: return "push-option";
    case Place::Kind::push_certificate: return "push-certificate";
  }
  return "object";
}

void set_place(Place& place, const Finding& finding) {
  place.object = finding.object;
  place.entry = finding.entry;
  place.encoding = finding.encoding;
  place.line = finding.line;
  place.column = finding.column;
  place.offset = finding.offset;
}

Place place_of(const Finding& finding) {
  Place place;
  set_place(place, finding);
  return place;
}

std::vector<Exposure> make_exposures(std::vector<PlacedFinding> found) {
  std::vector<Exposure> exposures;
  std::map<Secret, size_t> known;
  for (PlacedFinding& one : found) {
    const auto [entry, added] = known.try_emplace(one.finding.secret, exposures.size());
    if (added) exposures.emplace_back();
    Exposure& exposure = exposures[entry->second];
    add_finding(exposure, one.finding);
    std::ranges::move(one.places, std::back_inserter(exposure.places));
    exposure.more_places += one.more_places;
  }
  for (Exposure& exposure : exposures) finish(exposure);
  std::ranges::stable_sort(exposures, {}, [](const Exposure& exposure) {
    const Place& first = exposure.places.front();
    return std::tuple(first.commit_order, std::string_view(first.path), first.line, first.column);
  });
  return exposures;
}

void set_fingerprints(std::vector<Exposure>& exposures, const SiteKey& key) {
  for (Exposure& exposure : exposures) {
    exposure.fingerprint = fingerprint(exposure.secret, key);
    set_fingerprints(exposure.partners, key);
  }
}

}  // namespace pushguard
