// What questions that compare areas have in common: two periods, the level of false discoveries, spread, denominators, areas, seed.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <optional>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "server/codec/answer_context.h"
#include "server/codec/filter_codec.h"
#include "wardwatch/v1/ward_change.pb.h"

namespace server {

struct TwoPeriods {
  geo::Period before;
  geo::Period after;
};

// Fields "before" and "after". Errors: of DecodePeriod; periods that overlap, or the wrong way round.
geo::Result<TwoPeriods> DecodeTwoPeriods(const wardwatch::v1::Period& before, const wardwatch::v1::Period& after);
// Field "false_discovery_rate".
geo::Result<double> DecodeFalseDiscoveryRate(double sent);
// Field "spread".
geo::Result<geo::Spread> DecodeSpread(wardwatch::v1::Spread spread);
const char* NameOf(geo::Spread spread);
// Field "seed"; the default for 0.
geo::Result<std::uint64_t> DecodeSeed(std::int64_t sent);
// Field "denominators": measures that the vintage has, each once. `residents_apart`: residents are in the answer anyway and may not be named.
geo::Result<std::vector<std::string>> DecodeDenominators(const google::protobuf::RepeatedPtrField<std::string>& names, const geo::DatasetSnapshot& data,
                                                         std::size_t vintage, bool residents_apart);
// "none", or as many as were named, in their order.
std::string Joined(const std::vector<std::string>& names);
// Field "filter" of a question that may not be limited to areas: NOT_TOGETHER, with `why`.
geo::Result<geo::IncidentFilter> DecodeFilterEverywhere(const wardwatch::v1::IncidentFilter& filter, const geo::DatasetSnapshot& data, std::string_view why);

// Two-period questions: all that the dates meet, then what makes the periods not comparable.
std::vector<geo::CrossedBreak> BreaksOf(const geo::DatasetSnapshot& data, const geo::IncidentFilter& filter, const TwoPeriods& periods,
                                        const std::vector<geo::CrossedBreak>& decisive);

}  // namespace server
