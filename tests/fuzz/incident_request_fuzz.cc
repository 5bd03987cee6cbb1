// Can the bytes of a ListIncidentsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/incident_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Pieces<ListIncidentsRequest, ListIncidentsResponse, server::IncidentChunks>(data, size, server::DecodeListIncidents, server::ComputeIncidents);
  return 0;
}
