#include "server/cli/crosswalk_report.h"

#include <fmt/format.h>

#include <vector>

#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string VintagesUsed(const api::AnswerContext& context) {
  const std::string from = ParameterUsed(context, "from_vintage");
  const std::string to = ParameterUsed(context, "to_vintage");
  return from.empty() || to.empty() ? std::string() : fmt::format(", {} to {}", from, to);
}

std::string NotPublishedLine(const api::CrosswalkCountsResponse& answer) {
  int rows = 0;
  for (const api::CrosswalkRow& row : answer.rows()) rows += row.kind() == api::ROW_KIND_AREA && row.not_published() > 0 ? 1 : 0;
  if (rows == 0) return {};
  return fmt::format("{} wards share ground with old wards that are not in the table: their counts are too low by an unknown number", WholeText(rows));
}

TextTable Shares(const api::CrosswalkCountsResponse& answer) {
  TextTable table({{"from", Align::kLeft, 0, 0}, {"to", Align::kLeft, 0, 0}, {"share", Align::kRight, 0, 0}, {"count", Align::kRight, 0, 0}});
  for (const api::CrosswalkShare& share : answer.shares()) {
    table.add_row({share.from_code(), share.to_code().empty() ? "(outside)" : share.to_code(), PercentText(share.share()), DecimalText(share.count(), 1)});
  }
  return table;
}

}  // namespace

std::string CrosswalkTable(const api::CrosswalkCountsResponse& answer, bool shares, const Terminal& terminal) {
  TextTable table({{"code", Align::kLeft, 0, 1},
                   {"ward", Align::kLeft, 13, 0},
                   {"estimate", Align::kRight, 0, 0},
                   {"low", Align::kRight, 0, 0},
                   {"high", Align::kRight, 0, 0},
                   {"not\npublished", Align::kRight, 0, 2}});
  bool in_areas = true;
  for (const api::CrosswalkRow& row : answer.rows()) {
    if (in_areas && row.kind() != api::ROW_KIND_AREA) {
      in_areas = false;
      table.add_rule();
    }
    table.add_row({row.area_code(), RowTitle(row.kind(), row.area_title()), DecimalText(row.estimate(), 1), DecimalText(row.low(), 1),
                   DecimalText(row.high(), 1), row.not_published() == 0 ? "" : WholeText(row.not_published())});
  }
  std::string out = Printable(fmt::format("A published table of {}{}", answer.context().dataset(), VintagesUsed(answer.context()))) + "\n\n";
  std::vector<std::string> left_out;
  out += table.format(terminal, &left_out);
  if (shares) out += '\n' + Shares(answer).format(terminal, &left_out);
  const std::vector<LabelledLine> first{LeftOutLine(left_out),
                                        {"bounds", "low: old wards that lie in it whole; high: old wards that share any ground with it"},
                                        {"incomplete", NotPublishedLine(answer)}};
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string CrosswalkCsv(const api::CrosswalkCountsResponse& answer) {
  CsvWriter csv;
  csv.record({"kind", "area_code", "area_title", "estimate", "low", "high", "not_published", "vintage", "snapshot"});
  for (const api::CrosswalkRow& row : answer.rows()) {
    csv.text(RowKindWord(row.kind())).text(row.area_code()).text(RowTitle(row.kind(), row.area_title()));
    csv.number(row.estimate()).number(row.low()).number(row.high()).whole(row.not_published());
    csv.text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

std::string CrosswalkSharesCsv(const api::CrosswalkCountsResponse& answer) {
  CsvWriter csv;
  csv.record({"from_code", "to_code", "share", "count", "vintage", "snapshot"});
  for (const api::CrosswalkShare& share : answer.shares()) {
    csv.text(share.from_code()).text(share.to_code()).number(share.share()).number(share.count());
    csv.text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
