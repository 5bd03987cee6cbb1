#include "server/codec/surface_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "server/codec/density_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<geo::SurfaceComparison> DecodeMeasure(v1::SurfaceMeasure measure) {
  switch (measure) {
    case v1::SURFACE_MEASURE_UNSPECIFIED:
    case v1::SURFACE_MEASURE_DIFFERENCE:
      return geo::SurfaceComparison::kDifference;
    case v1::SURFACE_MEASURE_RATIO:
      return geo::SurfaceComparison::kRatio;
    case v1::SURFACE_MEASURE_LOG_RATIO:
      return geo::SurfaceComparison::kLogRatio;
    default:
      return geo::Fail(
          UnknownEnum("comparison.measure", measure, "SURFACE_MEASURE_DIFFERENCE (1), SURFACE_MEASURE_RATIO (2) or SURFACE_MEASURE_LOG_RATIO (3)"));
  }
}

geo::Result<geo::SurfaceQuery::Comparison> DecodeComparison(const v1::SurfaceComparison& comparison, geo::Period period) {
  geo::SurfaceQuery::Comparison decoded;
  const auto before = DecodePeriod(comparison.before(), "comparison.before");
  if (!before) return geo::Fail(before.error());
  if (before->end > period.begin) {
    return geo::Fail(
        geo::InvalidArgument("comparison.before", fmt::format("is {}, which does not end before period, {}, begins; an incident may be counted once "
                                                              "only, and the later days belong in period",
                                                              geo::FormatPeriod(*before), geo::FormatPeriod(period))));
  }
  decoded.before = *before;
  const auto measure = DecodeMeasure(comparison.measure());
  if (!measure) return geo::Fail(measure.error());
  decoded.measure = *measure;
  decoded.floor_per_km2_year = limits::kDefaultComparisonFloor;
  if (comparison.has_floor_per_km2_per_year()) {
    const auto floor = DecodeGivenNumber("comparison.floor_per_km2_per_year", comparison.floor_per_km2_per_year(),
                                         {0, limits::kMaxComparisonFloor, limits::kDefaultComparisonFloor, "per km2 per year"});
    if (!floor) return geo::Fail(floor.error());
    decoded.floor_per_km2_year = *floor;
  }
  return decoded;
}

geo::Result<geo::GridBox> DecodeExtent(const v1::GridExtent& extent) {
  const NumberRange range{-limits::kMaxGridM, limits::kMaxGridM, 0, "m", false, "the areas' own extent"};
  for (const auto& [name, value] : {std::pair{"extent.min_easting_m", extent.min_easting_m()},
                                    {"extent.min_northing_m", extent.min_northing_m()},
                                    {"extent.max_easting_m", extent.max_easting_m()},
                                    {"extent.max_northing_m", extent.max_northing_m()}}) {
    if (const auto inside = DecodeGivenNumber(name, value, range); !inside) return geo::Fail(inside.error());
  }
  const auto low = geo::GridPoint::FromMeters(extent.min_easting_m(), extent.min_northing_m());
  const auto high = geo::GridPoint::FromMeters(extent.max_easting_m(), extent.max_northing_m());
  if (high.easting_mm <= low.easting_mm) {
    return geo::Fail(geo::InvalidArgument("extent.max_easting_m", fmt::format("is {}; send more than min_easting_m, {}", high.easting_m(), low.easting_m())));
  }
  if (high.northing_mm <= low.northing_mm) {
    return geo::Fail(
        geo::InvalidArgument("extent.max_northing_m", fmt::format("is {}; send more than min_northing_m, {}", high.northing_m(), low.northing_m())));
  }
  // A rectangle that ends on a cell's edge does not meet the cell beyond.
  return geo::GridBox{low, {high.easting_mm - 1, high.northing_mm - 1}};
}

geo::Result<void> CheckColumns(const geo::RasterFrame& frame) {
  if (frame.columns <= limits::kSurfaceColumns) return {};
  return geo::Fail({geo::ErrorCode::kResourceExhausted, "cell_size_m", "GRID_TOO_LARGE",
                    fmt::format("the grid would have {} columns and at most {} are served; ask for larger cells or a narrower extent", frame.columns,
                                limits::kSurfaceColumns)});
}

