#include "server/codec/hotspot_codec.h"

#include <fmt/format.h>

#include "server/codec/cells_codec.h"
#include "server/codec/density_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/significance_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<geo::CellSelection> DecodeSelection(v1::CellSelection selection, geo::LocalStatistic statistic) {
  const bool tested = statistic != geo::LocalStatistic::kNone;
  switch (selection) {
    case v1::CELL_SELECTION_UNSPECIFIED:
    case v1::CELL_SELECTION_HOT:
      return geo::CellSelection::kHot;
    case v1::CELL_SELECTION_OCCUPIED:
      return geo::CellSelection::kOccupied;
    case v1::CELL_SELECTION_SIGNIFICANT:
      if (tested) return geo::CellSelection::kSignificant;
      break;
    case v1::CELL_SELECTION_ANALYSED:
      if (tested) return geo::CellSelection::kAnalysed;
      break;
    default:
      return geo::Fail(UnknownEnum("selection", selection,
                                   "CELL_SELECTION_HOT (1), CELL_SELECTION_OCCUPIED (2), CELL_SELECTION_SIGNIFICANT (3) or CELL_SELECTION_ANALYSED (4)"));
  }
  return geo::Fail(NotTogether("selection",
                               "asks for cells by their significance, and significance.statistic is none; send a statistic, or select hot or "
                               "occupied cells"));
}

TestedPlaces PlacesOf(const geo::CellGrid& cells) { return cells.shape() == geo::CellShape::kSquare ? TestedPlaces::kSquares : TestedPlaces::kHexagons; }

geo::Result<void> DecodeNumbers(const v1::FindHotspotsRequest& request, geo::HotspotQuery& query) {
  const auto share = DecodeNumber("share", request.share(), {0, 1, limits::kDefaultShare, "", true});
  if (!share) return geo::Fail(share.error());
  query.share = *share;
  // A longer period would share days with its own previous years.
  const bool over_a_year = geo::YearsEarlier(query.filter.period, 1).end > query.filter.period.begin;
  const int usual_years = over_a_year ? 0 : limits::kDefaultPreviousYears;
  const auto years = DecodeInteger("previous_years", request.has_previous_years() ? request.previous_years() : usual_years, 0, limits::kMaxPreviousYears);
  if (!years) return geo::Fail(years.error());
  query.previous_years = static_cast<int>(*years);
  return {};
}

// What is computed for the cells, and which of them are listed.
geo::Result<void> DecodeViews(const v1::FindHotspotsRequest& request, geo::HotspotQuery& query) {
  const auto density = DecodeDensity(request.density());
  if (!density) return geo::Fail(density.error());
  query.density = *density;
  const auto significance = DecodeSignificance(request.significance(), PlacesOf(query.cells));
  if (!significance) return geo::Fail(significance.error());
  query.significance = *significance;
  const auto selection = DecodeSelection(request.selection(), query.significance.statistic);
  if (!selection) return geo::Fail(selection.error());
  query.selection = *selection;
  return {};
}

const char* NameOf(geo::CellSelection selection) {
  switch (selection) {
    case geo::CellSelection::kHot:
      return "hot";
    case geo::CellSelection::kOccupied:
      return "occupied";
    case geo::CellSelection::kSignificant:
      return "significant";
    case geo::CellSelection::kAnalysed:
      return "analysed";
  }
  return "";
}

void Echo(HotspotCall& call) {
  const geo::HotspotQuery& query = call.query;
  AddQuestionParameters(call.question, call.parameters);
  call.parameters.emplace_back("cells.shape", query.cells.shape() == geo::CellShape::kSquare ? "square" : "hexagon");
  call.parameters.emplace_back("cells.cell_size_m", fmt::format("{}", query.cells.size_m()));
  AddDensityParameters(query.density, call.parameters);
  AddSignificanceParameters(query.significance, PlacesOf(query.cells), call.parameters);
  call.parameters.emplace_back("share", fmt::format("{}", query.share));
  call.parameters.emplace_back("previous_years", fmt::format("{}", query.previous_years));
  call.parameters.emplace_back("selection", NameOf(query.selection));
}

