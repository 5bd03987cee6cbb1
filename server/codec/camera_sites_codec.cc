#include "server/codec/camera_sites_codec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "server/codec/camera_draft_codec.h"
#include "server/codec/filter_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

tl::unexpected<geo::Error> NoSites(std::string message) {
  return geo::Fail({geo::ErrorCode::kFailedPrecondition, "sites", "NO_SITES", std::move(message)});
}

geo::Result<std::vector<double>> DecodeBearings(const v1::SiteChoice& choice) {
  if (choice.bearings_deg().empty()) return std::vector<double>{0, 45, 90, 135, 180, 225, 270, 315};
  if (choice.bearings_deg_size() > limits::kBearings) return geo::Fail(TooMany("sites.bearings_deg", choice.bearings_deg_size(), limits::kBearings));
  std::vector<double> bearings;
  for (int i = 0; i < choice.bearings_deg_size(); ++i) {
    const std::string field = fmt::format("sites.bearings_deg[{}]", i);
    const auto bearing = DecodeGivenNumber(field, choice.bearings_deg(i), {0, 360, 0, "degrees"});
    if (!bearing) return geo::Fail(bearing.error());
    const double turned = std::fmod(*bearing, 360);  // 360 is 0
    if (std::find(bearings.begin(), bearings.end(), turned) != bearings.end()) return geo::Fail(Repeated(field, fmt::format("{}", turned)));
    bearings.push_back(turned);
  }
  return bearings;
}

// Which sites are named; all for none.
geo::Result<std::vector<std::uint8_t>> DecodeIds(const v1::SiteChoice& choice, const std::vector<geo::CameraSite>& sites) {
  std::vector<std::uint8_t> named(sites.size(), choice.ids().empty() ? 1 : 0);
  if (choice.ids().empty()) return named;
  if (choice.ids_size() > limits::kSiteIds) return geo::Fail(TooMany("sites.ids", choice.ids_size(), limits::kSiteIds));
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < sites.size(); ++i) index.emplace(sites[i].id, i);
  for (int i = 0; i < choice.ids_size(); ++i) {
    const std::string field = fmt::format("sites.ids[{}]", i);
    const auto found = index.find(choice.ids(i));
    if (found == index.end()) {
      return geo::Fail({geo::ErrorCode::kNotFound, field, "UNKNOWN_SITE", fmt::format("there is no camera site {} among {}", Quoted(choice.ids(i)), sites.size())});
    }
    if (named[found->second] != 0) return geo::Fail(Repeated(field, choice.ids(i)));
    named[found->second] = 1;
  }
  return named;
}

geo::Result<void> KeepWithin(const v1::AreaSelection& selection, const geo::DatasetSnapshot& data, std::vector<std::uint8_t>& named) {
  const auto areas = DecodeAreaSelection(selection, "sites.areas", data);
  if (!areas) return geo::Fail(areas.error());
  const auto& sites = data.street.sites;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (named[i] != 0 && !std::binary_search(areas->areas.begin(), areas->areas.end(), data.vintages[areas->vintage].areas.locate(sites[i].at))) named[i] = 0;
  }
  return {};
}

}  // namespace

