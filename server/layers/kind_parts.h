// What the kinds of collections have in common.
#pragma once

#include <optional>
#include <string>

#include "geo/types/error.h"
#include "geo/types/result.h"
#include "server/layers/collection.h"
#include "server/layers/row_table.h"

namespace server {

// Facts of a question's period.
TableFacts FactsOf(const Collection& collection, const LayerQuestion& question);
void FillPeriod(geo::Period period, wardwatch::v1::Period& out);
// The same error about the parameter from which the request was made: "filter.categories[0]" is `category`, "period" is `datetime`.
geo::Error AsParameter(geo::Error error);

FeatureValue ValueOf(const wardwatch::v1::Count& count);  // absent where suppressed
inline FeatureValue TextOrNone(const std::string& text) { return text.empty() ? FeatureValue() : FeatureValue(text); }

// The columns that say which days a row is about, and whether any count of it is hidden.
Property BeginProperty();
Property LastDayProperty();
Property SuppressedProperty();

// Of what stands (CollectionKind::standing): the day that the dataset is complete to, which is the question's period (StandingPeriod).
Property AsAtProperty();
// Of what has a handling mark (CollectionKind::handling).
Property HandlingProperty(std::string_view handling);
// `category` and `workstream` choose incidents; what stands is the same whichever are asked about. Error: kInvalidArgument about either.
geo::Result<void> CheckAsksNoIncidents(const LayerQuestion& question);

// An id of a feature from a supplier's own: a path segment holds no slash. "~0" for "~" and "~1" for "/", so that no two become one (RFC 6901).
std::string FeatureIdOfSuppliers(const std::string& id);

// A collection's id: "{dataset}.{name}".
std::string CollectionIdOf(const geo::DatasetSnapshot& data, const std::string& name);

}  // namespace server
