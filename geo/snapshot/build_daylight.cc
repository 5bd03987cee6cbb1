#include "geo/snapshot/build_daylight.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <map>
#include <optional>

#include "geo/geodesy/british_grid.h"
#include "geo/geodesy/sun.h"

namespace geo {
namespace {

bool AnyAsksForLight(const DatasetRecord& record) {
  const auto asks = [](const auto& of) { return of.window.light != Light::kAny; };
  // Whoever weighs cameras against lighting asks what happens in the dark.
  return !record.street.layers.empty() || !record.street.evidence.empty() ||
         std::any_of(record.time_windows.begin(), record.time_windows.end(), asks) || std::any_of(record.workstreams.begin(), record.workstreams.end(), asks);
}

// Whose light is taken where no incident of known hour has a position.
constexpr Daylight::Square kMiddleOfEngland{20, 15};

struct Extent {
  std::vector<Daylight::Square> squares;
  std::size_t most = 0;  // of them, the one with the most incidents
  Period days;
};

std::optional<Extent> ExtentOf(const IncidentColumns& incidents) {
  std::map<Daylight::Square, std::int64_t> rows;
  std::optional<Period> days;
  for (std::size_t row = 0; row < incidents.size(); ++row) {
    if (!incidents.hour_known(row)) continue;
    if (incidents.at[row] != kUnlocated) ++rows[Daylight::SquareOf(incidents.at[row])];
    const LocalDay first = DayOfMinute(incidents.from_minute[row]), last = DayOfMinute(incidents.to_minute[row] - 1);
    if (!days) days = Period{first, last + 1};
    *days = {std::min(days->begin, first), std::max(days->end, last + 1)};
  }
  if (!days) return std::nullopt;
  if (rows.empty()) rows[kMiddleOfEngland] = 1;
  Extent extent{{}, 0, *days};
  std::int64_t most = 0;
  for (const auto& [square, count] : rows) {
    if (count > most) most = count, extent.most = extent.squares.size();
    extent.squares.push_back(square);
  }
  return extent;
}

LocalMinute OnClock(const date::time_zone& zone, double unix_s) {
  const date::sys_seconds instant{std::chrono::seconds(std::llround(unix_s))};
  const auto local = instant.time_since_epoch() + zone.get_info(instant).offset;
  return static_cast<LocalMinute>(std::lround(static_cast<double>(local.count()) / 60));
}

}  // namespace

Result<std::shared_ptr<const Daylight>> BuildDaylight(const DatasetRecord& record, const IncidentColumns& incidents) {
  if (!AnyAsksForLight(record)) return nullptr;
  auto extent = ExtentOf(incidents);
  if (!extent) return nullptr;
  const auto grid = BritishGrid::Create();
  if (!grid) return Fail(grid.error());
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(record.time_zone);
    zone->get_info(date::sys_seconds{});
  } catch (const std::exception&) {
    return Fail({ErrorCode::kDataLoss, "datasets/" + record.id, "STORE_DAMAGED",
                 fmt::format("the store's copy of {} names the time zone {}, which this machine does not know", record.id, record.time_zone)});
  }
  std::map<Daylight::Square, LatLng> centres;
  for (const Daylight::Square square : extent->squares) centres[square] = grid->to_wgs84(Daylight::CentreOf(square));
  // A day of the clock and a day of UTC have the same noon in every zone within half a day of Greenwich.
  return std::make_shared<const Daylight>(extent->squares, extent->most, extent->days, [&](Daylight::Square square, LocalDay day) {
    const LightSpan span = LightAround(centres[square], day);
    return Daylight::Day{OnClock(*zone, span.dawn_s), OnClock(*zone, span.dusk_s)};
  });
}

}  // namespace geo
