#include "server/cli/trend_words.h"

#include "server/cli/value_text.h"

namespace server {

namespace api = wardwatch::v1;

const char* MonthUseWord(api::MonthUse use) {
  switch (use) {
    case api::MONTH_USE_USED:
      return "used";
    case api::MONTH_USE_MISSING:
      return "missing";
    case api::MONTH_USE_PARTIAL:
      return "partial";
    case api::MONTH_USE_PROVISIONAL:
      return "provisional";
    case api::MONTH_USE_BROKEN:
      return "broken";
    default:
      return "unknown";
  }
}

const char* SignalWord(api::ControlSignal signal) {
  switch (signal) {
    case api::CONTROL_SIGNAL_ABOVE:
      return "above limit";
    case api::CONTROL_SIGNAL_BELOW:
      return "below limit";
    case api::CONTROL_SIGNAL_RUN_ABOVE:
      return "run above";
    case api::CONTROL_SIGNAL_RUN_BELOW:
      return "run below";
    default:
      return "";
  }
}

const char* TrendMethodWord(api::TrendMethod method) {
  switch (method) {
    case api::TREND_METHOD_EXACT:
      return "mann-kendall-exact";
    case api::TREND_METHOD_NORMAL:
      return "mann-kendall-normal";
    case api::TREND_METHOD_SEASONAL:
      return "mann-kendall-seasonal";
    case api::TREND_METHOD_AUTOCORRELATION_CORRECTED:
      return "mann-kendall-autocorrelation-corrected";
    default:
      return "";
  }
}

const char* TrendMethodSentence(api::TrendMethod method) {
  switch (method) {
    case api::TREND_METHOD_EXACT:
      return "Mann-Kendall, exact";
    case api::TREND_METHOD_NORMAL:
      return "Mann-Kendall";
    case api::TREND_METHOD_SEASONAL:
      return "seasonal Mann-Kendall";
    case api::TREND_METHOD_AUTOCORRELATION_CORRECTED:
      return "Mann-Kendall, corrected for autocorrelation";
    default:
      return "not tested";
  }
}

std::vector<std::optional<double>> MonthCounts(const api::TrendSeries& series) {
  std::vector<std::optional<double>> counts;
  for (const api::MonthPoint& point : series.months()) {
    const api::Count& count = point.incidents();
    const bool known = point.use() != api::MONTH_USE_MISSING && (count.has_exact() || count.has_rounded());
    counts.push_back(known ? std::optional(static_cast<double>(NumberOf(count))) : std::nullopt);
  }
  return counts;
}

}  // namespace server
