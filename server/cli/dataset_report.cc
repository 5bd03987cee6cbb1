#include "server/cli/dataset_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/request_options.h"
#include "server/cli/text_table.h"
#include "server/cli/value_text.h"
#include "server/cli/workstream_report.h"
#include "wardwatch/v1/dataset_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

const char* TimeWords(api::TimeKnowledge time) {
  switch (time) {
    case api::TIME_KNOWLEDGE_MONTH:
      return "month only";
    case api::TIME_KNOWLEDGE_DAY:
      return "day";
    case api::TIME_KNOWLEDGE_CLOCK:
      return "day and hour";
    default:
      return "unknown";
  }
}

const char* StateWord(api::MonthState state) {
  switch (state) {
    case api::MONTH_STATE_COMPLETE:
      return "complete";
    case api::MONTH_STATE_PARTIAL:
      return "partial";
    case api::MONTH_STATE_EMPTY:
      return "no rows";
    case api::MONTH_STATE_PROVISIONAL:
      return "provisional";
    default:
      return "unknown";
  }
}

// The count behind a share: the wire has the share, people need both counts.
std::string PartOf(double share, const api::Count& base) {
  return IsHidden(base) ? "hidden" : WholeText(std::llround(share * static_cast<double>(NumberOf(base))));
}

// "2019-2021, 2024"
std::string YearsText(const google::protobuf::RepeatedField<std::int32_t>& years) {
  std::string text;
  for (int i = 0; i < years.size();) {
    int last = i;
    while (last + 1 < years.size() && years[last + 1] == years[last] + 1) ++last;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", years[i]);
    if (last > i) text += fmt::format("-{}", years[last]);
    i = last + 1;
  }
  return text;
}

std::string SourceNotes(const api::Source& source) {
  std::string notes = fmt::format("{}; {}", TimeWords(source.time()),
                                  source.precision_m() == 0 ? "positions as recorded" : fmt::format("good to {} m", DecimalText(source.precision_m(), 0)));
  if (source.snapped()) notes += "; snapped to stand-in points, not for camera siting or street-level claims";
  if (!source.transformation().empty()) notes += "; " + source.transformation();
  if (source.repeated_references() > 0) notes += fmt::format("; {} rows share a reference", WholeText(source.repeated_references()));
  if (source.flags_size() > 0) notes += fmt::format("; tells {}", fmt::join(source.flags(), ", "));
  for (const api::RejectCount& reject : source.rejects()) notes += fmt::format("; rejected {}: {}", reject.reason(), WholeText(reject.rows()));
  return notes;
}

std::string FilesTable(const api::Dataset& dataset, const Terminal& terminal) {
  TextTable table({{"source", Align::kLeft, 10, 0},
                   {"file", Align::kLeft, 16, 0},
                   {"rows in", Align::kRight, 0, 0},
                   {"kept", Align::kRight, 0, 0},
                   {"rejected", Align::kRight, 0, 0},
                   {"no position", Align::kRight, 0, 0}});
  std::int64_t in = 0;
  std::int64_t kept = 0;
  std::int64_t rejected = 0;
  std::int64_t unlocated = 0;
  for (const api::Source& source : dataset.sources()) {
    for (const api::SourceFile& file : source.files()) {
      table.add_row({source.id(), file.name(), WholeText(file.rows_in()), WholeText(file.rows_kept()), WholeText(file.rows_rejected()),
                     WholeText(file.rows_unlocated())});
      in += file.rows_in();
      kept += file.rows_kept();
      rejected += file.rows_rejected();
      unlocated += file.rows_unlocated();
    }
  }
  table.add_rule();
  table.add_row({"Total", "", WholeText(in), WholeText(kept), WholeText(rejected), WholeText(unlocated)});
  return table.format(terminal, nullptr);
}

std::string VintagesTable(const api::Dataset& dataset, const Terminal& terminal) {
  TextTable table({{"vintage", Align::kLeft, 0, 0},
                   {"title", Align::kLeft, 12, 0},
                   {"areas", Align::kRight, 0, 0},
                   {"from", Align::kLeft, 0, 0},
                   {"until", Align::kLeft, 0, 0},
                   {"residents known for", Align::kLeft, 10, 0}});
  for (const api::Vintage& vintage : dataset.vintages()) {
    table.add_row({vintage.id(), vintage.title(), WholeText(vintage.area_count()), DayText(vintage.valid_from()),
                   vintage.has_valid_to() ? DayText(vintage.valid_to()) : "now", YearsText(vintage.population_years())});
  }
  return table.format(terminal, nullptr);
}

