#include "server/codec/incident_codec.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 1024;

// Takes a number and the text after it off the front; false where it is not there.
template <class Number>
bool Take(std::string_view& text, Number& number, std::string_view after) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  if (!text.starts_with(after)) return false;
  text.remove_prefix(after.size());
  return true;
}

bool OnTheGrid(const geo::CellGrid& grid, geo::CellId cell) {
  const double reach_m = std::max(std::abs(static_cast<double>(cell.row)), std::abs(static_cast<double>(cell.column))) * grid.size_m();
  return reach_m <= geo::kMaxMeters - 2 * grid.size_m();
}

ContextFacts FactsOf(const IncidentCall& call, const IncidentListing& listing) {
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method = "The incidents that the filter selects, in the order in which they began, then file and line.";
  if (call.vintage) facts.vintage = call.data->record.vintages[*call.vintage].id;
  facts.sources = call.filter.sources;
  facts.selection = listing.facts;
  facts.breaks = geo::BreaksCrossed(*call.data, call.filter, call.filter.period);
  return facts;
}

}  // namespace

geo::Result<CellChoice> DecodeCell(const std::string& text, std::string_view field) {
  const auto bad = [&] {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, std::string(field), "BAD_CELL",
                      fmt::format("{} is no cell; send a cell as FindHotspots writes it, \"s250:r702:c2291\"", Quoted(text))});
  };
  if (text.size() > 64 || text.empty() || (text[0] != 's' && text[0] != 'h')) return bad();
  std::string_view rest = std::string_view(text).substr(1);
  double size_m = 0;
  geo::CellId cell;
  if (!Take(rest, size_m, ":r") || !Take(rest, cell.row, ":c") || !Take(rest, cell.column, "") || !rest.empty()) return bad();
  if (!(size_m >= limits::kMinCellM && size_m <= limits::kMaxCellM)) return bad();
  const geo::CellGrid grid(text[0] == 's' ? geo::CellShape::kSquare : geo::CellShape::kHexagon, static_cast<std::int32_t>(std::lround(size_m * 1000)));
  // Only the canonical spelling: "s250.0" or "r+7" would be a second name for the same cell.
  if (!OnTheGrid(grid, cell) || grid.format(cell) != text) return bad();
  return CellChoice{grid, cell};
}

geo::Result<IncidentCall> DecodeListIncidents(const v1::ListIncidentsRequest& request, const geo::Snapshot& snapshot) {
  IncidentCall call;
  call.snapshot = snapshot.id;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  const auto period = DecodePeriod(request.period(), "period");
  if (!period) return geo::Fail(period.error());
  auto filter = DecodeFilter(request.filter(), *call.data);
  if (!filter) return geo::Fail(filter.error());
  call.filter = std::move(*filter);
  call.filter.period = *period;
  if (!request.cell().empty()) {
    auto cell = DecodeCell(request.cell(), "cell");
    if (!cell) return geo::Fail(cell.error());
    call.cell = *cell;
  }
  const auto limit = DecodeInteger("limit", request.limit(), 0, std::numeric_limits<std::int64_t>::max());
  if (!limit) return geo::Fail(limit.error());
  call.limit = *limit;
  const auto vintage = DecodeVintage(request.vintage(), "vintage", *call.data, period->end - 1);
  if (!vintage && vintage.error().reason != "NO_AREAS") return geo::Fail(vintage.error());
  if (vintage) call.vintage = *vintage;
  // Before any work, and so before the stream begins: a question that this data cannot carry.
  if (auto answerable = geo::CheckAnswerable(call.data->record, call.filter); !answerable) return geo::Fail(answerable.error());
  call.parameters.emplace_back("period", geo::FormatPeriod(*period));
  AddFilterParameters(call.filter, *call.data, call.parameters);
  call.parameters.emplace_back("cell", request.cell().empty() ? "any" : request.cell());
  call.parameters.emplace_back("limit", call.limit == 0 ? "none" : fmt::format("{}", call.limit));
  return call;
}

