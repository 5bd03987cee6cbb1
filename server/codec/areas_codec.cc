// DatasetService.ListAreas, apart from the rest of dataset_codec.h because shapes need pages of their own.
#include <fmt/format.h>

#include <algorithm>

#include "server/codec/area_geometry_cache.h"
#include "server/codec/dataset_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

AreaGeometryCache& Geometries() {
  static AreaGeometryCache cache(limits::kGeometryCacheBytes);
  return cache;
}

// The latest year known.
const geo::PopulationRecord* LatestResidents(const geo::VintageRecord& vintage, const std::string& code) {
  const auto by_code = [](const geo::PopulationRecord& record, const std::string& wanted) { return record.code < wanted; };
  const geo::PopulationRecord* latest = nullptr;
  for (auto at = std::lower_bound(vintage.populations.begin(), vintage.populations.end(), code, by_code); at != vintage.populations.end() && at->code == code;
       ++at) {
    if (at->measure == "residents" && (latest == nullptr || at->year > latest->year)) latest = &*at;
  }
  return latest;
}

}  // namespace

geo::Result<AreasCall> DecodeListAreas(const v1::ListAreasRequest& request, const geo::Snapshot& snapshot) {
  AreasCall call;
  const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
  if (!data) return geo::Fail(data.error());
  call.data = *data;
  const auto vintage = DecodeVintage(request.vintage(), "vintage", *call.data, call.data->record.as_at);
  if (!vintage) return geo::Fail(vintage.error());
  call.vintage = *vintage;
  call.with_geometry = request.with_geometry();
  auto page = DecodePage(request, snapshot.id, limits::kDefaultAreaPage, limits::kMaxPage);
  if (!page) return geo::Fail(page.error());
  call.page = std::move(*page);
  call.parameters.emplace_back("vintage", call.data->record.vintages[call.vintage].id);
  call.parameters.emplace_back("with_geometry", call.with_geometry ? "true" : "false");
  return call;
}

geo::Result<AreaPage> ComputeAreas(const AreasCall& call, const geo::StopSignal& stop) {
  const auto all = call.data->vintages[call.vintage].areas.areas();
  const std::size_t begin = std::min(call.page.offset, all.size());
  std::size_t count = std::min(call.page.size, all.size() - begin);
  AreaPage page;
  std::size_t bytes = 0;
  for (std::size_t i = 0; call.with_geometry && i < count; ++i) {
    if (stop.stop_requested()) return geo::Fail(stop.reason());
    auto text = Geometries().get(call.data->record.content_sha256, call.data->record.vintages[call.vintage].id, all[begin + i]);
    if (!text) return geo::Fail(text.error());
    if (text->size() > static_cast<std::size_t>(limits::kResponseBytes) / 2) {
      return geo::Fail({geo::ErrorCode::kResourceExhausted, "with_geometry", "SHAPE_TOO_LARGE",
                        fmt::format("the shape of {} has {} bytes, over what one answer may hold; ask without geometry", all[begin + i].code, text->size())});
    }
    bytes += text->size();
    if (i > 0 && bytes > limits::kPageTargetBytes) {
      count = i;
      break;
    }
    page.geojson.push_back(std::move(*text));
  }
  page.areas = all.subspan(begin, count);
  page.last = begin + count == all.size();
  return page;
}

geo::Result<std::int64_t> EncodeListAreas(const AreasCall& call, const geo::Disclosed<AreaPage>& page, v1::ListAreasResponse& response) {
  const geo::VintageRecord& vintage = call.data->record.vintages[call.vintage];
  const AreaPage& shown = page.value();
  for (std::size_t i = 0; i < shown.areas.size(); ++i) {
    const geo::Area& area = shown.areas[i];
    v1::Area& encoded = *response.add_areas();
    encoded.set_name(fmt::format("datasets/{}/areas/{}/{}", call.data->record.id, vintage.id, area.code));
    encoded.set_code(area.code);
    encoded.set_title(area.name);
    encoded.set_area_km2(geo::AreaM2(area.shape) / 1e6);
    if (const auto* residents = LatestResidents(vintage, area.code)) {
      encoded.set_residents(residents->value);
      encoded.set_residents_year(residents->year);
    }
    if (call.with_geometry) encoded.set_geometry_geojson(shown.geojson[i]);
  }
  if (!shown.last) response.set_next_page_token(FormatPageToken(call.page.ticket, call.page.offset + shown.areas.size()));
  ContextFacts facts;
  facts.parameters = call.parameters;
  facts.method = "The areas of one set of boundaries, in order of code.";
  facts.vintage = vintage.id;
  BuildContext(call.page.ticket.snapshot, *call.data, facts, page.rule(), *response.mutable_context());
  if (!vintage.transformation.empty()) response.mutable_context()->set_transformation(vintage.transformation);
  return response.areas_size();
}

}  // namespace server
