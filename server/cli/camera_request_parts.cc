#include "server/cli/camera_request_parts.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "server/cli/input_file.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr std::size_t kMostDraftBytes = std::size_t{384} << 10;  // what the server takes

geo::Result<void> FillDraft(const std::filesystem::path& file, const char* flag, const std::string& crs, api::DraftFeatures& out) {
  auto text = ReadInputFile(file, flag, kMostDraftBytes);
  if (!text) return geo::Fail(text.error());
  out.set_geojson(std::move(*text));
  out.set_crs(crs);
  return {};
}

geo::Result<void> FillDay(const std::string& text, const char* flag, api::Day& out) {
  api::Period period;
  if (auto filled = FillPeriod(text, flag, period); !filled) return filled;
  const std::string expected = fmt::format("\"{}\" is no day: write 2025-01-31", text);
  if (!period.has_days() || text.find("..") != std::string::npos) return geo::Fail(BadFlag(flag, expected));
  out = period.days().begin();
  return {};
}

// "565000,170000"
geo::Result<std::pair<double, double>> ParseGridPlace(const std::string& text) {
  double numbers[2] = {0, 0};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (int i = 0; i < 2; ++i) {
    const auto [stop, error] = std::from_chars(at, end, numbers[i]);
    const bool last = i == 1;
    if (error != std::errc() || !std::isfinite(numbers[i]) || (last ? stop != end : (stop == end || *stop != ','))) {
      return geo::Fail(BadFlag("--at", fmt::format("\"{}\" is no place: write EASTING,NORTHING in metres of the National Grid, 565000,170000", text)));
    }
    at = stop + 1;
  }
  return std::pair{numbers[0], numbers[1]};
}

}  // namespace

geo::Result<void> FillSetting(const CameraFlags& flags, api::CameraSetting& out) {
  if (flags.table == "2014") out.set_table(api::DENSITY_TABLE_EN_62676_4_2014);
  if (flags.table == "2025") out.set_table(api::DENSITY_TABLE_IEC_62676_4_2025);
  if (auto fine = RefuseZero(flags.block_hours, "--block", "1, 2, 3, 4, 6, 8, 12, 24, or 168 for the whole week"); !fine) return fine;
  if (auto fine = RefuseZero(flags.review_months, "--review-months", "1 to 60"); !fine) return fine;
  if (flags.block_hours) out.mutable_hours()->set_block_hours(*flags.block_hours);
  if (flags.first_hour) out.mutable_hours()->set_first_hour(*flags.first_hour);
  if (flags.review_months) out.set_review_months(*flags.review_months);
  out.set_evidence(flags.evidence);
  if (!flags.decided_on.empty()) {
    if (auto filled = FillDay(flags.decided_on, "--decided-on", *out.mutable_decided_on()); !filled) return filled;
  }
  if (flags.buildings.empty()) return {};
  return FillDraft(flags.buildings, "--buildings", flags.crs, *out.mutable_buildings());
}

bool SitesAreSaid(const CameraFlags& flags) {
  return !flags.draft.empty() || !flags.sites.empty() || !flags.within.empty() || flags.without_power || !flags.bearings_deg.empty();
}

geo::Result<void> FillSites(const CameraFlags& flags, api::SiteChoice& out) {
  for (const std::string& id : flags.sites) out.add_ids(id);
  for (const double bearing_deg : flags.bearings_deg) out.add_bearings_deg(bearing_deg);
  out.set_without_power(flags.without_power);
  if (!flags.within.empty()) {
    if (auto filled = FillAreas(flags.within, "--within", *out.mutable_areas()); !filled) return filled;
  }
  if (flags.draft.empty()) return {};
  return FillDraft(flags.draft, "--draft", flags.crs, *out.mutable_draft());
}

geo::Result<void> FillRequestedSite(const CameraFlags& flags, api::RequestedSite& out) {
  if (flags.site.empty() == flags.at.empty()) return geo::Fail(BadFlag("--site", "is required, or --at: which place is asked for"));
  if (!flags.site.empty()) {
    out.set_id(flags.site);
    return {};
  }
  const auto place = ParseGridPlace(flags.at);
  if (!place) return geo::Fail(place.error());
  if (auto fine = RefuseZero(flags.height_m, "--height", "over 0, to 100"); !fine) return fine;
  api::RequestedPlace& at = *out.mutable_place();
  at.set_easting_m(place->first);
  at.set_northing_m(place->second);
  if (flags.height_m) at.set_height_m(*flags.height_m);
  at.set_on_building(flags.on_building);
  return {};
}

geo::Result<std::int64_t> PenceOf(double pounds, std::string_view flag) {
  constexpr double kMostPounds = 1e12;  // the server has the true limit; this is what a whole number of pence can hold
  if (!std::isfinite(pounds) || std::abs(pounds) > kMostPounds) return geo::Fail(BadFlag(std::string(flag), fmt::format("{} is no amount of pounds", pounds)));
  return std::llround(pounds * 100);
}

}  // namespace server