geo::Result<IncidentListing> ComputeIncidents(const IncidentCall& call, const geo::StopSignal& stop) {
  std::span<const geo::AreaIndex> area_of;
  if (call.filter.areas) area_of = call.data->vintages[call.filter.areas->vintage].area_of;
  auto selection = geo::SelectIncidents(call.data->incidents, area_of, call.filter, stop);
  if (!selection) return geo::Fail(selection.error());
  IncidentListing listing;
  listing.facts.hour_unknown_dropped = selection->unknown_hour;
  const auto most = call.limit == 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(call.limit);
  for (std::size_t i = 0; i < selection->rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    const std::uint32_t row = selection->rows[i];
    const geo::GridPoint at = call.data->incidents.at[row];
    if (call.cell && (at == geo::kUnlocated || call.cell->grid.cell_of(at) != call.cell->cell)) continue;
    listing.facts.add(call.data->incidents, row);
    if (listing.rows.size() >= most) continue;
    listing.rows.push_back(row);
    if (!selection->weights.empty()) listing.weights.push_back(selection->weights[i]);
  }
  return listing;
}

IncidentChunks::IncidentChunks(IncidentCall call, geo::Disclosed<IncidentListing> listing) : call_(std::move(call)), listing_(std::move(listing)) {
  BuildContext(call_.snapshot, *call_.data, FactsOf(call_, listing_.value()), listing_.rule(), context_);
}

geo::Result<void> IncidentChunks::Encode(std::size_t i, v1::Incident& out) const {
  const geo::IncidentColumns& incidents = call_.data->incidents;
  const geo::DatasetRecord& record = call_.data->record;
  const IncidentListing& listing = listing_.value();
  const std::uint32_t row = listing.rows[i];
  const geo::IncidentColumns::File file = incidents.files[incidents.file[row]];
  const geo::SourceRecord& source = record.sources[file.source];
  out.set_id(geo::FormatIncidentId(source.id, source.files[file.file].name, incidents.line[row]));
  out.set_source(source.id);
  out.set_category(record.categories[incidents.category[row]].id);
  out.set_from_local(geo::FormatMinute(incidents.from_minute[row]));
  out.set_to_local(geo::FormatMinute(incidents.to_minute[row]));
  if (incidents.at[row] != geo::kUnlocated) {
    if (auto placed = EncodePosition(incidents.at[row], *out.mutable_position()); !placed) return geo::Fail(placed.error());
  }
  out.set_place(incidents.places[incidents.place[row]]);
  if (call_.vintage) {
    const geo::Vintage& vintage = call_.data->vintages[*call_.vintage];
    const geo::AreaIndex area = vintage.area_of[row];
    if (area < vintage.areas.areas().size()) out.set_area_code(vintage.areas.areas()[area].code);
  }
  out.set_weight(listing.weights.empty() ? 1 : listing.weights[i]);
  return {};
}

geo::Result<bool> IncidentChunks::next(v1::ListIncidentsResponse& chunk, const geo::StopSignal& stop) {
  const bool first = next_ == 0;
  const std::size_t end = listing_.value().rows.size();
  // No row is near the cap itself: the loader refuses fields over 8 KiB.
  for (std::size_t bytes = 0; next_ < end && bytes < limits::kStreamChunkTargetBytes; ++next_) {
    if (next_ % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    v1::Incident& incident = *chunk.add_incidents();
    if (auto encoded = Encode(next_, incident); !encoded) return geo::Fail(encoded.error());
    bytes += incident.ByteSizeLong();
  }
  hash_->update(DeterministicBytes(chunk));
  const bool last = next_ == end;
  if (last) {
    v1::ListIncidentsResponse context;
    *context.mutable_context() = context_;
    hash_->update(DeterministicBytes(context));
    *chunk.mutable_context() = context_;
    chunk.mutable_context()->set_answer_hash(hash_->hex());
  } else if (first) {
    *chunk.mutable_context() = context_;
  }
  return !last;
}

}  // namespace server
