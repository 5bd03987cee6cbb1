// Places where cameras could go, and the one that is asked for.
#pragma once

#include <optional>
#include <vector>

#include "server/codec/camera_question_codec.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct SiteSelection {
  std::vector<geo::CandidateSite> sites;                // of the dataset, in order of id
  std::optional<wardwatch::v1::DraftFeatures> draft;    // in their place; opened by a worker
  std::vector<double> bearings_deg;
  std::int64_t without_power = 0;  // left out for want of it
};
// Fields under "sites". `required`: kFailedPrecondition NO_SITES where there is none, with what to do. Adds the parameters to `question`.
geo::Result<SiteSelection> DecodeSites(const wardwatch::v1::SiteChoice& choice, bool required, CameraQuestion& question);
// Those of the dataset, or of the draft.
geo::Result<std::vector<geo::CandidateSite>> OpenSites(const SiteSelection& selection);
// kResourceExhausted TOO_MANY_OPTIONS for more sites with bearings than are worked with.
geo::Result<void> CheckOptions(std::size_t sites, const SiteSelection& selection);

// Field "site".
geo::Result<geo::CandidateSite> DecodeRequestedSite(const wardwatch::v1::RequestedSite& site, CameraQuestion& question);

}  // namespace server
