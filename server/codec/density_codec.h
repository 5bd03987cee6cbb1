// DensitySpec and DensityUsed, between the wire and geo.
#pragma once

#include <string>
#include <string_view>

#include "geo/hotspots/density_query.h"
#include "server/codec/filter_codec.h"
#include "wardwatch/v1/density.pb.h"

namespace server {

// Fields under "density". Errors: a number out of its range, an unknown enum value, NOT_TOGETHER for decay with another kernel and for adaptive with edge
// correction.
geo::Result<geo::DensityQuery> DecodeDensity(const wardwatch::v1::DensitySpec& density);
void AddDensityParameters(const geo::DensityQuery& query, Parameters& parameters);

wardwatch::v1::Kernel EncodeKernel(geo::KernelShape shape);
void EncodeDensityUsed(const geo::DensityUsed& used, wardwatch::v1::DensityUsed& out);
void EncodeWarning(const geo::AnswerWarning& warning, wardwatch::v1::Warning& out);
// What was computed, with its sources: a sentence or two.
std::string DensityMethod(const geo::DensityUsed& used);

}  // namespace server
