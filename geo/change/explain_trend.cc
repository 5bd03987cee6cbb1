#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/change/ward_trends.h"
#include "geo/trends/trend_test.h"

namespace geo {
namespace {

int UsedMonths(const TrendSeries& series) { return static_cast<int>(std::count(series.use.begin(), series.use.end(), MonthUse::kUsed)); }

const char* MethodWords(TrendMethod method) {
  switch (method) {
    case TrendMethod::kNone:
      return "no test";
    case TrendMethod::kExact:
      return "by the exact Mann-Kendall test";
    case TrendMethod::kNormal:
      return "by the Mann-Kendall test";
    case TrendMethod::kSeasonal:
      return "by the Mann-Kendall test of each month of the year";
    case TrendMethod::kAutocorrelationCorrected:
      return "by a Mann-Kendall test widened because neighbouring months resemble each other";
  }
  __builtin_unreachable();
}

std::string Chance(double p) {
  if (p > 0.5) return "in more than half of such series";
  if (p < 1e-6) return "in fewer than 1 of 1,000,000 such series";
  return fmt::format("in 1 of {} such series", static_cast<std::int64_t>(std::llround(1 / p)));
}

std::string Slope(const SenSlope& slope) {
  if (slope.slope == 0) return "no slope";
  return fmt::format("{:.3g} incidents a month {} each year (95 % {:.3g} to {:.3g})", std::fabs(slope.slope), slope.slope > 0 ? "more" : "fewer", slope.low,
                     slope.high);
}

std::string Evidence(const TrendSeries& series, const TrendAnswer& answer, int used) {
  std::string text = fmt::format("S {} {} over {} used months, {}. ", series.trend.s, MethodWords(series.trend.method), used, Slope(series.slope_per_year));
  text += fmt::format("Without a trend, one at least as clear would come by chance {}", Chance(series.trend.p_value));
  // One total is not corrected; see JudgeAll.
  if (series.kind == WardRow::Kind::kArea) {
    text += fmt::format("; q = {:.2g} over {} {}", series.q_value, answer.tests_made, answer.tests_made == 1 ? "test" : "tests");
  }
  return text + ".";
}

// "3 partial (2018-12, 2019-02 and 1 more)"
std::string LeftOut(const TrendSeries& series, const TrendAnswer& answer, MonthUse use, const char* word) {
  constexpr int kShown = 3;
  std::string months;
  int n = 0;
  for (std::size_t i = 0; i < series.use.size(); ++i) {
    if (series.use[i] != use) continue;
    if (n < kShown) months += (n == 0 ? "" : ", ") + FormatMonth({answer.first.index + static_cast<std::int32_t>(i)});
    ++n;
  }
  if (n == 0) return {};
  if (n > kShown) months += fmt::format(" and {} more", n - kShown);
  return fmt::format("{} {} ({})", n, word, months);
}

std::string AllLeftOut(const TrendSeries& series, const TrendAnswer& answer) {
  struct Word {
    MonthUse use;
    const char* word;
  };
  std::string text;
  for (const Word& word : {Word{MonthUse::kMissing, "missing"}, Word{MonthUse::kBroken, "recorded otherwise"}, Word{MonthUse::kPartial, "partial"},
                           Word{MonthUse::kProvisional, "provisional"}}) {
    const std::string part = LeftOut(series, answer, word.use, word.word);
    if (!part.empty()) text += (text.empty() ? " Left out: " : ", ") + part;
  }
  return text.empty() ? text : text + ".";
}

std::string TooFew(const TrendSeries& series, int used) {
  if (used < kFewestForSeasonalTrend) {
    return fmt::format("{} {} used; a trend needs {}, or it cannot be told from the season.", used, used == 1 ? "month is" : "months are",
                       kFewestForSeasonalTrend);
  }
  // The months are enough, so either the incidents are not or no month of the year comes twice.
  std::int64_t incidents = 0;
  for (std::size_t i = 0; i < series.counts.size(); ++i) incidents += series.use[i] == MonthUse::kUsed ? series.counts[i] : 0;
  return fmt::format("{} incidents in {} used months; a trend needs {}.", incidents, used, kFewestToJudge);
}

}  // namespace

std::string ExplainTrend(const TrendSeries& series, const TrendAnswer& answer) {
  const int used = UsedMonths(series);
  std::string text = fmt::format("{}: ", VerdictWord(series.verdict));
  switch (series.verdict) {
    case Verdict::kHigher:
    case Verdict::kLower:
    case Verdict::kNoClearChange:
      text += Evidence(series, answer, used);
      break;
    case Verdict::kTooFewToSay:
      text += TooFew(series, used);
      break;
    case Verdict::kNotComparable:
      text += fmt::format("changes of recording leave {} of the {} months that a trend needs.", used, kFewestForSeasonalTrend);
      break;
  }
  return text + AllLeftOut(series, answer);
}

}  // namespace geo
