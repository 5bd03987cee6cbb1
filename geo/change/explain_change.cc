#include "geo/change/explain_change.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/change/grouped_number.h"

namespace geo {
namespace {

// 3 significant digits suffice to decide, and never read as a certainty.
std::string Odds(double p) {
  if (p > 0.5) return "in more than half";
  if (p < 1e-6) return "in fewer than 1 of 1,000,000";
  return fmt::format("in 1 of {}", Grouped(std::llround(1 / p)));
}

std::string Evidence(const WardRow& row, const WardAnswer& answer) {
  std::string text = fmt::format("Were the rates equal, a difference at least this large would come by chance {}{}", Odds(row.change.p_value),
                                 row.change.p_value > 0.5 ? " of comparisons" : " comparisons");
  if (row.change.widened_p_value > row.change.p_value)
    text +=
        fmt::format(" of Poisson counts, and {} as the areas vary here ({:.3g} times as much)", Odds(row.change.widened_p_value), answer.dispersion.widening());
  if (row.kind == WardRow::Kind::kArea)
    text += fmt::format("; q = {:.2g} over {} {}", row.change.q_value, answer.tests_made, answer.tests_made == 1 ? "test" : "tests");
  return text + ".";
}

std::string Crossed(const std::vector<CrossedBreak>& breaks) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(breaks.size(), kShown); ++i) text += (i == 0 ? "" : ", ") + breaks[i].id;
  if (breaks.size() > kShown) text += fmt::format(" and {} more", breaks.size() - kShown);
  return text;
}

}  // namespace

std::string ExplainChange(const WardRow& row, const WardQuery& query, const WardAnswer& answer) {
  if (row.kind == WardRow::Kind::kOutside || row.kind == WardRow::Kind::kUnlocated) return {};
  std::string text = fmt::format("{} to {} incidents", Grouped(row.before.incidents), Grouped(row.after.incidents));
  if (query.before.days() != query.after.days()) text += fmt::format(" in {} and {} days", query.before.days(), query.after.days());
  text += fmt::format(": {}. ", VerdictWord(row.change.verdict));
  switch (row.change.verdict) {
    case Verdict::kHigher:
    case Verdict::kLower:
    case Verdict::kNoClearChange:
      return text + Evidence(row, answer);
    case Verdict::kTooFewToSay:
      return text + fmt::format("The two periods need {} incidents together.", kFewestToJudge);
    case Verdict::kNotComparable:
      return text + fmt::format("The periods were not recorded alike: {}.", Crossed(row.category ? answer.breaks_of_category.at(*row.category) : answer.breaks));
  }
  __builtin_unreachable();
}

}  // namespace geo
