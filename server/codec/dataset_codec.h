// DatasetService, between the wire and geo.
#pragma once

#include <span>

#include "geo/disclosure/disclosed.h"
#include "geo/types/stop_signal.h"
#include "server/codec/answer_context.h"
#include "server/codec/page_token.h"
#include "wardwatch/v1/dataset_service.pb.h"

namespace server {

// What ListDatasets and GetDataset show. The calls are valid while the snapshot that they were decoded against is held.
struct DatasetsCall {
  std::span<const geo::DatasetSnapshot> datasets;
  PageWindow page;
};
struct DatasetCall {
  const geo::DatasetSnapshot* data = nullptr;
  std::string snapshot;
};
struct CoverageCall {
  const geo::DatasetSnapshot* data = nullptr;
  std::vector<std::uint16_t> sources;  // sorted
  std::string snapshot;
  Parameters parameters;
};
struct AreasCall {
  const geo::DatasetSnapshot* data = nullptr;
  std::size_t vintage = 0;
  bool with_geometry = false;
  PageWindow page;
  Parameters parameters;
};

// Counts over coverage: what the role may see is decided on these and not on the rows.
struct DatasetTotals {
  const geo::DatasetSnapshot* data = nullptr;
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_known = 0;
};
using DatasetList = std::vector<DatasetTotals>;
using CoverageMonths = std::vector<const geo::SourceMonth*>;
struct AreaPage {
  std::span<const geo::Area> areas;
  std::vector<std::string> geojson;  // one per area; empty without geometry
  bool last = true;
};

geo::Result<DatasetsCall> DecodeListDatasets(const wardwatch::v1::ListDatasetsRequest& request, const geo::Snapshot& snapshot);
geo::Result<DatasetList> ComputeDatasets(const DatasetsCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeListDatasets(const DatasetsCall& call, const geo::Disclosed<DatasetList>& list, wardwatch::v1::ListDatasetsResponse& response);

geo::Result<DatasetCall> DecodeGetDataset(const wardwatch::v1::GetDatasetRequest& request, const geo::Snapshot& snapshot);
geo::Result<DatasetTotals> ComputeDataset(const DatasetCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeGetDataset(const DatasetCall& call, const geo::Disclosed<DatasetTotals>& totals, wardwatch::v1::GetDatasetResponse& response);

geo::Result<CoverageCall> DecodeGetCoverage(const wardwatch::v1::GetCoverageRequest& request, const geo::Snapshot& snapshot);
geo::Result<CoverageMonths> ComputeCoverage(const CoverageCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeGetCoverage(const CoverageCall& call, const geo::Disclosed<CoverageMonths>& months,
                                            wardwatch::v1::GetCoverageResponse& response);

geo::Result<AreasCall> DecodeListAreas(const wardwatch::v1::ListAreasRequest& request, const geo::Snapshot& snapshot);
// A page with shapes ends early at 8 MiB. Error: kResourceExhausted SHAPE_TOO_LARGE for a single shape over what a message may hold.
geo::Result<AreaPage> ComputeAreas(const AreasCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeListAreas(const AreasCall& call, const geo::Disclosed<AreaPage>& page, wardwatch::v1::ListAreasResponse& response);

}  // namespace server
