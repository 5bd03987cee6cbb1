#include "server/codec/incident_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 1024;

ContextFacts FactsOf(const IncidentCall& call, const IncidentListing& listing) {
  ContextFacts facts = FactsOfQuestion(call.question);
  facts.parameters = call.parameters;
  facts.method = "The incidents that the filter selects, in the order in which they began, then file and line.";
  facts.selection = listing.facts;
  facts.breaks = geo::BreaksCrossed(*call.question.data, call.question.filter, call.question.filter.period);
  return facts;
}

bool InCell(const IncidentCall& call, std::uint32_t row) {
  if (!call.cell) return true;
  const geo::GridPoint at = call.question.data->incidents.at[row];
  return at != geo::kUnlocated && call.cell->grid.cell_of(at) == call.cell->cell;
}

// Of those that the time of week left out for want of an hour (`everywhere` of them), the ones in the cell. Like `everywhere`, windows over a day.
geo::Result<std::int64_t> CountHourUnknown(const IncidentCall& call, std::span<const geo::AreaIndex> area_of, std::int64_t everywhere,
                                           const geo::StopSignal& stop) {
  if (!call.cell || everywhere == 0) return everywhere;
  geo::IncidentFilter at_any_time = call.question.filter;
  at_any_time.window = {};
  const auto selection = geo::SelectIncidents(call.question.data->incidents, area_of, at_any_time, stop);
  if (!selection) return geo::Fail(selection.error());
  const geo::IncidentColumns& incidents = call.question.data->incidents;
  std::int64_t count = 0;
  for (std::size_t i = 0; i < selection->rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    const std::uint32_t row = selection->rows[i];
    if (incidents.to_minute[row] - incidents.from_minute[row] > geo::kMinutesPerDay && InCell(call, row)) ++count;
  }
  return count;
}

}  // namespace

geo::Result<CellChoice> DecodeCell(const std::string& text, std::string_view field) {
  const auto parsed = geo::ParseCell(text);
  if (!parsed || parsed->first.size_m() < limits::kMinCellM || parsed->first.size_m() > limits::kMaxCellM) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, std::string(field), "BAD_CELL",
                      fmt::format("{} is no cell; send a cell as FindHotspots writes it, \"s250:r702:c2291\"", Quoted(text))});
  }
  return CellChoice{parsed->first, parsed->second};
}

geo::Result<IncidentCall> DecodeListIncidents(const v1::ListIncidentsRequest& request, const geo::Snapshot& snapshot) {
  IncidentCall call;
  auto question = DecodePlaceQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  if (!request.cell().empty()) {
    auto cell = DecodeCell(request.cell(), "cell");
    if (!cell) return geo::Fail(cell.error());
    call.cell = *cell;
  }
  const auto limit = DecodeInteger("limit", request.limit(), 0, std::numeric_limits<std::int64_t>::max());
  if (!limit) return geo::Fail(limit.error());
  call.limit = *limit;
  // Before any work, and so before the stream begins: a question that this data cannot carry.
  const auto answerable = geo::CheckAnswerable(call.question.data->record, call.question.filter);
  if (!answerable) return geo::Fail(answerable.error());
  AddQuestionParameters(call.question, call.parameters);
  call.parameters.emplace_back("cell", request.cell().empty() ? "any" : request.cell());
  call.parameters.emplace_back("limit", call.limit == 0 ? "none" : fmt::format("{}", call.limit));
  return call;
}

geo::Result<IncidentListing> ComputeIncidents(const IncidentCall& call, const geo::StopSignal& stop) {
  std::span<const geo::AreaIndex> area_of;
  if (call.question.filter.areas) area_of = call.question.data->vintages[call.question.filter.areas->vintage].area_of;
  auto selection = geo::SelectIncidents(call.question.data->incidents, area_of, call.question.filter, stop);
  if (!selection) return geo::Fail(selection.error());
  IncidentListing listing;
  const auto dropped = CountHourUnknown(call, area_of, selection->unknown_hour, stop);
  if (!dropped) return geo::Fail(dropped.error());
  listing.facts.hour_unknown_dropped = *dropped;
  const auto most = call.limit == 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(call.limit);
  for (std::size_t i = 0; i < selection->rows.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    const std::uint32_t row = selection->rows[i];
    if (!InCell(call, row)) continue;
    listing.facts.add(call.question.data->incidents, row);
    if (listing.rows.size() >= most) continue;
    listing.rows.push_back(row);
    if (!selection->weights.empty()) listing.weights.push_back(selection->weights[i]);
  }
  return listing;
}

void EncodeIncidentContext(const IncidentCall& call, const geo::Disclosed<IncidentListing>& listing, v1::AnswerContext& out) {
  BuildContext(call.question.snapshot, *call.question.data, FactsOf(call, listing.value()), listing.rule(), out);
}

IncidentChunks::IncidentChunks(IncidentCall call, geo::Disclosed<IncidentListing> listing) : call_(std::move(call)), listing_(std::move(listing)) {
  EncodeIncidentContext(call_, listing_, context_);
}

geo::Result<void> IncidentChunks::Encode(std::size_t i, v1::Incident& out) const {
  const geo::IncidentColumns& incidents = call_.question.data->incidents;
  const geo::DatasetRecord& record = call_.question.data->record;
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
  if (call_.question.vintage) {
    const geo::Vintage& vintage = call_.question.data->vintages[*call_.question.vintage];
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