// "harm-2025 (Title, version 2025.1; days, Publisher): robbery 365, theft 2.5": heaviest first.
std::string WeightTableNote(const api::WeightTable& table) {
  std::vector<api::CategoryWeight> entries(table.entries().begin(), table.entries().end());
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.weight() > b.weight(); });
  std::vector<std::string> weights;
  for (const api::CategoryWeight& entry : entries) weights.push_back(fmt::format("{} {}", entry.category(), entry.weight()));
  return fmt::format("{} ({}, version {}; {}; {}): {}; others have none", table.id(), table.title(), table.version(), table.unit(), table.source(),
                     fmt::join(weights, ", "));
}

std::string CategoriesTable(const api::Dataset& dataset, const Terminal& terminal) {
  TextTable table({{"category", Align::kLeft, 0, 0}, {"title", Align::kLeft, 12, 0}, {"counts as", Align::kLeft, 0, 0}});
  for (const api::Category& category : dataset.categories()) {
    table.add_row({category.id(), category.title(), category.kind() == api::CATEGORY_KIND_CRIME ? "crime" : "incident"});
  }
  return table.format(terminal, nullptr);
}

}  // namespace

std::string DatasetsTable(const api::ListDatasetsResponse& answer, const Terminal& terminal) {
  if (answer.datasets().empty()) return "The server's store holds no dataset; `wardwatch load` adds one.\n";
  TextTable table({{"dataset", Align::kLeft, 0, 0},
                   {"title", Align::kLeft, 14, 0},
                   {"incidents", Align::kRight, 0, 0},
                   {"with position", Align::kRight, 0, 0},
                   {"days", Align::kLeft, 0, 0},
                   {"complete to", Align::kLeft, 0, 1}});
  for (const api::Dataset& dataset : answer.datasets()) {
    table.add_row({DatasetId(dataset.name()), dataset.title(), WholeText(dataset.incidents()), WholeText(dataset.located()), DayRangeText(dataset.extent()),
                   DayText(dataset.as_at())});
  }
  std::vector<std::string> left_out;
  const std::string text = table.format(terminal, &left_out);
  return text + LabelledLines({LeftOutLine(left_out)}, terminal);
}

std::string DatasetsCsv(const api::ListDatasetsResponse& answer) {
  CsvWriter csv;
  csv.record({"dataset", "title", "publisher", "licence", "incidents", "located", "days", "as_at", "time_zone", "content_sha256"});
  for (const api::Dataset& dataset : answer.datasets()) {
    csv.text(DatasetId(dataset.name()))
        .text(dataset.title())
        .text(dataset.publisher())
        .text(dataset.licence())
        .whole(dataset.incidents())
        .whole(dataset.located());
    csv.text(DayRangeText(dataset.extent())).text(DayText(dataset.as_at())).text(dataset.time_zone()).text(dataset.content_sha256());
    csv.end_record();
  }
  return csv.take();
}

std::string DatasetTable(const api::GetDatasetResponse& answer, const Terminal& terminal) {
  const api::Dataset& dataset = answer.dataset();
  std::string out = LabelledLines(
      {{"dataset", DatasetId(dataset.name())},
       {"title", dataset.title()},
       {"publisher", dataset.publisher()},
       {"licence", dataset.licence()},
       {"incidents", fmt::format("{}, {} with a position", WholeText(dataset.incidents()), WholeText(dataset.located()))},
       {"days", fmt::format("{}, complete to {}, local time of {}", DayRangeText(dataset.extent()), DayText(dataset.as_at()), dataset.time_zone())},
       {"content", dataset.content_sha256()}},
      terminal);
  out += '\n' + FilesTable(dataset, terminal) + '\n';
  std::vector<LabelledLine> notes;
  for (const api::Source& source : dataset.sources()) {
    notes.emplace_back("source", fmt::format("{} ({}): {}", source.id(), source.title(), SourceNotes(source)));
  }
  for (const api::RecordingBreak& known : dataset.breaks()) {
    notes.emplace_back(
        "break",
        fmt::format("{} ({}; {}; {}): {}", known.id(), DayRangeText(known.days()), known.source().empty() ? "every source" : known.source(),
                    known.categories().empty() ? std::string("every category") : fmt::format("{}", fmt::join(known.categories(), ", ")), known.note()));
  }
  for (const api::WeightTable& table : dataset.weight_tables()) notes.emplace_back("weights", WeightTableNote(table));
  for (const api::Workstream& workstream : dataset.workstreams()) notes.emplace_back("workstream", WorkstreamNote(workstream));
  for (const api::NamedTimeWindow& window : dataset.time_windows()) notes.emplace_back("window", TimeWindowNote(window));
  for (const api::Flag& flag : dataset.flags()) notes.emplace_back("flag", fmt::format("{} ({})", flag.id(), flag.title()));
  out += LabelledLines(notes, terminal) + '\n' + VintagesTable(dataset, terminal) + '\n' + CategoriesTable(dataset, terminal);
  return out + '\n' + ContextFooter(answer.context(), {}, terminal);
}