// Refused before any work where the request alone says how large the grid is.
geo::Result<void> CheckFrame(const geo::SurfaceQuery& query) {
  if (!query.extent) return {};
  const auto frame = geo::FrameAround(*query.extent, 0, query.cell_mm, limits::kSurfaceCells);
  if (!frame) return geo::Fail(SurfaceError(frame.error()));
  return CheckColumns(*frame);
}

const char* NameOf(geo::SurfaceComparison measure) {
  switch (measure) {
    case geo::SurfaceComparison::kDifference:
      return "difference";
    case geo::SurfaceComparison::kRatio:
      return "ratio";
    case geo::SurfaceComparison::kLogRatio:
      return "log ratio";
  }
  return "";
}

void Echo(SurfaceCall& call) {
  const geo::SurfaceQuery& query = call.query;
  Parameters& parameters = call.parameters;
  AddQuestionParameters(call.question, parameters);
  parameters.emplace_back("cell_size_m", fmt::format("{}", query.cell_mm / 1000.0));
  parameters.emplace_back("extent", query.extent ? fmt::format("{} {} to {} {}", query.extent->low.easting_m(), query.extent->low.northing_m(),
                                                               (query.extent->high.easting_mm + 1) / 1000.0, (query.extent->high.northing_mm + 1) / 1000.0)
                                                 : std::string(call.question.vintage ? "around the areas" : "around the incidents"));
  AddDensityParameters(query.density, parameters);
  parameters.emplace_back("comparison", query.comparison ? NameOf(query.comparison->measure) : "none");
  if (query.comparison) {
    parameters.emplace_back("comparison.before", geo::FormatPeriod(query.comparison->before));
    parameters.emplace_back("comparison.floor_per_km2_per_year", fmt::format("{}", query.comparison->floor_per_km2_year));
  }
  parameters.emplace_back("unmasked", query.unmasked ? "true" : "false");
}

std::string QuantityOf(const geo::SurfaceQuery& query) {
  const std::string unit = query.filter.weights ? "weight per km2 per year" : "incidents per km2 per year";
  if (!query.comparison) return unit;
  return query.comparison->measure == geo::SurfaceComparison::kDifference ? "difference in " + unit : NameOf(query.comparison->measure);
}

}  // namespace

geo::Result<SurfaceCall> DecodeComputeSurface(const v1::ComputeSurfaceRequest& request, const geo::Snapshot& snapshot) {
  SurfaceCall call;
  auto question = DecodePlaceQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  geo::SurfaceQuery& query = call.query;
  query.filter = call.question.filter;
  query.vintage = call.question.vintage.value_or(0);
  const auto cell =
      DecodeMillimetres("cell_size_m", request.cell_size_m(), {limits::kMinSurfaceCellM, limits::kMaxSurfaceCellM, limits::kDefaultSurfaceCellM, "m"});
  if (!cell) return geo::Fail(cell.error());
  query.cell_mm = *cell;
  if (request.has_extent()) {
    const auto extent = DecodeExtent(request.extent());
    if (!extent) return geo::Fail(extent.error());
    query.extent = *extent;
  }
  if (auto frame = CheckFrame(query); !frame) return geo::Fail(frame.error());
  const auto density = DecodeDensity(request.density());
  if (!density) return geo::Fail(density.error());
  query.density = *density;
  if (request.has_comparison()) {
    const auto comparison = DecodeComparison(request.comparison(), query.filter.period);
    if (!comparison) return geo::Fail(comparison.error());
    query.comparison = *comparison;
  }
  query.unmasked = request.unmasked();
  Echo(call);
  return call;
}

geo::Error SurfaceError(geo::Error error) {
  if (error.field == "cells.cell_size_m") error.field = "cell_size_m";
  return error;
}

geo::Result<geo::SurfaceAnswer> ComputeSurface(const SurfaceCall& call, const geo::StopSignal& stop) {
  auto answer = geo::FindSurface(*call.question.data, call.query, {limits::kKernelPairs, limits::kSurfaceCells}, stop);
  if (!answer) return geo::Fail(SurfaceError(answer.error()));
  if (auto columns = CheckColumns(answer->frame); !columns) return geo::Fail(columns.error());
  return answer;
}

