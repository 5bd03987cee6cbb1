// The words for months, signals and tests of a monthly series, the same in every format.
#pragma once

#include <optional>
#include <vector>

#include "wardwatch/v1/ward_trend.pb.h"

namespace server {

const char* MonthUseWord(wardwatch::v1::MonthUse use);               // "used", "missing", "partial", "provisional", "broken"
const char* SignalWord(wardwatch::v1::ControlSignal signal);         // "above limit", "below limit", "run above", "run below"; "" for none
const char* TrendMethodWord(wardwatch::v1::TrendMethod method);      // "mann-kendall-exact", ...; "" where no test was made
const char* TrendMethodSentence(wardwatch::v1::TrendMethod method);  // for people

// The counts of the months: nothing where a month is missing or its count hidden.
std::vector<std::optional<double>> MonthCounts(const wardwatch::v1::TrendSeries& series);

}  // namespace server