v1::Persistence EncodePersistence(geo::Persistence persistence) {
  switch (persistence) {
    case geo::Persistence::kUnknown:
      return v1::PERSISTENCE_UNSPECIFIED;
    case geo::Persistence::kNotHot:
      return v1::PERSISTENCE_NOT_HOT;
    case geo::Persistence::kPersistent:
      return v1::PERSISTENCE_PERSISTENT;
    case geo::Persistence::kRecurring:
      return v1::PERSISTENCE_RECURRING;
    case geo::Persistence::kNew:
      return v1::PERSISTENCE_NEW;
    case geo::Persistence::kCooled:
      return v1::PERSISTENCE_COOLED;
  }
  return v1::PERSISTENCE_UNSPECIFIED;
}

geo::Result<void> EncodeCell(const HotspotCall& call, const geo::HotCell& cell, bool tested, v1::HotspotCell& out) {
  out.set_cell(call.query.cells.format(cell.cell));
  if (auto placed = EncodePosition(cell.centre, *out.mutable_centre()); !placed) return geo::Fail(placed.error());
  EncodeCount(cell.incidents, *out.mutable_count());
  out.set_weight(cell.weight);
  if (call.question.filter.weights) out.set_weight_without_largest(cell.weight_without_largest);
  out.set_share(cell.share);
  out.set_cumulative_share(cell.cumulative_share);
  out.set_rank(cell.rank);
  out.set_hot(cell.hot);
  out.set_density_per_km2(cell.density_per_km2);
  out.set_density_per_km2_per_year(cell.density_per_km2_year);
  out.set_top_position_share(cell.top_point_share);
  for (const auto hot : cell.hot_in) out.add_hot_in_year(hot != 0);
  out.set_persistence(EncodePersistence(cell.persistence));
  if (call.question.vintage) {
    const auto areas = call.question.data->vintages[*call.question.vintage].areas.areas();
    if (cell.area < areas.size()) {
      out.set_area_code(areas[cell.area].code);
      out.set_area_title(areas[cell.area].name);
    }
  }
  if (tested) EncodeSignificance(cell.significance, call.query.significance, *out.mutable_significance());
  return {};
}

void EncodeTotals(const geo::HotspotAnswer& answer, v1::FindHotspotsResponse& response) {
  for (const geo::HotspotYear& year : answer.years) {
    v1::HotspotYear& encoded = *response.add_years();
    EncodeDays(year.period, *encoded.mutable_days());
    encoded.set_covered(year.covered);
    EncodeCount(year.incidents, *encoded.mutable_incidents());
    encoded.set_hot_cells(year.hot_cells);
  }
  response.set_hot_cells(answer.hot_cells);
  response.set_occupied_cells(answer.occupied_cells);
  EncodeCount(answer.incidents, *response.mutable_incidents());
  EncodeCount(answer.unlocated, *response.mutable_unlocated());
  EncodeCount(answer.unknown_hour, *response.mutable_unknown_hour());
  response.set_located_weight(answer.located_weight);
  EncodeDensityUsed(answer.density, *response.mutable_density());
  if (answer.significance) EncodeSummary(*answer.significance, *response.mutable_significance());
  EncodeCount(answer.unweighted, *response.mutable_unweighted());
}

