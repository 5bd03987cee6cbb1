// Can the bytes of a GatherSiteEvidenceRequest hurt us?
#include <cstddef>
#include <cstdint>

#include "server/codec/site_evidence_codec.h"
#include "tests/fuzz/fuzzed_street.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wardwatch::v1;
  fuzz::Round<GatherSiteEvidenceRequest, GatherSiteEvidenceResponse>(data, size, server::DecodeGatherSiteEvidence, server::ComputeSiteEvidence,
                                                                     server::EncodeSiteEvidence, fuzz::Street());
  return 0;
}
