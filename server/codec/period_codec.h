// Periods, days and hours of the week, between the wire and geo.
#pragma once

#include <string>
#include <string_view>

#include "geo/incidents/selection.h"
#include "geo/types/local_time.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// `field` is the period's path in the request; errors name the part below it.
// Errors: kInvalidArgument for no form, a date that does not exist, an empty or inverted range, over ten years.
geo::Result<geo::Period> DecodePeriod(const wardwatch::v1::Period& period, std::string_view field);
// The whole day, every day, for a window that is left out.
geo::Result<geo::TimeOfWeek> DecodeTimeOfWeek(const wardwatch::v1::TimeOfWeek& window, std::string_view field);

// Errors name the part below `field`.
geo::Result<geo::LocalDay> DecodeDay(const wardwatch::v1::Day& day, const std::string& field);
geo::Result<geo::Month> DecodeMonth(const wardwatch::v1::Month& month, const std::string& field);

void EncodeTimeOfWeek(const geo::TimeOfWeek& window, wardwatch::v1::TimeOfWeek& out);
void EncodeDay(geo::LocalDay day, wardwatch::v1::Day& out);
void EncodeDays(geo::Period period, wardwatch::v1::DayRange& out);
void EncodeMonth(geo::Month month, wardwatch::v1::Month& out);
// "always", "20:00-06:00 on Friday, Saturday".
std::string FormatTimeOfWeek(const geo::TimeOfWeek& window);

}  // namespace server
