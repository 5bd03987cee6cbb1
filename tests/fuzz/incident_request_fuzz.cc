// Can the bytes of a ListIncidentsRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/incident_codec.h"
#include "tests/fuzz/fuzzed_town.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wardwatch::v1::ListIncidentsRequest request;
  if (!fuzz::Parse(data, size, request)) return 0;
  auto call = server::DecodeListIncidents(request, fuzz::Town());
  if (!call) {
    fuzz::CheckError(call.error());
    return 0;
  }
  auto listing = server::ComputeIncidents(*call, fuzz::FewSteps());
  if (!listing) {
    fuzz::CheckError(listing.error());
    return 0;
  }
  server::IncidentChunks chunks(std::move(*call), geo::Disclose(std::move(*listing), geo::Role::kAnalyst));
  while (true) {
    wardwatch::v1::ListIncidentsResponse chunk;
    const auto more = chunks.next(chunk, fuzz::FewSteps());
    if (!more) fuzz::CheckError(more.error());
    if (!more || !*more) break;
  }
  return 0;
}
