#include "geo/io/read_areas.h"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <optional>
#include <set>

#include "geo/geometry/validity.h"
#include "geo/io/area_shape.h"
#include "geo/io/boundary_layer.h"
#include "geo/io/gdal_session.h"
#include "geo/io/input_limits.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

namespace limits = input_limits;

struct Feature {
  std::string code, name;
  RawShape shape;
};

Error About(const VintageSpec& spec, const std::string& subject, Error error) {
  error.field = spec.file.name;
  error.message = fmt::format("{}{}: {}", spec.file.name, subject.empty() ? "" : ": " + subject, error.message);
  return error;
}

Error Refused(const VintageSpec& spec, const char* reason, std::string what) {
  return {ErrorCode::kInvalidArgument, spec.file.name, reason, fmt::format("{}: {}", spec.file.name, what)};
}

bool IsText(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = SequenceLength(text);
    if (length == 0 || (length == 1 && static_cast<unsigned char>(text[0]) < 0x20)) return false;
    text.remove_prefix(length);
  }
  return true;
}

Result<int> FindProperty(const VintageSpec& spec, OGRFeatureDefn* columns, const std::string& property) {
  for (int i = 0; i < columns->GetFieldCount(); ++i) {
    // Byte for byte: OGR's own look-up ignores case.
    if (property == columns->GetFieldDefn(i)->GetNameRef()) return i;
  }
  std::string known;
  for (int i = 0; i < std::min(columns->GetFieldCount(), 12); ++i) known += fmt::format("{}{}", i > 0 ? ", " : "", columns->GetFieldDefn(i)->GetNameRef());
  return Fail(Refused(spec, "NO_SUCH_PROPERTY", fmt::format("there is no property \"{}\"; there is {}", property.substr(0, 64), RedactedText(known))));
}

Result<Feature> ReadFeature(const VintageSpec& spec, const OGRFeature& row, int code_at, int name_at, std::size_t number) {
  Feature feature;
  const std::string subject = fmt::format("feature {}", number);
  if (!row.IsFieldSetAndNotNull(code_at)) return Fail(Refused(spec, "BLANK_CODE", fmt::format("{} has no {}", subject, spec.code_property)));
  feature.code = row.GetFieldAsString(code_at);
  if (feature.code.find_first_not_of(' ') == std::string::npos)
    return Fail(Refused(spec, "BLANK_CODE", fmt::format("{} has a blank {}", subject, spec.code_property)));
  if (!IsText(feature.code) || feature.code.size() > limits::kCodeBytes || feature.code.front() == ' ' || feature.code.back() == ' ') {
    return Fail(Refused(
        spec, "BAD_CODE",
        fmt::format("{} has code \"{}\"; codes are UTF-8, at most {} bytes, without spaces around", subject, Excerpt(feature.code), limits::kCodeBytes)));
  }
  feature.name = row.GetFieldAsString(name_at);
  if (!IsText(feature.name) || feature.name.size() > limits::kNameBytes) {
    return Fail(Refused(spec, "BAD_NAME",
                        fmt::format("{} has name \"{}\"; names are UTF-8, at most {} bytes", feature.code, Excerpt(feature.name), limits::kNameBytes)));
  }
  auto shape = TakeShape(row.GetGeometryRef());
  if (!shape) return Fail(About(spec, feature.code, shape.error()));
  feature.shape = std::move(*shape);
  return feature;
}

Result<std::vector<Feature>> ReadFeatures(const VintageSpec& spec, OGRLayer* layer) {
  const auto code_at = FindProperty(spec, layer->GetLayerDefn(), spec.code_property);
  if (!code_at) return Fail(code_at.error());
  const auto name_at = FindProperty(spec, layer->GetLayerDefn(), spec.name_property);
  if (!name_at) return Fail(name_at.error());
  std::vector<Feature> features;
  std::set<std::string> codes;
  GdalErrors errors;
  layer->ResetReading();
  while (const OGRFeatureUniquePtr row{layer->GetNextFeature()}) {
    if (errors.failed()) break;
    if (features.size() >= kMaxAreas) return Fail(Refused(spec, "TOO_MANY_AREAS", fmt::format("there are over {} areas", kMaxAreas)));
    auto feature = ReadFeature(spec, *row, *code_at, *name_at, features.size() + 1);
    if (!feature) return Fail(feature.error());
    if (!codes.insert(feature->code).second) return Fail(Refused(spec, "DUPLICATE_CODE", fmt::format("code {} is given to two areas", feature->code)));
    features.push_back(std::move(*feature));
  }
  if (errors.failed()) return Fail(Refused(spec, "CANNOT_OPEN", fmt::format("cannot be read to its end: {}", errors.text())));
  if (features.empty()) return Fail(Refused(spec, "NO_AREAS", "there is no area in it"));
  return features;
}

Result<void> CheckOverlaps(const VintageSpec& spec, const std::vector<Area>& areas) {
  std::vector<MultiPolygon> shapes;
  shapes.reserve(areas.size());
  for (const Area& area : areas) shapes.push_back(area.shape);
  const auto overlaps = FindOverlaps(shapes);
  if (overlaps.empty()) return {};
  std::string pairs;
  for (std::size_t i = 0; i < std::min<std::size_t>(overlaps.size(), 10); ++i) {
    pairs += fmt::format("{}{} and {} ({:.1f} m2)", i > 0 ? ", " : "", areas[overlaps[i].first].code, areas[overlaps[i].second].code, overlaps[i].area_m2);
  }
  return Fail(Refused(spec, "OVERLAP", fmt::format("{} pairs of areas overlap: {}", overlaps.size(), pairs)));
}

}  // namespace

Result<VintageAreas> ReadAreas(const VintageSpec& spec, const BritishGrid& grid) {
  try {
    auto file = BoundaryLayer::Open(spec);
    if (!file) return Fail(file.error());
    const auto crs = file->crs(spec);
    if (!crs) return Fail(crs.error());
    auto features = ReadFeatures(spec, file->layer());
    if (!features) return Fail(features.error());
    CoordinateRange range;
    for (const Feature& feature : *features) range.add(feature.shape, *crs);
    if (auto judged = JudgeRange(range, *crs); !judged) return Fail(About(spec, "", judged.error()));

    VintageAreas read;
    for (Feature& feature : *features) {
      if (feature.shape.had_heights) read.notices.push_back(fmt::format("{}: {} has heights or measures: dropped", spec.file.name, feature.code));
      auto shape = PlaceShape(std::move(feature.shape), *crs, grid);
      if (!shape) return Fail(About(spec, feature.code, shape.error()));
      read.areas.push_back({std::move(feature.code), std::move(feature.name), std::move(*shape)});
    }
    std::sort(read.areas.begin(), read.areas.end(), [](const Area& a, const Area& b) { return a.code < b.code; });
    if (auto apart = CheckOverlaps(spec, read.areas); !apart) return Fail(apart.error());
    const auto count = static_cast<std::int64_t>(read.areas.size());
    read.file = {spec.file.name, file->sha256(), count, count, 0, 0};
    read.transformation = *crs == Crs::kWgs84 ? grid.method() : "none: EPSG:27700 as supplied";
    return read;
  } catch (const std::exception& caught) {
    return Fail(Error{ErrorCode::kResourceExhausted, spec.file.name, "OUT_OF_MEMORY", fmt::format("{}: {}", spec.file.name, RedactedText(caught.what()))});
  }
}

}  // namespace geo
