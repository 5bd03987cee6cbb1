// CQL2 over the features of a collection: geo/filters judges, this shows it the rows.
#pragma once

#include <memory>
#include <string>

#include "geo/filters/filter_schema.h"
#include "server/layers/feature_selection.h"

namespace server {

enum class FilterLanguage : std::uint8_t { kCqlText, kCqlJson };

// Properties by their names, and the geometry as "geometry". Times are on the dataset's clock.
geo::FilterSchema FilterSchemaOf(const Collection& collection, geo::FilterCrs crs);

// Errors: those of geo::ParseFilterText and ParseFilterJson, on `filter`.
geo::Result<std::shared_ptr<const FeatureFilter>> DecodeFilterParameter(const std::string& text, FilterLanguage language, geo::FilterCrs crs,
                                                                        const Collection& collection);

}  // namespace server