ContextFacts FactsOf(const HotspotCall& call, const geo::HotspotAnswer& answer) {
  ContextFacts facts = FactsOfQuestion(call.question);
  facts.parameters = call.parameters;
  facts.method = fmt::format(
      "Incidents counted in cells of the National Grid; hot cells are the fewest that carry the share asked for, heaviest first. {} {}Persistence: membership "
      "of "
      "each previous year's own hot cells.{}",
      DensityMethod(answer.density), answer.significance ? SignificanceMethod(*answer.significance) + ' ' : "", WeightMethod(call.question));
  facts.cell_origin = CellOriginOf(call.query.cells);
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = answer.breaks;
  if (answer.significance) {
    facts.tests_made = static_cast<int>(answer.significance->tests);
    if (PermutationsDrawn(*answer.significance)) facts.seed = static_cast<std::int64_t>(answer.significance->used.seed);
  }
  return facts;
}

}  // namespace

geo::Result<HotspotCall> DecodeFindHotspots(const v1::FindHotspotsRequest& request, const geo::Snapshot& snapshot) {
  HotspotCall call;
  auto question = DecodePlaceQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  call.query.filter = call.question.filter;
  call.query.vintage = call.question.vintage.value_or(0);
  const auto cells = DecodeCells(request.cells(), limits::kDefaultCellM);
  if (!cells) return geo::Fail(cells.error());
  call.query.cells = *cells;
  if (auto numbers = DecodeNumbers(request, call.query); !numbers) return geo::Fail(numbers.error());
  if (auto views = DecodeViews(request, call.query); !views) return geo::Fail(views.error());
  auto page = DecodePage(request, snapshot.id, limits::kDefaultCellPage, limits::kMaxPage);
  if (!page) return geo::Fail(page.error());
  call.page = std::move(*page);
  Echo(call);
  return call;
}

geo::Result<geo::HotspotAnswer> ComputeHotspots(const HotspotCall& call, const geo::StopSignal& stop) {
  return geo::FindHotspots(*call.question.data, call.query, {limits::kKernelPairs}, stop);
}

geo::Result<std::int64_t> EncodeFindHotspots(const HotspotCall& call, const geo::Disclosed<geo::HotspotAnswer>& disclosed, v1::FindHotspotsResponse& response) {
  const geo::HotspotAnswer& answer = disclosed.value();
  const std::size_t begin = std::min(call.page.offset, answer.cells.size());
  const std::size_t end = begin + std::min(call.page.size, answer.cells.size() - begin);
  for (std::size_t i = begin; i < end; ++i) {
    if (auto cell = EncodeCell(call, answer.cells[i], answer.significance.has_value(), *response.add_cells()); !cell) return geo::Fail(cell.error());
  }
  if (end < answer.cells.size()) response.set_next_page_token(FormatPageToken(call.page.ticket, end));
  EncodeTotals(answer, response);
  BuildContext(call.page.ticket.snapshot, *call.question.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return static_cast<std::int64_t>(end - begin);
}

geo::Result<HotspotCall> DecodeWatchHotspots(const v1::WatchHotspotsRequest& request, const geo::Snapshot& snapshot) {
  if (!request.has_question()) return geo::Fail(Missing("question", "send a FindHotspotsRequest"));
  auto call = DecodeFindHotspots(request.question(), snapshot);
  if (!call) return geo::Fail(Under("question", call.error()));
  return call;
}

geo::Result<geo::HotspotAnswer> ComputeWatchedHotspots(const HotspotCall& call, const geo::StopSignal& stop) {
  auto answer = ComputeHotspots(call, stop);
  if (!answer) return geo::Fail(Under("question", answer.error()));
  return answer;
}

geo::Result<bool> WatchedAnswer::next(v1::WatchHotspotsResponse& piece, const geo::StopSignal& stop) {
  if (stop.stop_requested()) return geo::Fail(stop.reason());
  v1::FindHotspotsResponse& response = *piece.mutable_answer();
  const auto rows = EncodeFindHotspots(call_, answer_, response);
  if (!rows) return geo::Fail(rows.error());
  SealAnswer(response);
  if (auto fits = CheckAnswerFits(piece.ByteSizeLong()); !fits) return geo::Fail(fits.error());
  rows_ = *rows;
  return false;
}

}  // namespace server
