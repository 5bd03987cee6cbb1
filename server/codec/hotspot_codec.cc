#include "server/codec/hotspot_codec.h"

#include <fmt/format.h>

#include <cmath>

#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<geo::CellGrid> DecodeCells(const v1::CellSpec& cells) {
  geo::CellShape shape = geo::CellShape::kSquare;
  switch (cells.shape()) {
    case v1::CELL_SHAPE_UNSPECIFIED:
    case v1::CELL_SHAPE_SQUARE:
      break;
    case v1::CELL_SHAPE_HEXAGON:
      shape = geo::CellShape::kHexagon;
      break;
    default:
      return geo::Fail(UnknownEnum("cells.shape", cells.shape(), "CELL_SHAPE_SQUARE (1) or CELL_SHAPE_HEXAGON (2)"));
  }
  const auto size_m = DecodeNumber("cells.cell_size_m", cells.cell_size_m(), {limits::kMinCellM, limits::kMaxCellM, limits::kDefaultCellM, "m"});
  if (!size_m) return geo::Fail(size_m.error());
  const double size_mm = std::round(*size_m * 1000);
  if (std::abs(*size_m * 1000 - size_mm) > 1e-6) {
    return geo::Fail(geo::InvalidArgument("cells.cell_size_m", fmt::format("is {}; cells are whole millimetres: send at most three decimals", *size_m)));
  }
  return geo::CellGrid(shape, static_cast<std::int32_t>(size_mm));
}

geo::Result<void> DecodeNumbers(const v1::FindHotspotsRequest& request, geo::HotspotQuery& query) {
  const auto bandwidth = DecodeNumber("density.bandwidth_m", request.density().bandwidth_m(), {limits::kMinBandwidthM, limits::kMaxBandwidthM, limits::kDefaultBandwidthM, "m"});
  if (!bandwidth) return geo::Fail(bandwidth.error());
  query.density.bandwidth_m = *bandwidth;
  const auto share = DecodeNumber("share", request.share(), {0, 1, limits::kDefaultShare, "", true});
  if (!share) return geo::Fail(share.error());
  query.share = *share;
  // A longer period would share days with its own previous years.
  const bool over_a_year = geo::YearsEarlier(query.filter.period, 1).end > query.filter.period.begin;
  const int usual_years = over_a_year ? 0 : limits::kDefaultPreviousYears;
  const auto years =
      DecodeInteger("previous_years", request.has_previous_years() ? request.previous_years() : usual_years, 0, limits::kMaxPreviousYears);
  if (!years) return geo::Fail(years.error());
  query.previous_years = static_cast<int>(*years);
  if (request.selection() < v1::CELL_SELECTION_UNSPECIFIED || request.selection() > v1::CELL_SELECTION_OCCUPIED) {
    return geo::Fail(UnknownEnum("selection", request.selection(), "CELL_SELECTION_HOT (1) or CELL_SELECTION_OCCUPIED (2)"));
  }
  query.selection = request.selection() == v1::CELL_SELECTION_OCCUPIED ? geo::CellSelection::kOccupied : geo::CellSelection::kHot;
  return {};
}

