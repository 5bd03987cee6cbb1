#include "server/gateway/feature_sources.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "server/codec/position_codec.h"
#include "server/layers/feature_json.h"
#include "server/limits.h"

namespace server {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 256;

// What all sources of features share: pieces of bounded size, a look at the stop signal, something before and after.
class Pieces : public http::BodySource {
 public:
  explicit Pieces(FeatureRun run) : run_(std::move(run)), next_(run_.begin) {}

  geo::Result<bool> next(std::string& piece, const geo::StopSignal& stop) override {
    piece.reserve(limits::kStreamChunkTargetBytes + 4096);
    if (!begun_) head(piece);
    begun_ = true;
    for (; next_ < run_.end && piece.size() < limits::kStreamChunkTargetBytes; ++next_) {
      if (next_ % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
      const auto feature = run_.table->feature(run_.matched[next_]);
      if (!feature) return geo::Fail(feature.error());
      if (auto added = add(*feature, next_ == run_.begin, piece); !added) return geo::Fail(added.error());
    }
    if (next_ < run_.end) return true;
    tail(piece);
    return false;
  }

 protected:
  virtual void head(std::string& piece) = 0;
  virtual geo::Result<void> add(const Feature& feature, bool first, std::string& piece) = 0;
  virtual void tail(std::string& piece) = 0;
  const FeatureRun run_;

 private:
  std::size_t next_;
  bool begun_ = false;
};

class GeoJson final : public Pieces {
 public:
  GeoJson(FeatureRun run, LayerCrs crs, std::string head) : Pieces(std::move(run)), json_(run_.schema, crs), head_(std::move(head)) {}

 private:
  void head(std::string& piece) override {
    piece += head_;
    piece.pop_back();
    piece += ",\"features\":[\n";
  }
  geo::Result<void> add(const Feature& feature, bool first, std::string& piece) override {
    if (!first) piece += ",\n";
    return json_.append(feature, "", piece);
  }
  void tail(std::string& piece) override { piece += "\n]}\n"; }

  const FeatureJson json_;
  const std::string head_;
};

struct CsvField {
  std::string& out;
  void operator()(std::monostate) const {}
  void operator()(bool flag) const { out += flag ? "true" : "false"; }
  void operator()(std::int64_t whole) const { fmt::format_to(std::back_inserter(out), "{}", whole); }
  void operator()(double number) const { fmt::format_to(std::back_inserter(out), "{}", number); }
  void operator()(const std::string& text) const { AppendCsvText(text, out); }
};

class Csv final : public Pieces {
 public:
  explicit Csv(FeatureRun run) : Pieces(std::move(run)), points_(run_.schema.geometry == GeometryType::kPoint) {}

 private:
  void head(std::string& piece) override {
    piece += points_ ? "feature_id,longitude_deg,latitude_deg,easting_m,northing_m" : "feature_id";
    for (const Property& property : run_.schema.properties) piece += ',' + property.name;
    piece += "\r\n";
  }
  geo::Result<void> add(const Feature& feature, bool, std::string& piece) override {
    AppendCsvText(feature.id, piece);
    if (points_) {
      if (auto placed = AppendPosition(feature, piece); !placed) return placed;
    }
    for (const FeatureValue& value : feature.values) {
      piece += ',';
      std::visit(CsvField{piece}, value);
    }
    piece += "\r\n";
    return {};
  }
  void tail(std::string&) override {}

  static geo::Result<void> AppendPosition(const Feature& feature, std::string& piece) {
    const auto* point = std::get_if<geo::GridPoint>(&feature.geometry);
    if (point == nullptr) {
      piece += ",,,,";
      return {};
    }
    const auto at = DegreesOf(*point);
    if (!at) return geo::Fail(at.error());
    fmt::format_to(std::back_inserter(piece), ",{:.7f},{:.7f},{:.3f},{:.3f}", at->longitude_deg, at->latitude_deg, point->easting_m(), point->northing_m());
    return {};
  }

  const bool points_;
};

}  // namespace

void AppendCsvText(std::string_view text, std::string& out) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
}

std::unique_ptr<http::BodySource> GeoJsonSource(FeatureRun run, LayerCrs crs, std::string head) {
  return std::make_unique<GeoJson>(std::move(run), crs, std::move(head));
}

std::unique_ptr<http::BodySource> CsvSource(FeatureRun run) { return std::make_unique<Csv>(std::move(run)); }

}  // namespace server
