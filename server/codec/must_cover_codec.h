// Ground that a request names: cells or areas, taken together.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <string_view>
#include <vector>

#include "geo/placement/siting_query.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "wardwatch/v1/siting.pb.h"

namespace server {

// Cells of one grid. Errors on `field`: MISSING, TOO_MANY, of ParseCell, another grid, REPEATED.
geo::Result<geo::MultiPolygon> DecodeCellGround(const wardwatch::v1::CellList& cells, std::string_view field);
// Areas of one vintage.
geo::Result<geo::MultiPolygon> DecodeAreaGround(const wardwatch::v1::AreaSelection& areas, std::string_view field, const geo::DatasetSnapshot& data);
// Fields under "must_cover[i]".
geo::Result<std::vector<geo::MustCover>> DecodeMustCover(const google::protobuf::RepeatedPtrField<wardwatch::v1::MustCover>& list, const geo::DatasetSnapshot& data);

}  // namespace server
