#include "server/codec/comparison_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "geo/change/denominators.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;

geo::Result<TwoPeriods> DecodeTwoPeriods(const v1::Period& sent_before, const v1::Period& sent_after) {
  const auto before = DecodePeriod(sent_before, "before");
  if (!before) return geo::Fail(before.error());
  const auto after = DecodePeriod(sent_after, "after");
  if (!after) return geo::Fail(after.error());
  if (before->begin < after->end && after->begin < before->end) {
    return geo::Fail(geo::InvalidArgument(
        "after", fmt::format("is {}, which overlaps before, {}; an incident may be counted once only", geo::FormatPeriod(*after), geo::FormatPeriod(*before))));
  }
  if (after->begin < before->begin) {
    return geo::Fail(
        geo::InvalidArgument("after", fmt::format("is {}, earlier than before, {}; swap the two", geo::FormatPeriod(*after), geo::FormatPeriod(*before))));
  }
  return TwoPeriods{*before, *after};
}

geo::Result<double> DecodeFalseDiscoveryRate(double sent) {
  return DecodeNumber("false_discovery_rate", sent, {0, limits::kMaxFalseDiscoveryRate, limits::kDefaultFalseDiscoveryRate, "", true});
}

geo::Result<geo::Spread> DecodeSpread(v1::Spread spread) {
  switch (spread) {
    case v1::SPREAD_UNSPECIFIED:
    case v1::SPREAD_WIDENED:
      return geo::Spread::kWidened;
    case v1::SPREAD_POISSON:
      return geo::Spread::kPoisson;
    default:
      return geo::Fail(UnknownEnum("spread", spread, "SPREAD_WIDENED (1) or SPREAD_POISSON (2)"));
  }
}

const char* NameOf(geo::Spread spread) {
  switch (spread) {
    case geo::Spread::kWidened:
      return "widened";
    case geo::Spread::kPoisson:
      return "Poisson";
  }
  return "";
}

geo::Result<std::uint64_t> DecodeSeed(std::int64_t sent) {
  const auto seed = DecodeInteger("seed", sent == 0 ? limits::kDefaultSeed : sent, 1, std::numeric_limits<std::int64_t>::max());
  if (!seed) return geo::Fail(seed.error());
  return static_cast<std::uint64_t>(*seed);
}

geo::Result<std::vector<std::string>> DecodeDenominators(const google::protobuf::RepeatedPtrField<std::string>& names, const geo::DatasetSnapshot& data,
                                                         std::size_t vintage, bool residents_apart) {
  if (names.size() > limits::kDenominators) return geo::Fail(TooMany("denominators", names.size(), limits::kDenominators));
  std::vector<std::string> denominators;
  for (int i = 0; i < names.size(); ++i) {
    const std::string field = fmt::format("denominators[{}]", i);
    if (names[i].empty()) return geo::Fail(Missing(field, "name a measure of the vintage, or leave the entry out"));
    if (residents_apart && names[i] == geo::kResidentsMeasure) {
      return geo::Fail(NotTogether(field, "is residents, by whom every row has a rate already; leave it out"));
    }
    if (std::find(denominators.begin(), denominators.end(), names[i]) != denominators.end()) return geo::Fail(Repeated(field, names[i]));
    if (auto known = geo::CheckDenominator(data, vintage, names[i], field); !known) return geo::Fail(known.error());
    denominators.push_back(names[i]);
  }
  return denominators;
}

std::string Joined(const std::vector<std::string>& names) {
  if (names.empty()) return "none";
  return fmt::format("{}", fmt::join(names, ","));
}

geo::Result<geo::IncidentFilter> DecodeFilterEverywhere(const v1::IncidentFilter& filter, const geo::DatasetSnapshot& data, std::string_view why) {
  if (filter.has_areas()) return geo::Fail(NotTogether("filter.areas", why));
  return DecodeFilter(filter, data);
}

std::vector<geo::CrossedBreak> BreaksOf(const geo::DatasetSnapshot& data, const geo::IncidentFilter& filter, const TwoPeriods& periods,
                                        const std::vector<geo::CrossedBreak>& decisive) {
  auto breaks = geo::BreaksCrossed(data, filter, periods.before);
  geo::AddUnknownBreaks(geo::BreaksCrossed(data, filter, periods.after), breaks);
  geo::AddUnknownBreaks(decisive, breaks);
  return breaks;
}

}  // namespace server
