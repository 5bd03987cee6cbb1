// Features as GeoJSON (RFC 7946), and as GeoJSON-like objects in the National Grid where a client asks for that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/layers/bbox.h"
#include "server/layers/feature.h"

namespace server {

// A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
void AppendJsonText(std::string_view text, std::string& out);

// Writes features of one schema. `members` is put after "properties" of each: "" or `,"links":[...]`.
class FeatureJson {
 public:
  FeatureJson(const Schema& schema, LayerCrs crs);
  // Error: kInternal when PROJ cannot be used.
  geo::Result<void> append(const Feature& feature, std::string_view members, std::string& out) const;

 private:
  const Schema& schema_;
  const LayerCrs crs_;
  std::vector<std::string> names_;  // "\"incidents\":"
};

}  // namespace server
