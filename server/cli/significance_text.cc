#include "server/cli/significance_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "server/cli/value_text.h"
#include "wardwatch/v1/significance.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

bool IsDefined(const api::Significance& significance) { return significance.status() == api::SIGNIFICANCE_STATUS_DEFINED; }

const char* StatisticName(api::LocalStatistic statistic) {
  switch (statistic) {
    case api::LOCAL_STATISTIC_GI_STAR:
      return "Getis-Ord Gi*";
    case api::LOCAL_STATISTIC_GI:
      return "Getis-Ord Gi";
    case api::LOCAL_STATISTIC_LOCAL_MORAN:
      return "local Moran";
    default:
      return "nothing";
  }
}

std::string InferenceText(const api::SignificanceSummary& summary) {
  if (summary.inference() == api::INFERENCE_NORMAL) return "p from the normal distribution";
  if (summary.inference() == api::INFERENCE_NORMAL_AND_EQUAL_CHANCE) return "p the larger of the normal one and of incidents thrown at random";
  if (summary.permutations() > 0) return fmt::format("p from {} permutations", WholeText(summary.permutations()));
  if (summary.inference() == api::INFERENCE_PERMUTATION) return "p counted out over all arrangements of the values";
  return {};
}

std::string CorrectionText(const api::SignificanceSummary& summary) {
  return summary.multiple_testing() == api::MULTIPLE_TESTING_NONE
             ? fmt::format("no correction for many tests, each at {}", summary.false_discovery_rate())
             : fmt::format("false discoveries held at {} (Benjamini-Hochberg over all of them)", summary.false_discovery_rate());
}

std::string FoundText(const api::SignificanceSummary& summary) {
  std::string found = fmt::format("{} hot, {} cold", WholeText(summary.hot()), WholeText(summary.cold()));
  if (IsLocalMoran(summary)) found += fmt::format(", {} outliers", WholeText(summary.outliers()));
  return found;
}

std::string MoranText(const api::GlobalMoran& moran) {
  if (moran.status() != api::SIGNIFICANCE_STATUS_DEFINED) return {};
  return fmt::format("global I {} ({} expected without any pattern), z {}, p {}", DecimalText(moran.i(), 4), DecimalText(moran.expected(), 4),
                     DecimalText(moran.z(), 2), ProbabilityText(moran.p_value()));
}

template <class Warnings>
void AddWarnings(const Warnings& warnings, std::vector<LabelledLine>& lines) {
  for (const api::Warning& warning : warnings) lines.emplace_back("warning", fmt::format("{} [{}]", warning.text(), warning.code()));
}

std::string KernelWord(api::Kernel kernel) {
  std::string word = api::Kernel_Name(kernel);
  word.erase(0, word.find('_') + 1);
  for (char& c : word) c = c == '_' ? ' ' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return word;
}

}  // namespace

std::string SignificanceMark(const api::Significance& significance, bool local_moran) {
  if (!IsDefined(significance)) return {};
  if (local_moran) {
    switch (significance.moran_class()) {
      case api::LOCAL_MORAN_CLASS_HIGH_HIGH:
        return "HH";
      case api::LOCAL_MORAN_CLASS_LOW_LOW:
        return "LL";
      case api::LOCAL_MORAN_CLASS_HIGH_LOW:
        return "HL";
      case api::LOCAL_MORAN_CLASS_LOW_HIGH:
        return "LH";
      default:
        return ".";
    }
  }
  const int confidence = significance.confidence_class();
  if (confidence == 0) return ".";
  return std::string(static_cast<std::size_t>(std::min(3, std::abs(confidence))), confidence > 0 ? '+' : '-');
}

std::string StatisticText(const api::Significance& significance) {
  return IsDefined(significance) && significance.has_statistic() ? DecimalText(significance.statistic(), 2) : std::string();
}

std::string QValueText(const api::Significance& significance) {
  return IsDefined(significance) && significance.has_q_value() ? ProbabilityText(significance.q_value()) : std::string();
}

std::string PValueText(const api::Significance& significance) {
  return IsDefined(significance) && significance.has_p_value() ? ProbabilityText(significance.p_value()) : std::string();
}

const char* StatusWord(const api::Significance& significance) {
  switch (significance.status()) {
    case api::SIGNIFICANCE_STATUS_DEFINED:
      return "defined";
    case api::SIGNIFICANCE_STATUS_NOT_ANALYSED:
      return "not analysed";
    case api::SIGNIFICANCE_STATUS_NO_NEIGHBOURS:
      return "no neighbours";
    case api::SIGNIFICANCE_STATUS_NO_VARIANCE:
      return "no variance";
    case api::SIGNIFICANCE_STATUS_WHOLE_SET:
      return "neighbourhood is everything";
    case api::SIGNIFICANCE_STATUS_TOO_FEW:
      return "too few places";
    default:
      return "";
  }
}

