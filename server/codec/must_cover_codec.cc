#include "server/codec/must_cover_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "geo/cells/cell_grid.h"
#include "server/codec/filter_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;

geo::Result<geo::MultiPolygon> DecodeCellGround(const v1::CellList& cells, std::string_view field) {
  if (cells.cells().empty()) return geo::Fail(Missing(Path(field, "cells"), "name the cells: \"s250:r702:c2291\""));
  if (cells.cells_size() > limits::kProfileCells) return geo::Fail(TooMany(Path(field, "cells"), cells.cells_size(), limits::kProfileCells));
  geo::MultiPolygon ground;
  std::set<std::string> seen;
  std::optional<geo::CellGrid> grid;
  for (int i = 0; i < cells.cells_size(); ++i) {
    const std::string at = fmt::format("{}.cells[{}]", field, i);
    const auto cell = geo::ParseCell(cells.cells(i));
    if (!cell) {
      geo::Error error = cell.error();
      error.field = at;
      return geo::Fail(std::move(error));
    }
    if (grid && !(cell->first == *grid))
      return geo::Fail(geo::InvalidArgument(at, fmt::format("is {}, of another grid than {}; name cells of one grid", Quoted(cells.cells(i)), cells.cells(0))));
    if (!seen.insert(cells.cells(i)).second) return geo::Fail(Repeated(at, cells.cells(i)));
    grid = cell->first;
    ground.parts.push_back({{cell->first.outline_of(cell->second)}});
  }
  return ground;
}

geo::Result<geo::MultiPolygon> DecodeAreaGround(const v1::AreaSelection& areas, std::string_view field, const geo::DatasetSnapshot& data) {
  const auto selection = DecodeAreaSelection(areas, field, data);
  if (!selection) return geo::Fail(selection.error());
  geo::MultiPolygon ground;
  for (const geo::AreaIndex area : selection->areas) {
    const auto& parts = data.vintages[selection->vintage].areas.areas()[area].shape.parts;
    ground.parts.insert(ground.parts.end(), parts.begin(), parts.end());
  }
  return ground;
}

geo::Result<std::vector<geo::MustCover>> DecodeMustCover(const google::protobuf::RepeatedPtrField<v1::MustCover>& list, const geo::DatasetSnapshot& data) {
  if (list.size() > limits::kMustCover) return geo::Fail(TooMany("must_cover", list.size(), limits::kMustCover));
  std::vector<geo::MustCover> decoded;
  for (int i = 0; i < list.size(); ++i) {
    const v1::MustCover& sent = list[i];
    const std::string field = fmt::format("must_cover[{}]", i);
    geo::MustCover must;
    must.id = sent.id();
    if (auto name = CheckName(field + ".id", must.id); !name) return geo::Fail(name.error());
    if (std::any_of(decoded.begin(), decoded.end(), [&](const auto& other) { return other.id == must.id; })) return geo::Fail(Repeated(field + ".id", must.id));
    auto ground = sent.has_cells()   ? DecodeCellGround(sent.cells(), field + ".cells")
                  : sent.has_areas() ? DecodeAreaGround(sent.areas(), field + ".areas", data)
                                     : geo::Result<geo::MultiPolygon>(geo::Fail(Missing(field, "send its cells or areas")));
    if (!ground) return geo::Fail(ground.error());
    must.ground = std::move(*ground);
    const auto times = DecodeInteger(field + ".times", sent.times() == 0 ? 1 : sent.times(), 1, limits::kCoverTimes);
    if (!times) return geo::Fail(times.error());
    must.times = static_cast<int>(*times);
    const auto share = DecodeNumber(field + ".least_share", sent.least_share(), {0, 1, 1, "", true});
    if (!share) return geo::Fail(share.error());
    must.least_share = *share;
    decoded.push_back(std::move(must));
  }
  return decoded;
}

}  // namespace server
