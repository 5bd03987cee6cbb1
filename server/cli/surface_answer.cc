#include "server/cli/surface_answer.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace server {
namespace {

namespace api = wardwatch::v1;

// Over what any server sends: a header must not make us take all memory.
constexpr std::int64_t kMostCells = 100'000'000;

geo::Result<void> Bad(const std::string& what) {
  return geo::Fail(geo::Error{geo::ErrorCode::kInternal, "", "BAD_STREAM", "the server's surface is damaged: " + what});
}

}  // namespace

geo::Result<geo::RasterFrame> FrameOf(const api::SurfaceHeader& header) {
  const double cell_mm = std::round(header.cell_size_m() * 1000);
  const double row = header.south_m() * 1000 / cell_mm, column = header.west_m() * 1000 / cell_mm;
  const bool whole = std::abs(row - std::round(row)) < 1e-6 && std::abs(column - std::round(column)) < 1e-6;
  const bool near = std::abs(header.south_m()) <= geo::kMaxMeters && std::abs(header.west_m()) <= geo::kMaxMeters;
  if (!(cell_mm >= geo::kMinCellMm && cell_mm <= geo::kMaxCellMm) || !near || !whole) {
    return geo::Fail(Bad(fmt::format("cells of {} m from {}, {}", header.cell_size_m(), header.west_m(), header.south_m())).error());
  }
  return geo::RasterFrame{static_cast<std::int32_t>(cell_mm),
                          {static_cast<std::int32_t>(std::lround(row)), static_cast<std::int32_t>(std::lround(column))},
                          header.columns(),
                          header.rows()};
}

geo::Result<void> SurfaceAssembly::take(api::ComputeSurfaceResponse piece) {
  if (ended_) return Bad("something follows its context");
  switch (piece.piece_case()) {
    case api::ComputeSurfaceResponse::kHeader:
      return take_header(std::move(*piece.mutable_header()));
    case api::ComputeSurfaceResponse::kRows:
      return take_rows(piece.rows());
    case api::ComputeSurfaceResponse::kContext:
      answer_.context = std::move(*piece.mutable_context());
      ended_ = true;
      return {};
    default:
      return {};  // a piece of a later version
  }
}

geo::Result<void> SurfaceAssembly::take_header(api::SurfaceHeader header) {
  if (begun_) return Bad("two headers");
  if (header.columns() < 0 || header.rows() < 0 || std::int64_t{header.columns()} * header.rows() > kMostCells || !(header.cell_size_m() > 0)) {
    return Bad(fmt::format("{} columns, {} rows, cells of {} m", header.columns(), header.rows(), header.cell_size_m()));
  }
  begun_ = true;
  answer_.header = std::move(header);
  const std::size_t cells = static_cast<std::size_t>(answer_.header.columns()) * static_cast<std::size_t>(answer_.header.rows());
  answer_.values.reserve(cells);
  answer_.shown.reserve(cells);
  return {};
}

geo::Result<void> SurfaceAssembly::take_rows(const api::SurfaceRows& rows) {
  if (!begun_) return Bad("rows before the header");
  const int columns = answer_.header.columns();
  const int count = columns == 0 ? 0 : rows.values_size() / columns;
  if (rows.first_row() != rows_taken_ || columns == 0 || rows.values_size() % columns != 0 || count > answer_.header.rows() - rows_taken_) {
    return Bad(fmt::format("{} values from row {}, where row {} of {} columns was expected", rows.values_size(), rows.first_row(), rows_taken_, columns));
  }
  const std::size_t values = static_cast<std::size_t>(rows.values_size());
  if (!rows.shown().empty() && rows.shown().size() != (values + 7) / 8) return Bad(fmt::format("{} bytes of bits for {} values", rows.shown().size(), values));
  for (std::size_t i = 0; i < values; ++i) {
    const double value = rows.values(static_cast<int>(i));
    const bool shown = rows.shown().empty() || (static_cast<unsigned char>(rows.shown()[i / 8]) >> (i % 8) & 1) != 0;
    if (shown && !std::isfinite(value)) return Bad("a value that is no number");
    answer_.values.push_back(value);
    answer_.shown.push_back(shown ? 1 : 0);
  }
  rows_taken_ += count;
  return {};
}

geo::Result<SurfaceAnswer> SurfaceAssembly::finish() {
  if (!begun_ || !ended_ || (rows_taken_ != answer_.header.rows() && answer_.header.columns() > 0)) {
    return geo::Fail(Bad(fmt::format("it ends after {} of {} rows", rows_taken_, answer_.header.rows())).error());
  }
  return std::move(answer_);
}

}  // namespace server
