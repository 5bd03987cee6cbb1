// The boxes of the forms that a request for a camera has to fill in, in words.
#pragma once

#include <string>

#include "geo/snapshot/dataset_snapshot.h"
#include "server/codec/site_evidence_codec.h"
#include "wardwatch/v1/site_evidence.pb.h"

namespace server {

// Passport to Compliance stage 1, the assessment of data protection, the Surveillance Camera Code. What no data can fill in is marked so, and says who has to.
void EncodeForms(const SiteEvidenceCall& call, const GatheredEvidence& gathered, google::protobuf::RepeatedPtrField<wardwatch::v1::FormField>& out);

}  // namespace server
