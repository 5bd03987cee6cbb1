#include "server/codec/dataset_codec.h"

#include <algorithm>
#include <set>

#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/workstream_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

v1::TimeKnowledge EncodeTime(geo::TimeKnowledge time) {
  switch (time) {
    case geo::TimeKnowledge::kMonth:
      return v1::TIME_KNOWLEDGE_MONTH;
    case geo::TimeKnowledge::kDay:
      return v1::TIME_KNOWLEDGE_DAY;
    case geo::TimeKnowledge::kClock:
      return v1::TIME_KNOWLEDGE_CLOCK;
  }
  return v1::TIME_KNOWLEDGE_UNSPECIFIED;
}

void EncodeSource(const geo::SourceRecord& source, v1::Source& out) {
  out.set_id(source.id);
  out.set_title(source.title);
  out.set_time(EncodeTime(source.time));
  out.set_precision_m(source.precision_m);
  out.set_snapped(source.snapped);
  out.set_transformation(source.transformation);
  for (const geo::FileRecord& file : source.files) {
    v1::SourceFile& encoded = *out.add_files();
    encoded.set_name(file.name);
    encoded.set_sha256(file.sha256);
    encoded.set_rows_in(file.rows_in);
    encoded.set_rows_kept(file.rows_kept);
    encoded.set_rows_rejected(file.rows_rejected);
    encoded.set_rows_unlocated(file.rows_unlocated);
  }
  for (const geo::RejectTally& tally : source.rejects) {
    v1::RejectCount& encoded = *out.add_rejects();
    encoded.set_reason(tally.reason);
    encoded.set_rows(tally.rows);
  }
  out.set_repeated_references(source.repeated_references);
  for (const std::string& flag : source.flags) out.add_flags(flag);
}

void EncodeVintage(const geo::VintageRecord& vintage, std::size_t areas, v1::Vintage& out) {
  out.set_id(vintage.id);
  out.set_title(vintage.title);
  out.set_kind(vintage.kind);
  EncodeDay(vintage.valid_from, *out.mutable_valid_from());
  if (vintage.valid_to) EncodeDay(*vintage.valid_to, *out.mutable_valid_to());
  out.set_area_count(static_cast<std::int32_t>(areas));
  std::set<int> years;
  for (const geo::PopulationRecord& population : vintage.populations) {
    if (population.measure == "residents") years.insert(population.year);
  }
  for (const int year : years) out.add_population_years(year);
}

void EncodeVintages(const geo::DatasetSnapshot& data, v1::Dataset& out) {
  std::vector<std::size_t> order(data.record.vintages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return data.record.vintages[a].valid_from < data.record.vintages[b].valid_from; });
  for (const std::size_t i : order) EncodeVintage(data.record.vintages[i], data.vintages[i].areas.areas().size(), *out.add_vintages());
}

void EncodeWeightTable(const geo::WeightTable& table, v1::WeightTable& out) {
  out.set_id(table.id);
  out.set_title(table.title);
  out.set_version(table.version);
  out.set_unit(table.unit);
  out.set_source(table.source);
  for (const geo::WeightTable::Entry& entry : table.entries) {
    v1::CategoryWeight& encoded = *out.add_entries();
    encoded.set_category(entry.category);
    encoded.set_weight(entry.weight);
  }
}

void EncodeDataset(const DatasetTotals& totals, v1::Dataset& out) {
  const geo::DatasetRecord& record = totals.data->record;
  out.set_name("datasets/" + record.id);
  out.set_title(record.title);
  out.set_publisher(record.publisher);
  out.set_licence(record.licence);
  EncodeDay(record.as_at, *out.mutable_as_at());
  out.set_time_zone(record.time_zone);
  out.set_content_sha256(record.content_sha256);
  out.set_incidents(totals.incidents);
  out.set_located(totals.located);
  const auto& months = totals.data->coverage.months;
  if (!months.empty()) {
    const auto [first, last] = std::minmax_element(months.begin(), months.end(), [](const auto& a, const auto& b) { return a.month < b.month; });
    EncodeDays({first->month.first_day(), last->month.next().first_day()}, *out.mutable_extent());
  }
  for (const geo::SourceRecord& source : record.sources) EncodeSource(source, *out.add_sources());
  for (const geo::Category& category : record.categories) {
    v1::Category& encoded = *out.add_categories();
    encoded.set_id(category.id);
    encoded.set_title(category.title);
    encoded.set_kind(category.crime ? v1::CATEGORY_KIND_CRIME : v1::CATEGORY_KIND_INCIDENT);
  }
  EncodeVintages(*totals.data, out);
  for (const geo::RecordingBreak& known : record.breaks) {
    v1::RecordingBreak& encoded = *out.add_breaks();
    encoded.set_id(known.id);
    encoded.set_source(known.source);
    for (const std::string& category : known.categories) encoded.add_categories(category);
    EncodeDays(known.period, *encoded.mutable_days());
    encoded.set_note(known.note);
  }
  for (const geo::WeightTable& table : record.weight_tables) EncodeWeightTable(table, *out.add_weight_tables());
  for (std::size_t i = 0; i < record.workstreams.size(); ++i) EncodeWorkstream(record, i, *out.add_workstreams());
  for (const geo::NamedWindow& named : record.time_windows) EncodeTimeWindow(named, *out.add_time_windows());
  for (const geo::Flag& flag : record.flags) EncodeFlag(flag, *out.add_flags());
}

