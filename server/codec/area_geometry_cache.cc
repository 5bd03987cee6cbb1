#include "server/codec/area_geometry_cache.h"

#include "server/codec/position_codec.h"

namespace server {

geo::Result<std::string> AreaGeometryCache::get(const std::string& content_sha256, const std::string& vintage, const geo::Area& area) {
  const std::string key = content_sha256 + '/' + vintage + '/' + area.code;
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = texts_.find(key); known != texts_.end()) return known->second;
  }
  // Made outside the lock: two threads may make the same text, which is the same text.
  auto text = FormatGeoJson(area.shape);
  if (!text || text->size() > most_bytes_ / 4) return text;
  const std::lock_guard lock(mutex_);
  if (bytes_ + text->size() > most_bytes_) {
    // All go, those of an old snapshot too; what is in use comes back with the next answers.
    texts_.clear();
    bytes_ = 0;
  }
  if (texts_.emplace(key, *text).second) bytes_ += text->size();
  return text;
}

std::size_t AreaGeometryCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace server