std::string DatasetCsv(const api::GetDatasetResponse& answer) {
  CsvWriter csv;
  csv.record({"dataset", "source", "time_knowledge", "precision_m", "snapped", "file", "sha256", "rows_in", "rows_kept", "rows_rejected", "rows_unlocated",
              "snapshot"});
  for (const api::Source& source : answer.dataset().sources()) {
    for (const api::SourceFile& file : source.files()) {
      csv.text(DatasetId(answer.dataset().name())).text(source.id()).text(TimeWords(source.time())).number(source.precision_m()).flag(source.snapped());
      csv.text(file.name()).text(file.sha256()).whole(file.rows_in()).whole(file.rows_kept()).whole(file.rows_rejected()).whole(file.rows_unlocated());
      csv.text(answer.context().snapshot());
      csv.end_record();
    }
  }
  return csv.take();
}

std::string CoverageTable(const api::GetCoverageResponse& answer, const Terminal& terminal) {
  TextTable table({{"source", Align::kLeft, 10, 0},
                   {"month", Align::kLeft, 0, 0},
                   {"incidents", Align::kRight, 0, 0},
                   {"with position", Align::kRight, 0, 0},
                   {"hour known", Align::kRight, 0, 1},
                   {"state", Align::kLeft, 0, 0},
                   {"partial categories", Align::kLeft, 10, 0}});
  int doubtful = 0;
  std::string source_before;
  for (const api::SourceMonth& month : answer.months()) {
    if (!source_before.empty() && source_before != month.source()) table.add_rule();
    source_before = month.source();
    std::vector<std::string> partial;
    for (const api::CategoryCount& category : month.categories()) {
      if (category.partial()) partial.push_back(category.category());
    }
    doubtful += month.state() == api::MONTH_STATE_PARTIAL || month.state() == api::MONTH_STATE_EMPTY ? 1 : 0;
    table.add_row({month.source(), MonthText(month.month()), CountText(month.incidents()), PartOf(month.located_share(), month.incidents()),
                   PartOf(month.hour_known_share(), month.incidents()), StateWord(month.state()), fmt::format("{}", fmt::join(partial, ", "))});
  }
  const std::string months = fmt::format("{} source months, {} of them partial or without rows", WholeText(answer.months_size()), WholeText(doubtful));
  return table.format(terminal, nullptr) + '\n' + ContextFooter(answer.context(), {{"coverage", months}}, terminal);
}

std::string CoverageCsv(const api::GetCoverageResponse& answer) {
  CsvWriter csv;
  csv.record(
      {"source", "month", "month_state", "month_incidents", "located_share", "hour_known_share", "category", "incidents", "category_partial", "snapshot"});
  const auto begin = [&csv](const api::SourceMonth& month) -> CsvWriter& {
    return csv.text(month.source())
        .text(MonthText(month.month()))
        .text(StateWord(month.state()))
        .count(month.incidents())
        .number(month.located_share())
        .number(month.hour_known_share());
  };
  for (const api::SourceMonth& month : answer.months()) {
    for (const api::CategoryCount& category : month.categories()) {
      begin(month).text(category.category()).count(category.count()).flag(category.partial()).text(answer.context().snapshot());
      csv.end_record();
    }
    if (!month.categories().empty()) continue;
    // A gap has no category to stand under, and must not vanish from the file.
    begin(month).empty().empty().empty().text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

std::string AreasTable(const api::ListAreasResponse& answer, const Terminal& terminal) {
  TextTable table({{"code", Align::kLeft, 0, 0},
                   {"name", Align::kLeft, 14, 0},
                   {fmt::format("{}", terminal.square_km()), Align::kRight, 0, 0},
                   {"residents", Align::kRight, 0, 0},
                   {"of year", Align::kRight, 0, 0}});
  for (const api::Area& area : answer.areas()) {
    table.add_row({area.code(), area.title(), DecimalText(area.area_km2(), 2), area.has_residents() ? DecimalText(area.residents(), 0) : terminal.dash(),
                   area.has_residents() ? fmt::format("{}", area.residents_year()) : ""});
  }
  return table.format(terminal, nullptr) + '\n' + ContextFooter(answer.context(), {{"areas", WholeText(answer.areas_size())}}, terminal);
}

std::string AreasCsv(const api::ListAreasResponse& answer) {
  CsvWriter csv;
  csv.record({"code", "title", "area_km2", "residents", "residents_year", "name", "vintage", "snapshot"});
  for (const api::Area& area : answer.areas()) {
    csv.text(area.code()).text(area.title()).number(area.area_km2());
    area.has_residents() ? csv.number(area.residents()).whole(area.residents_year()) : csv.empty().empty();
    csv.text(area.name()).text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
