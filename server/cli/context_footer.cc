#include "server/cli/context_footer.h"

#include <fmt/format.h>

#include "server/cli/period_text.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/common.pb.h"

namespace server {
namespace {

constexpr int kLabelWidth = 11;

// Twelve digits of a SHA-256 tell versions apart; the whole of it is in the json.
std::string Shortened(const std::string& digest) { return digest.size() == 64 ? digest.substr(0, 12) : digest; }

std::string Precision(double precision_m) {
  return precision_m == 0 ? "positions as recorded" : fmt::format("positions good to {} m", DecimalText(precision_m, precision_m < 10 ? 1 : 0));
}

std::string Parameters(const wardwatch::v1::AnswerContext& context) {
  std::string text;
  for (const auto& parameter : context.parameters()) {
    if (parameter.value().empty()) continue;
    if (!text.empty()) text += "; ";
    text += parameter.name() + " " + parameter.value();
  }
  return text;
}

}  // namespace

std::string LabelledLines(const std::vector<LabelledLine>& lines, const Terminal& terminal) {
  std::string out;
  for (const auto& [label, text] : lines) {
    if (text.empty()) continue;
    std::string lead = label;
    for (const std::string& line : FoldText(Printable(text), terminal.width_columns - kLabelWidth)) {
      out += PadToWidth(lead, kLabelWidth, false) + line + '\n';
      lead.clear();
    }
  }
  return out;
}

std::string ContextFooter(const wardwatch::v1::AnswerContext& context, const std::vector<LabelledLine>& first, const Terminal& terminal) {
  std::vector<LabelledLine> lines = first;
  lines.emplace_back(
      "data",
      fmt::format("{}, version {}, complete to {}{}", context.dataset(), Shortened(context.snapshot()), DayText(context.as_at()),
                  context.rows_rejected_at_load() > 0 ? fmt::format("; {} rows rejected at load", WholeText(context.rows_rejected_at_load())) : std::string()));
  lines.emplace_back("places", fmt::format("{}{}{}", context.vintage().empty() ? "" : fmt::format("areas of {}; ", context.vintage()),
                                           Precision(context.precision_m()), context.transformation().empty() ? "" : "; " + context.transformation()));
  lines.emplace_back("asked", Parameters(context));
  lines.emplace_back("method", context.method());
  for (const auto& crossed : context.breaks_crossed()) {
    lines.emplace_back("break", fmt::format("{} ({}): {}", crossed.id(), DayRangeText(crossed.days()), crossed.note()));
  }
  if (context.tests_made() > 0) lines.emplace_back("tests", fmt::format("{}, false discovery controlled over all of them", WholeText(context.tests_made())));
  lines.emplace_back("disclosure", context.disclosure_rule());
  if (context.seed() != 0) lines.emplace_back("seed", fmt::format("{}", context.seed()));
  if (!context.answer_hash().empty()) lines.emplace_back("answer", Shortened(context.answer_hash()));
  return LabelledLines(lines, terminal);
}

LabelledLine LeftOutLine(const std::vector<std::string>& left_out) {
  if (left_out.empty()) return {"too narrow", ""};
  return {"too narrow", fmt::format("for: {}; a wider terminal or --format csv shows them", fmt::join(left_out, ", "))};
}

std::string ParameterUsed(const wardwatch::v1::AnswerContext& context, const std::string& name) {
  for (const auto& parameter : context.parameters()) {
    if (parameter.name() == name) return parameter.value();
  }
  return {};
}

}  // namespace server
