// What the kinds of collections have in common.
#pragma once

#include <optional>
#include <string>

#include "geo/types/error.h"
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

// A collection's id: "{dataset}.{name}".
std::string CollectionIdOf(const geo::DatasetSnapshot& data, const std::string& name);

}  // namespace server
