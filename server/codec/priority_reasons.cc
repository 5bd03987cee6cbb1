#include "server/codec/priority_reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace server {
namespace {

constexpr std::size_t kMostReasons = 3;
constexpr double kMostOfHarm = 0.5;

double PointsOf(const geo::WorkstreamScore& score) { return std::accumulate(score.points.begin(), score.points.end(), 0.0); }

std::string TrendText(const geo::WorkstreamScore& score) {
  switch (score.trend) {
    case geo::Verdict::kHigher:
    case geo::Verdict::kLower:
      return fmt::format("; {} than a year before ({} then)", geo::VerdictWord(score.trend), score.place_incidents_before);
    case geo::Verdict::kNoClearChange:
      return fmt::format("; no clear change from a year before ({} then)", score.place_incidents_before);
    case geo::Verdict::kNotComparable:
      return "; not comparable with a year before";
    case geo::Verdict::kTooFewToSay:
      return "; too few to say how it changed";
  }
  return "";
}

std::string ReasonOf(const geo::DatasetRecord& record, const geo::Candidate& candidate, const geo::WorkstreamScore& score) {
  const geo::Workstream& of = record.workstreams[score.workstream];
  std::string text = fmt::format("{}: {:.1f} points", of.title, PointsOf(score));
  text += candidate.block >= 0 ? fmt::format("; {:.3g} of the place's {} incidents in these hours", score.incidents, score.place_incidents)
                               : fmt::format("; {} incidents", score.place_incidents);
  text += fmt::format(", more than {:.0f} % of places", std::max(0.0, score.volume_percentile * 100 - 0.5));
  if (candidate.block >= 0) text += " and hours";
  if (score.years_covered > 0) text += fmt::format("; hot in {} of {} years before", score.years_hot, score.years_covered);
  return text + TrendText(score);
}

}  // namespace

std::vector<std::string> PriorityReasons(const geo::DatasetRecord& record, const geo::Candidate& candidate, bool harm_told) {
  std::vector<const geo::WorkstreamScore*> order;
  for (const geo::WorkstreamScore& score : candidate.workstreams) {
    if (PointsOf(score) > 0) order.push_back(&score);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return PointsOf(*a) > PointsOf(*b); });
  std::vector<std::string> reasons;
  for (std::size_t i = 0; i < std::min(order.size(), kMostReasons); ++i) reasons.push_back(ReasonOf(record, candidate, *order[i]));
  if (order.size() > kMostReasons) reasons.push_back(fmt::format("and {} further workstreams", order.size() - kMostReasons));
  if (harm_told && candidate.harm > 0 && candidate.harm - candidate.harm_without_largest > kMostOfHarm * candidate.harm) {
    reasons.push_back("one incident is most of its harm: read the harm without it");
  }
  if (harm_told && candidate.unweighted > 0) {
    reasons.push_back(fmt::format("{} of {} incidents have no weight in the table and are no part of its harm", candidate.unweighted, candidate.incidents));
  }
  return reasons;
}

}  // namespace server
