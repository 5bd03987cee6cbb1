// The GeoJSON text of a draft as plain values: a document in, features with untransformed coordinates out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/types/result.h"

namespace server {

// Every vertex of a Polygon or MultiPolygon, in the document's own system, with the closing vertex of each ring left out.
struct DraftShape {
  std::vector<double> x, y;
  std::vector<std::vector<std::size_t>> ring_sizes;  // by part, then ring
};

struct DraftFeature {
  std::string code;
  std::string title;
  DraftShape shape;
};

// Errors as DecodeDraft's that concern the document; fields begin with "draft". `code_property` may be empty: codes are "1", "2" and
// so on. `title_property` may be empty: titles are the codes. No exception leaves it.
geo::Result<std::vector<DraftFeature>> ReadDraftDocument(std::string_view geojson, const std::string& code_property, const std::string& title_property);

}  // namespace server
