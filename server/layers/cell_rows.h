// Cells of FindHotspots, for the collections that show them.
#pragma once

#include <vector>

#include "server/layers/kind_parts.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

struct CellFeature {
  wardwatch::v1::HotspotCell cell;

  std::string feature_id() const { return cell.cell(); }
  FeatureGeometry geometry(const std::shared_ptr<const geo::Snapshot>& snapshot) const;
  std::size_t bytes() const { return cell.SpaceUsedLong(); }
};

const std::vector<Column<CellFeature>>& CellColumns();

// As HotspotService.FindHotspots with its defaults, all cells of the selection in one page.
geo::Result<wardwatch::v1::FindHotspotsResponse> AskForCells(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection,
                                                             const LayerQuestion& question, wardwatch::v1::CellSelection selection, const OpenLimits& how,
                                                             const geo::StopSignal& stop);

}  // namespace server
