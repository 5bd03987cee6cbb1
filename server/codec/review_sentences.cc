#include "server/codec/review_sentences.h"

#include <fmt/format.h>

#include <cmath>

namespace server {
namespace {

std::string PerYear(const geo::CameraReview& review) {
  return fmt::format("{:.1f} incidents a year in view (95 % {:.1f} to {:.1f})", review.per_year, review.per_year_interval.low, review.per_year_interval.high);
}

std::string Percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

}  // namespace

std::string ReviewSentence(const std::string& reason, const geo::CameraReview& review, const geo::ReviewQuery& query) {
  const geo::ReviewRules& rules = query.rules;
  if (reason == "NEED_SHOWN") return fmt::format("{}; {} a year are asked for", PerYear(review), rules.need_per_year);
  if (reason == "NOTHING_IN_VIEW") return "no incident was in view in either period";
  if (reason == "FEW_IN_VIEW") return fmt::format("{}, below {} a year even at the upper end", PerYear(review), rules.need_per_year);
  if (reason == "OUT_OF_ORDER") return fmt::format("it does not work; working, it would see {:.1f} that no other camera sees", review.unique);
  if (reason == "MOSTLY_DUPLICATED") return fmt::format("{} of what it sees is seen by it alone, under {}", Percent(review.unique_share), Percent(rules.least_unique_share));
  if (reason == "BETTER_SITE_KNOWN")
    return fmt::format("it can be moved, and at {} a camera would add {:.1f}, at least {} times the {:.1f} that it alone sees", review.better_site,
                       review.better_site_adds, rules.better_by, review.unique);
  if (reason == "SITE_INSIDE_BUILDING") return "its position lies inside a building, so it has no view: correct the register, or say that it is on the building";
  if (reason == "RISING") return fmt::format("incidents in view rose beyond chance, {:.1f} to {:.1f}", review.earlier, review.recent);
  if (reason == "FALLING") return fmt::format("incidents in view fell beyond chance, {:.1f} to {:.1f}", review.earlier, review.recent);
  if (reason == "WEAK_EVIDENCE") return fmt::format("{} of what it sees is of kinds for which studies support cameras", Percent(review.evidence.responsive_share));
  if (reason == "HOURS_MOSTLY_UNKNOWN") return fmt::format("the hour of {} of what it sees is known", Percent(review.hours.known_share));
  if (reason == "HOURS_NOT_MONITORED") return fmt::format("somebody watches in {} of what it sees", Percent(review.hours.monitored_share.value_or(0)));
  if (reason == "BEARING_UNKNOWN") return "which way it looks is not known: it is taken to look all round, each way for a share of the time";
  if (reason == "PLACES_IN_VIEW") return "homes or other protected places are in view at this level";
  return reason;
}

}  // namespace server