void EncodeSurfaceHeader(const geo::SurfaceQuery& query, const geo::SurfaceAnswer& answer, v1::SurfaceHeader& out) {
  out.set_west_m(static_cast<double>(answer.frame.west_mm()) / 1000);
  out.set_south_m(static_cast<double>(answer.frame.south_mm()) / 1000);
  out.set_cell_size_m(answer.frame.cell_mm / 1000.0);
  out.set_columns(answer.frame.columns);
  out.set_rows(answer.frame.rows);
  out.set_quantity(QuantityOf(query));
  out.set_least(answer.least);
  out.set_greatest(answer.greatest);
  out.set_shown_cells(static_cast<std::int32_t>(answer.shown_cells));
  EncodeDensityUsed(answer.density, *out.mutable_density());
  EncodeCount(answer.incidents, *out.mutable_incidents());
  EncodeCount(answer.unlocated, *out.mutable_unlocated());
  EncodeCount(answer.unknown_hour, *out.mutable_unknown_hour());
  EncodeCount(answer.unweighted, *out.mutable_unweighted());
  if (query.comparison) EncodeCount(answer.incidents_before, *out.mutable_incidents_before());
}

ContextFacts FactsOfSurface(const Question& question, const geo::SurfaceQuery& query, const geo::SurfaceAnswer& answer, const std::string& lead) {
  ContextFacts facts = FactsOfQuestion(question);
  facts.method = lead + DensityMethod(answer.density);
  if (query.comparison) {
    facts.method += fmt::format(
        " Compared by {} with the same question about the earlier days, per year of 365.25 days, with one bandwidth (Bithell 1990; "
        "Kelsall and Diggle 1995).",
        NameOf(query.comparison->measure));
  }
  facts.method += WeightMethod(question);
  facts.cell_origin = "south-west corner of cell r0:c0 at easting 0, northing 0 of EPSG:27700";
  facts.selection = {answer.incidents, answer.located, answer.hour_unknown, answer.unknown_hour};
  facts.breaks = answer.breaks;
  return facts;
}

SurfacePieces::SurfacePieces(SurfaceCall call, geo::Disclosed<geo::SurfaceAnswer> answer) : call_(std::move(call)), answer_(std::move(answer)) {}

void SurfacePieces::EncodeRows(v1::SurfaceRows& out) {
  const geo::SurfaceAnswer& answer = answer_.value();
  const auto columns = static_cast<std::size_t>(answer.frame.columns);
  const std::size_t rows_a_piece = std::max<std::size_t>(1, limits::kStreamChunkTargetBytes / (columns * sizeof(double)));
  const std::size_t first = static_cast<std::size_t>(next_row_);
  const std::size_t end = std::min(static_cast<std::size_t>(answer.frame.rows), first + rows_a_piece);
  const auto values = answer.values.begin() + static_cast<std::ptrdiff_t>(first * columns);
  const std::size_t count = (end - first) * columns;
  out.set_first_row(next_row_);
  out.mutable_values()->Add(values, values + static_cast<std::ptrdiff_t>(count));
  const std::uint8_t* shown = answer.shown.data() + first * columns;
  if (std::any_of(shown, shown + count, [](std::uint8_t one) { return one == 0; })) {
    std::string& bits = *out.mutable_shown();
    bits.assign((count + 7) / 8, '\0');
    for (std::size_t i = 0; i < count; ++i) bits[i / 8] = static_cast<char>(static_cast<unsigned char>(bits[i / 8]) | (shown[i] != 0 ? 1U << (i % 8) : 0U));
  }
  next_row_ = static_cast<std::int32_t>(end);
}

void SurfacePieces::EncodeContext(v1::AnswerContext& out) const {
  ContextFacts facts = FactsOfSurface(call_.question, call_.query, answer_.value(), "");
  facts.parameters = call_.parameters;
  BuildContext(call_.question.snapshot, *call_.question.data, facts, answer_.rule(), out);
}

geo::Result<bool> SurfacePieces::next(v1::ComputeSurfaceResponse& piece, const geo::StopSignal& stop) {
  if (stop.stop_requested()) return geo::Fail(stop.reason());
  const geo::RasterFrame& frame = answer_.value().frame;
  if (!begun_) {
    begun_ = true;
    EncodeSurfaceHeader(call_.query, answer_.value(), *piece.mutable_header());
  } else if (frame.columns > 0 && next_row_ < frame.rows) {
    EncodeRows(*piece.mutable_rows());
  } else {
    EncodeContext(*piece.mutable_context());
    hash_->update(DeterministicBytes(piece));
    piece.mutable_context()->set_answer_hash(hash_->hex());
    return false;
  }
  hash_->update(DeterministicBytes(piece));
  return true;
}

}  // namespace server
