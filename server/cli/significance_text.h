// Significance and density in the words of tables, the same for cells and areas.
#pragma once

#include <string>
#include <vector>

#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"

namespace wardwatch::v1 {
class DensityUsed;
class Significance;
class SignificanceSummary;
}  // namespace wardwatch::v1

namespace server {

// "+++", "++", "+" hot and "---", "--", "-" cold at q 0.01, 0.05, 0.10, "." neither; of local Moran "HH", "LL", "HL", "LH", "."; empty where nothing was
// tested.
std::string SignificanceMark(const wardwatch::v1::Significance& significance, bool local_moran);
// "3.94"; empty where it is not defined.
std::string StatisticText(const wardwatch::v1::Significance& significance);
// "0.032", "<0.001"; empty where it is not defined.
std::string QValueText(const wardwatch::v1::Significance& significance);
std::string PValueText(const wardwatch::v1::Significance& significance);
// "defined", "not analysed", "no neighbours", ...
const char* StatusWord(const wardwatch::v1::Significance& significance);
// "high among high", ...; empty for no class.
const char* MoranClassWord(const wardwatch::v1::Significance& significance);
// +1 more than chance, -1 less, 0 neither or an outlier: where it is significant at the rate asked for.
int SignOf(const wardwatch::v1::Significance& significance);

// What heads the column of the statistic: "z", or "I" for local Moran.
const char* StatisticHeading(const wardwatch::v1::SignificanceSummary& summary);
// "gi-star", ...
const char* StatisticWord(const wardwatch::v1::SignificanceSummary& summary);
bool IsLocalMoran(const wardwatch::v1::SignificanceSummary& summary);

// The eight fields of a csv: statistic, statistic_value, p_value, q_value, confidence_class, moran_class, significant, significance_status; empty where not
// known.
void SignificanceCsvFields(const wardwatch::v1::SignificanceSummary& summary, const wardwatch::v1::Significance& significance, CsvWriter& csv);

// For the footer: what was tested and how, the marks explained, global Moran, warnings. `places`: "cells", "areas".
std::vector<LabelledLine> SignificanceLines(const wardwatch::v1::SignificanceSummary& summary, const char* places);
// For the footer: kernel, bandwidth and why, warnings.
std::vector<LabelledLine> DensityLines(const wardwatch::v1::DensityUsed& density);

}  // namespace server