DatasetTotals TotalsOf(const geo::DatasetSnapshot& data) {
  DatasetTotals totals{&data, 0, 0, 0};
  for (const geo::SourceMonth& month : data.coverage.months) {
    totals.incidents += month.incidents;
    totals.located += month.located;
    totals.hour_known += month.clock_known;
  }
  return totals;
}

SelectionFacts FactsOf(std::int64_t incidents, std::int64_t located, std::int64_t hour_known) { return {incidents, located, incidents - hour_known, 0}; }

std::vector<std::uint16_t> AllSources(const geo::DatasetRecord& record) {
  std::vector<std::uint16_t> sources(record.sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) sources[i] = static_cast<std::uint16_t>(i);
  return sources;
}

}  // namespace

geo::Result<DatasetsCall> DecodeListDatasets(const v1::ListDatasetsRequest& request, const geo::Snapshot& snapshot) {
  auto page = DecodePage(request, snapshot.id, limits::kDefaultDatasetPage, limits::kMaxDatasetPage);
  if (!page) return geo::Fail(page.error());
  return DatasetsCall{snapshot.datasets, std::move(*page)};
}

geo::Result<DatasetList> ComputeDatasets(const DatasetsCall& call, const geo::StopSignal&) {
  DatasetList list;
  for (const geo::DatasetSnapshot& data : call.datasets) list.push_back(TotalsOf(data));
  return list;
}

geo::Result<std::int64_t> EncodeListDatasets(const DatasetsCall& call, const geo::Disclosed<DatasetList>& list, v1::ListDatasetsResponse& response) {
  const DatasetList& all = list.value();
  const std::size_t begin = std::min(call.page.offset, all.size());
  const std::size_t end = begin + std::min(call.page.size, all.size() - begin);
  ContextFacts facts;
  facts.method = "What is loaded, in order of name.";
  for (const DatasetTotals& totals : all) {
    facts.selection.selected += totals.incidents;
    facts.selection.located += totals.located;
    facts.selection.hour_unknown_selected += totals.incidents - totals.hour_known;
  }
  for (std::size_t i = begin; i < end; ++i) EncodeDataset(all[i], *response.add_datasets());
  if (end < all.size()) response.set_next_page_token(FormatPageToken(call.page.ticket, end));
  BuildContext(call.page.ticket.snapshot, facts, list.rule(), *response.mutable_context());
  return static_cast<std::int64_t>(end - begin);
}

geo::Result<DatasetCall> DecodeGetDataset(const v1::GetDatasetRequest& request, const geo::Snapshot& snapshot) {
  const auto data = DecodeDataset(request.name(), "name", snapshot);
  if (!data) return geo::Fail(data.error());
  return DatasetCall{*data, snapshot.id};
}

geo::Result<DatasetTotals> ComputeDataset(const DatasetCall& call, const geo::StopSignal&) { return TotalsOf(*call.data); }

geo::Result<std::int64_t> EncodeGetDataset(const DatasetCall& call, const geo::Disclosed<DatasetTotals>& totals, v1::GetDatasetResponse& response) {
  const DatasetTotals& counted = totals.value();
  EncodeDataset(counted, *response.mutable_dataset());
  ContextFacts facts;
  facts.method = "What the loader recorded of this dataset.";
  facts.sources = AllSources(call.data->record);
  facts.selection = FactsOf(counted.incidents, counted.located, counted.hour_known);
  BuildContext(call.snapshot, *call.data, facts, totals.rule(), *response.mutable_context());
  return 1;
}