const char* MoranClassWord(const api::Significance& significance) {
  switch (significance.moran_class()) {
    case api::LOCAL_MORAN_CLASS_HIGH_HIGH:
      return "high among high";
    case api::LOCAL_MORAN_CLASS_LOW_LOW:
      return "low among low";
    case api::LOCAL_MORAN_CLASS_HIGH_LOW:
      return "high among low";
    case api::LOCAL_MORAN_CLASS_LOW_HIGH:
      return "low among high";
    default:
      return "";
  }
}

int SignOf(const api::Significance& significance) {
  if (!IsDefined(significance) || !significance.significant()) return 0;
  if (significance.moran_class() == api::LOCAL_MORAN_CLASS_HIGH_HIGH) return 1;
  if (significance.moran_class() == api::LOCAL_MORAN_CLASS_LOW_LOW) return -1;
  if (significance.moran_class() != api::LOCAL_MORAN_CLASS_UNSPECIFIED) return 0;
  return significance.statistic() > 0 ? 1 : significance.statistic() < 0 ? -1 : 0;
}

bool IsLocalMoran(const api::SignificanceSummary& summary) { return summary.statistic() == api::LOCAL_STATISTIC_LOCAL_MORAN; }

const char* StatisticHeading(const api::SignificanceSummary& summary) { return IsLocalMoran(summary) ? "I" : "z"; }

const char* StatisticWord(const api::SignificanceSummary& summary) {
  switch (summary.statistic()) {
    case api::LOCAL_STATISTIC_GI_STAR:
      return "gi-star";
    case api::LOCAL_STATISTIC_GI:
      return "gi";
    case api::LOCAL_STATISTIC_LOCAL_MORAN:
      return "local-moran";
    default:
      return "none";
  }
}

void SignificanceCsvFields(const api::SignificanceSummary& summary, const api::Significance& significance, CsvWriter& csv) {
  const bool defined = IsDefined(significance);
  const auto number = [&](bool present, double value) { defined&& present ? csv.number(value) : csv.empty(); };
  csv.text(StatisticWord(summary));
  number(significance.has_statistic(), significance.statistic());
  number(significance.has_p_value(), significance.p_value());
  number(significance.has_q_value(), significance.q_value());
  // A class is a signed number, which text() would guard against spreadsheets.
  defined && !IsLocalMoran(summary) ? csv.whole(significance.confidence_class()) : csv.empty();
  csv.text(MoranClassWord(significance));
  defined ? csv.flag(significance.significant()) : csv.empty();
  csv.text(StatusWord(significance));
}

std::vector<LabelledLine> SignificanceLines(const api::SignificanceSummary& summary, const char* places) {
  std::vector<LabelledLine> lines;
  std::string tested = fmt::format("{} over {}: {} {} analysed, {} tested, {}", StatisticName(summary.statistic()), summary.neighbourhood(),
                                   WholeText(summary.analysed()), places, WholeText(summary.tests()), FoundText(summary));
  for (const std::string& part : {CorrectionText(summary), InferenceText(summary)}) tested += part.empty() ? "" : "; " + part;
  lines.emplace_back("chance", tested);
  lines.emplace_back("sig", IsLocalMoran(summary)
                                ? "H high, L low: the place, then its neighbours' mean; . no more than chance explains; blank where nothing was tested"
                                : "+++ more than chance explains at q 0.01, ++ at 0.05, + at 0.10, - less likewise, . neither; blank where nothing was tested");
  lines.emplace_back("together", MoranText(summary.global_moran()));
  AddWarnings(summary.warnings(), lines);
  return lines;
}

std::vector<LabelledLine> DensityLines(const api::DensityUsed& density) {
  if (density.bandwidth_m() <= 0) return {};
  std::string text = fmt::format("{} kernel, {} m{}", KernelWord(density.kernel()), DecimalText(density.bandwidth_m(), density.bandwidth_m() < 100 ? 1 : 0),
                                 density.why().empty() ? "" : " (" + density.why() + ")");
  if (density.kernel() == api::KERNEL_TRIANGULAR) text += fmt::format(", decay {}", density.triangular_decay());
  if (density.edge_correction() == api::EDGE_CORRECTION_UNIFORM) text += ", corrected at the outline (uniform)";
  if (density.edge_correction() == api::EDGE_CORRECTION_DIGGLE) text += ", corrected at the outline (Diggle)";
  if (density.adaptive()) {
    text += fmt::format(", adaptive: {} to {} m", DecimalText(density.narrowest_bandwidth_m(), 0), DecimalText(density.widest_bandwidth_m(), 0));
  }
  text += fmt::format("; {} distinct positions", WholeText(density.positions()));
  std::vector<LabelledLine> lines{{"density", text}};
  AddWarnings(density.warnings(), lines);
  return lines;
}

}  // namespace server
