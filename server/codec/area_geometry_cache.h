// GeoJSON of areas, made once: a shape takes milliseconds to transform, and map clients ask for the same ones again and again.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "geo/areas/area_set.h"
#include "geo/types/result.h"

namespace server {

// Thread-safe. The key holds the dataset's content digest, so a reload cannot serve an old shape.
class AreaGeometryCache {
 public:
  explicit AreaGeometryCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}
  geo::Result<std::string> get(const std::string& content_sha256, const std::string& vintage, const geo::Area& area);
  std::size_t bytes() const;

 private:
  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::string> texts_;
  std::size_t bytes_ = 0;
};

}  // namespace server