void Echo(HotspotCall& call) {
  const geo::HotspotQuery& query = call.query;
  call.parameters.emplace_back("period", geo::FormatPeriod(query.filter.period));
  AddFilterParameters(query.filter, *call.data, call.parameters);
  call.parameters.emplace_back("cells.shape", query.cells.shape() == geo::CellShape::kSquare ? "square" : "hexagon");
  call.parameters.emplace_back("cells.cell_size_m", fmt::format("{}", query.cells.size_m()));
  call.parameters.emplace_back("density.bandwidth_m", fmt::format("{}", query.density.bandwidth_m));
  call.parameters.emplace_back("share", fmt::format("{}", query.share));
  call.parameters.emplace_back("previous_years", fmt::format("{}", query.previous_years));
  call.parameters.emplace_back("selection", query.selection == geo::CellSelection::kOccupied ? "occupied" : "hot");
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

geo::Result<void> EncodeCell(const HotspotCall& call, const geo::HotCell& cell, v1::HotspotCell& out) {
  out.set_cell(call.query.cells.format(cell.cell));
  if (auto placed = EncodePosition(cell.centre, *out.mutable_centre()); !placed) return geo::Fail(placed.error());
  EncodeCount(cell.incidents, *out.mutable_count());
  out.set_weight(cell.weight);
  out.set_share(cell.share);
  out.set_cumulative_share(cell.cumulative_share);
  out.set_rank(cell.rank);
  out.set_hot(cell.hot);
  out.set_density_per_km2(cell.density_per_km2);
  out.set_density_per_km2_per_year(cell.density_per_km2_year);
  out.set_top_position_share(cell.top_point_share);
  for (const auto hot : cell.hot_in) out.add_hot_in_year(hot != 0);
  out.set_persistence(EncodePersistence(cell.persistence));
  if (call.query.vintage < call.data->vintages.size()) {
    const auto areas = call.data->vintages[call.query.vintage].areas.areas();
    if (cell.area < areas.size()) {
      out.set_area_code(areas[cell.area].code);
      out.set_area_title(areas[cell.area].name);
    }
  }
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
}

ContextFacts FactsOf(const HotspotCall& call, const geo::HotspotAnswer& answer) {
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method =
      "Incidents counted in cells of the National Grid; hot cells are the fewest that carry the share asked for, heaviest first. Density: quartic kernel "
      "(Silverman 1986, eq. 4.5), no edge correction. Persistence: membership of each previous year's own hot cells.";
  if (call.query.filter.window.always()) {
    facts.method += " Every incident weighs 1.";
  } else {
    facts.method += " Incidents weigh the share of their time window inside the time of week (aoristic, Ratcliffe 2000).";
  }
  if (call.query.vintage < call.data->record.vintages.size()) facts.vintage = call.data->record.vintages[call.query.vintage].id;
  facts.cell_origin = call.query.cells.shape() == geo::CellShape::kSquare ? "south-west corner of cell r0:c0 at easting 0, northing 0 of EPSG:27700"
                                                                          : "centre of cell r0:c0 at easting 0, northing 0 of EPSG:27700";
  facts.sources = call.query.filter.sources;
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = answer.breaks;
  return facts;
}

}  // namespace

geo::Result<HotspotCall> DecodeFindHotspots(const v1::FindHotspotsRequest& request, const geo::Snapshot& snapshot) {
  HotspotCall call;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  const auto period = DecodePeriod(request.period(), "period");
  if (!period) return geo::Fail(period.error());
  auto filter = DecodeFilter(request.filter(), *call.data);
  if (!filter) return geo::Fail(filter.error());
  call.query.filter = std::move(*filter);
  call.query.filter.period = *period;
  const auto cells = DecodeCells(request.cells());
  if (!cells) return geo::Fail(cells.error());
  call.query.cells = *cells;
  if (auto numbers = DecodeNumbers(request, call.query); !numbers) return geo::Fail(numbers.error());
  const auto vintage = DecodeVintage(request.vintage(), "vintage", *call.data, period->end - 1);
  // A dataset without boundaries still has hotspots, without ward names.
  if (!vintage && vintage.error().reason != "NO_AREAS") return geo::Fail(vintage.error());
  call.query.vintage = vintage ? *vintage : 0;
  auto page = DecodePage(request, snapshot.id, limits::kDefaultCellPage, limits::kMaxPage);
  if (!page) return geo::Fail(page.error());
  call.page = std::move(*page);
  Echo(call);
  return call;
}

geo::Result<geo::HotspotAnswer> ComputeHotspots(const HotspotCall& call, const geo::StopSignal& stop) {
  return geo::FindHotspots(*call.data, call.query, {limits::kKernelPairs}, stop);
}

geo::Result<std::int64_t> EncodeFindHotspots(const HotspotCall& call, const geo::Disclosed<geo::HotspotAnswer>& disclosed, v1::FindHotspotsResponse& response) {
  const geo::HotspotAnswer& answer = disclosed.value();
  const std::size_t begin = std::min(call.page.offset, answer.cells.size());
  const std::size_t end = begin + std::min(call.page.size, answer.cells.size() - begin);
  for (std::size_t i = begin; i < end; ++i) {
    if (auto cell = EncodeCell(call, answer.cells[i], *response.add_cells()); !cell) return geo::Fail(cell.error());
  }
  if (end < answer.cells.size()) response.set_next_page_token(FormatPageToken(call.page.ticket, end));
  EncodeTotals(answer, response);
  BuildContext(call.page.ticket.snapshot, *call.data, FactsOf(call, answer), disclosed.rule(), *response.mutable_context());
  return static_cast<std::int64_t>(end - begin);
}

}  // namespace server