geo::Result<SiteSelection> DecodeSites(const v1::SiteChoice& choice, bool required, CameraQuestion& question) {
  const geo::DatasetSnapshot& data = *question.question.data;
  SiteSelection selection;
  auto bearings = DecodeBearings(choice);
  if (!bearings) return geo::Fail(bearings.error());
  selection.bearings_deg = std::move(*bearings);
  question.parameters.emplace_back("sites.bearings_deg", fmt::format("{}", fmt::join(selection.bearings_deg, ",")));
  if (choice.has_draft()) {
    if (!choice.ids().empty() || choice.has_areas()) return geo::Fail(NotTogether(choice.has_areas() ? "sites.areas" : "sites.ids", "sites are sent as a draft; leave one of the two out"));
    if (auto sound = CheckDraftFeatures(choice.draft(), "sites.draft"); !sound) return geo::Fail(sound.error());
    selection.draft = choice.draft();
    question.parameters.emplace_back("sites.draft", fmt::format("as sent, {} bytes", choice.draft().geojson().size()));
    return selection;
  }
  if (data.street.sites.empty()) {
    if (!required) return selection;
    return NoSites("the dataset has no sites where a camera could go: load lamp columns as [[camera_sites]], or send them as sites.draft");
  }
  auto named = DecodeIds(choice, data.street.sites);
  if (!named) return geo::Fail(named.error());
  if (choice.has_areas()) {
    if (auto kept = KeepWithin(choice.areas(), data, *named); !kept) return geo::Fail(kept.error());
  }
  for (std::size_t i = 0; i < data.street.sites.size(); ++i) {
    if ((*named)[i] == 0) continue;
    if (data.street.sites[i].power || choice.without_power()) selection.sites.push_back(geo::CandidateOf(data.street.sites[i]));
    else ++selection.without_power;
  }
  std::sort(selection.sites.begin(), selection.sites.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  if (required && selection.sites.empty())
    return NoSites(selection.without_power > 0 ? fmt::format("none of the {} sites has power; send sites.without_power to take them all the same", selection.without_power)
                                               : "no site lies in the areas; name others");
  question.parameters.emplace_back("sites", fmt::format("{} of the dataset{}", selection.sites.size(), choice.without_power() ? ", with or without power" : " that have power"));
  return selection;
}

geo::Result<std::vector<geo::CandidateSite>> OpenSites(const SiteSelection& selection) {
  if (!selection.draft) return selection.sites;
  return DecodeDraftSites(*selection.draft, "sites.draft");
}

geo::Result<void> CheckOptions(std::size_t sites, const SiteSelection& selection) {
  const std::size_t options = sites * selection.bearings_deg.size();
  if (options <= limits::kCameraOptions) return {};
  return geo::Fail({geo::ErrorCode::kResourceExhausted, "sites", "TOO_MANY_OPTIONS",
                    fmt::format("are {} with {} bearings each, over {} in all; name areas, fewer sites or fewer bearings", sites, selection.bearings_deg.size(),
                                limits::kCameraOptions)});
}

namespace {

double MetresToSegment(geo::GridPoint p, geo::GridPoint a, geo::GridPoint b) {
  const double along_e = b.easting_m() - a.easting_m(), along_n = b.northing_m() - a.northing_m();
  const double square = along_e * along_e + along_n * along_n;
  const double at = square > 0 ? std::clamp(((p.easting_m() - a.easting_m()) * along_e + (p.northing_m() - a.northing_m()) * along_n) / square, 0.0, 1.0) : 0;
  return std::hypot(a.easting_m() + at * along_e - p.easting_m(), a.northing_m() + at * along_n - p.northing_m());
}

// A camera far outside the areas would be told that nothing happens there, which is not known.
geo::Result<void> CheckNearAreas(geo::GridPoint at, const Question& question) {
  if (!question.vintage) return {};
  const geo::AreaSet& areas = question.data->vintages[*question.vintage].areas;
  if (areas.locate(at) != geo::kOutside) return {};
  double nearest_m = std::numeric_limits<double>::infinity();
  for (const geo::Area& area : areas.areas()) {
    for (const geo::Polygon& part : area.shape.parts) {
      const geo::Ring& shell = part.rings.front();
      for (std::size_t i = 0; i < shell.size(); ++i) nearest_m = std::min(nearest_m, MetresToSegment(at, shell[i], shell[(i + 1) % shell.size()]));
    }
  }
  if (nearest_m <= limits::kSiteBeyondAreasM) return {};
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "site.place", "OUTSIDE_AREAS",
                    fmt::format("is at {:.0f} {:.0f}, {:.0f} m outside the areas of {}; send a place in them, or within {:.0f} m of them", at.easting_m(),
                                at.northing_m(), nearest_m, Quoted(areas.vintage()), limits::kSiteBeyondAreasM)});
}

}  // namespace

geo::Result<geo::CandidateSite> DecodeRequestedSite(const v1::RequestedSite& site, CameraQuestion& question) {
  const geo::DatasetSnapshot& data = *question.question.data;
  if (site.has_id()) {
    const auto& sites = data.street.sites;
    const auto found = std::find_if(sites.begin(), sites.end(), [&](const geo::CameraSite& known) { return known.id == site.id(); });
    if (found == sites.end()) {
      return geo::Fail({geo::ErrorCode::kNotFound, "site.id", "UNKNOWN_SITE", fmt::format("there is no camera site {} among {}", Quoted(site.id()), sites.size())});
    }
    question.parameters.emplace_back("site.id", site.id());
    return geo::CandidateOf(*found);
  }
  if (!site.has_place()) return geo::Fail(Missing("site", "send site.id, or site.place with easting_m and northing_m"));
  const v1::RequestedPlace& place = site.place();
  for (const auto& [field, value, low, high] : {std::tuple("site.place.easting_m", place.easting_m(), limits::kMinEastingM, limits::kMaxEastingM),
                                                std::tuple("site.place.northing_m", place.northing_m(), limits::kMinNorthingM, limits::kMaxNorthingM)}) {
    if (const auto inside = DecodeGivenNumber(field, value, {low, high, 0, "m", false, "nothing"}); !inside) return geo::Fail(inside.error());
  }
  const auto height = DecodeNumber("site.place.height_m", place.height_m(), {0, limits::kMaxCameraHeightM, 0, "m", true, "the model's own"});
  if (!height) return geo::Fail(height.error());
  const auto cost = DecodeInteger("site.place.cost_pence", place.cost_pence(), 0, limits::kMaxCostPence);
  if (!cost) return geo::Fail(cost.error());
  geo::CandidateSite decoded;
  decoded.id = "requested";
  decoded.at = geo::GridPoint::FromMeters(place.easting_m(), place.northing_m());
  if (auto near = CheckNearAreas(decoded.at, question.question); !near) return geo::Fail(near.error());
  if (*height > 0) decoded.height_m = *height;
  decoded.on_building = place.on_building();
  decoded.cost_pence = *cost;
  question.parameters.emplace_back("site.place", fmt::format("{} {}", place.easting_m(), place.northing_m()));
  return decoded;
}

}  // namespace server
