// Can the bytes of any DatasetService request hurt us? The first byte chooses the method: '1' to '4'.
#include <cstddef>
#include <cstdint>

#include "server/codec/dataset_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  if (size == 0) return 0;
  const std::uint8_t method = data[0];
  ++data;
  --size;
  if (method == '1')
    fuzz::Round<ListDatasetsRequest, ListDatasetsResponse>(data, size, server::DecodeListDatasets, server::ComputeDatasets, server::EncodeListDatasets);
  if (method == '2') fuzz::Round<GetDatasetRequest, GetDatasetResponse>(data, size, server::DecodeGetDataset, server::ComputeDataset, server::EncodeGetDataset);
  if (method == '3')
    fuzz::Round<GetCoverageRequest, GetCoverageResponse>(data, size, server::DecodeGetCoverage, server::ComputeCoverage, server::EncodeGetCoverage);
  if (method == '4') fuzz::Round<ListAreasRequest, ListAreasResponse>(data, size, server::DecodeListAreas, server::ComputeAreas, server::EncodeListAreas);
  return 0;
}
