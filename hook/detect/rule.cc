#include "detect/rule.h"

#include <algorithm>

#include "detect/conditions.h"
#include "detect/path_glob.h"

namespace pushguard {
namespace {

bool is_exception(std::string_view glob) { return glob.starts_with('!'); }

bool has_chosen_paths(const Rule& rule) {
  return !std::ranges::all_of(rule.paths, is_exception);
}

}  // namespace

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::possible: return "possible";
    case Confidence::likely: return "likely";
    case Confidence::confirmed: return "confirmed";
  }
  return "possible";
}

std::string_view to_string(Privilege privilege) {
  switch (privilege) {
    case Privilege::admin: return "admin";
    case Privilege::write: return "write";
    case Privilege::read: return "read";
    case Privilege::identity: return "identity";
    case Privilege::pay: return "pay";
    case Privilege::infer: return "infer";
    case Privilege::send: return "send";
    case Privilege::unknown: return "unknown";
  }
  return "unknown";
}

std::string_view to_string(Lifetime lifetime) {
  switch (lifetime) {
    case Lifetime::long_lived: return "long-lived";
    case Lifetime::expiring: return "expiring";
    case Lifetime::short_lived: return "short-lived";
    case Lifetime::discontinued: return "discontinued";
    case Lifetime::unknown: return "unknown";
  }
  return "unknown";
}

bool applies_to(const Rule& rule, std::string_view path) {
  if (rule.conditions && rule.conditions->in_files && !finds(*rule.conditions->in_files, path)) {
    return false;
  }
  bool among_chosen = !has_chosen_paths(rule);
  for (const std::string_view glob : rule.paths) {
    if (!is_exception(glob)) {
      among_chosen = among_chosen || matches_path_glob(glob, path);
    } else if (matches_path_glob(glob.substr(1), path)) {
      return false;
    }
  }
  return among_chosen;
}

bool is_about_all(const Rule& rule) {
  return !has_chosen_paths(rule) && !(rule.conditions && rule.conditions->in_files);
}

}  // namespace pushguard
