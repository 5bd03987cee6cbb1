// Changes, rates and their intervals as a person reads them, and as csv.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/terminal.h"
#include "wardwatch/v1/ward_change.pb.h"

namespace server {

// "0.61–0.72"; "-3.1 to 1.2" where a sign would meet the dash; without an upper bound "0.61–∞".
std::string RangeText(const wardwatch::v1::Interval& interval, int places, const Terminal& terminal);
// "0.66 (0.61–0.72)", a dash where there is no ratio.
std::string RatioText(const wardwatch::v1::Change& change, const Terminal& terminal);
// "+12.5 %"; nothing where the server gives no percentage.
std::string PercentChangeText(bool present, double percent);
// A dash where there is no rate.
std::string RateText(const wardwatch::v1::Rate& rate, const Terminal& terminal);
// "per 1,000\nresidents", "per\nkm2": a heading of two lines.
std::string RateHeading(const std::string& denominator, double per);

// "areas vary 2.31 times as much as Poisson counts (24 compared): p-values are widened by it"; nothing where there is no factor.
LabelledLine DispersionLine(const wardwatch::v1::Dispersion& dispersion);
// How many incidents were left out because their hour is not known; nothing where none was.
LabelledLine HoursLine(bool present, const wardwatch::v1::Count& unknown_hour);
// "what: sentence", folded.
std::string ExplanationLines(const std::string& what, const std::string& sentence, const Terminal& terminal);

// "2 higher, 1 lower, 21 no clear change"
class VerdictTally {
 public:
  void add(wardwatch::v1::Verdict verdict);
  std::string text() const;

 private:
  std::array<int, 6> counts_{};
};

// A number, or an empty field where there is none.
CsvWriter& CsvOptional(CsvWriter& csv, bool present, double value);
// Low and high; both empty where absent, high empty where unbounded.
CsvWriter& CsvInterval(CsvWriter& csv, bool present, const wardwatch::v1::Interval& interval);
// value, year, rate, low, high of a rate.
CsvWriter& CsvRate(CsvWriter& csv, const wardwatch::v1::Rate& rate);
// ratio, ratio low and high, percent, p, widened p, q, E-test p, z, verdict, explanation, as in kChangeColumns. p-values and z only where a verdict was given.
extern const std::vector<std::string_view> kChangeColumns;
CsvWriter& CsvChange(CsvWriter& csv, const wardwatch::v1::Change& change);

}  // namespace server