geo::Result<CoverageCall> DecodeGetCoverage(const v1::GetCoverageRequest& request, const geo::Snapshot& snapshot) {
  CoverageCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  auto sources = DecodeSources(request.sources(), "sources", call.data->record);
  if (!sources) return geo::Fail(sources.error());
  call.sources = std::move(*sources);
  std::string names;
  for (const auto source : call.sources) names += (names.empty() ? "" : ",") + call.data->record.sources[source].id;
  call.parameters.emplace_back("sources", names);
  return call;
}

geo::Result<CoverageMonths> ComputeCoverage(const CoverageCall& call, const geo::StopSignal&) {
  CoverageMonths months;
  for (const geo::SourceMonth& month : call.data->coverage.months) {
    if (std::binary_search(call.sources.begin(), call.sources.end(), month.source)) months.push_back(&month);
  }
  return months;
}

namespace {

v1::MonthState EncodeState(geo::MonthState state) {
  switch (state) {
    case geo::MonthState::kComplete:
      return v1::MONTH_STATE_COMPLETE;
    case geo::MonthState::kPartial:
      return v1::MONTH_STATE_PARTIAL;
    case geo::MonthState::kEmpty:
      return v1::MONTH_STATE_EMPTY;
    case geo::MonthState::kProvisional:
      return v1::MONTH_STATE_PROVISIONAL;
  }
  return v1::MONTH_STATE_UNSPECIFIED;
}

void EncodeSourceMonth(const geo::DatasetRecord& record, const geo::SourceMonth& month, v1::SourceMonth& out) {
  out.set_source(record.sources[month.source].id);
  EncodeMonth(month.month, *out.mutable_month());
  out.set_state(EncodeState(month.state));
  EncodeCount(month.incidents, *out.mutable_incidents());
  const SelectionFacts facts = FactsOf(month.incidents, month.located, month.clock_known);
  out.set_located_share(facts.located_share());
  out.set_hour_known_share(month.incidents == 0 ? 0 : 1 - facts.unknown_time_share());
  for (std::size_t c = 0; c < month.by_category.size() && c < record.categories.size(); ++c) {
    const bool partial = c < month.partial_category.size() && month.partial_category[c] != 0;
    // A category with none at all in a partial month occurs as a lack.
    if (month.by_category[c] == 0 && !partial) continue;
    v1::CategoryCount& encoded = *out.add_categories();
    encoded.set_category(record.categories[c].id);
    EncodeCount(month.by_category[c], *encoded.mutable_count());
    encoded.set_partial(partial);
  }
  std::sort(out.mutable_categories()->pointer_begin(), out.mutable_categories()->pointer_end(),
            [](const v1::CategoryCount* a, const v1::CategoryCount* b) { return a->category() < b->category(); });
}

}  // namespace

geo::Result<std::int64_t> EncodeGetCoverage(const CoverageCall& call, const geo::Disclosed<CoverageMonths>& months, v1::GetCoverageResponse& response) {
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method =
      "Incidents by source and month. A month is partial where crimes, or a category that is no crime, fall under 60 % of the median of up to six neighbouring "
      "months by over five Poisson standard deviations.";
  facts.sources = call.sources;
  for (const geo::SourceMonth* month : months.value()) {
    EncodeSourceMonth(call.data->record, *month, *response.add_months());
    facts.selection.selected += month->incidents;
    facts.selection.located += month->located;
    facts.selection.hour_unknown_selected += month->incidents - month->clock_known;
  }
  if (!months.value().empty()) {
    const auto [first, last] =
        std::minmax_element(months.value().begin(), months.value().end(), [](const auto* a, const auto* b) { return a->month < b->month; });
    geo::IncidentFilter filter;
    filter.sources = call.sources;
    for (std::size_t c = 0; c < call.data->record.categories.size(); ++c) filter.categories.push_back(static_cast<geo::CategoryIndex>(c));
    facts.breaks = geo::BreaksCrossed(*call.data, filter, {(*first)->month.first_day(), (*last)->month.next().first_day()});
  }
  BuildContext(call.snapshot, *call.data, facts, months.rule(), *response.mutable_context());
  return response.months_size();
}

}  // namespace server
