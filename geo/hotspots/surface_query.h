// What FindSurface is asked and what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/density/compare_surfaces.h"
#include "geo/density/raster_frame.h"
#include "geo/hotspots/density_query.h"
#include "geo/incidents/selection.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {

struct SurfaceQuery {
  IncidentFilter filter;
  std::int32_t cell_mm = 100'000;
  std::optional<GridBox> extent;    // default: around the areas, else around the incidents
  DensityQuery density;
  struct Comparison {
    Period before;
    SurfaceComparison measure = SurfaceComparison::kDifference;
    double floor_per_km2_year = 0.1;  // 0 or more
  };
  std::optional<Comparison> comparison;  // both surfaces with the bandwidth of the later period
  std::size_t vintage = 0;          // its areas (those of the filter, where it names some of this vintage) are the window and the mask
  bool unmasked = false;
  int threads = 1;
};

struct SurfaceAnswer {
  RasterFrame frame;
  std::vector<double> values;           // per km2 per year, or compared; 0 where not shown
  std::vector<std::uint8_t> shown;      // one per cell: 1 is shown
  std::int64_t shown_cells = 0;
  double least = 0, greatest = 0;       // over shown cells; 0 and 0 without any
  DensityUsed density;
  std::int64_t incidents = 0, located = 0, unlocated = 0, unknown_hour = 0, hour_unknown = 0, unweighted = 0;
  std::int64_t incidents_before = 0;    // with a comparison
  double located_weight = 0;
  std::vector<CrossedBreak> breaks;
};

// Contours and peaks of a surface.
struct PlaceQuery {
  SurfaceQuery surface;                 // without comparison; masked
  struct Level {
    enum class Kind : std::uint8_t { kDensity, kVolumeShare, kIncidentShare } kind = Kind::kIncidentShare;
    double value = 0.5;                 // per km2 per year, or a share over 0 to 1
  };
  std::vector<Level> levels{{}};
  int peaks = 20;
  double peak_distance_m = 0;           // 0: the bandwidth
};

struct NamedPlace {
  std::string id;
  std::string nearest_name;             // empty: none within 1 km
  double nearest_name_distance_m = 0;
  AreaIndex area = kOutside;
  std::string grid_reference;
  GridPoint at;                         // the centre of its highest cell
  double density_per_km2_year = 0;      // there
};

struct PlaceAnswer {
  struct Level {
    double density_per_km2_year = 0;
    double area_m2 = 0;
    std::int64_t incidents = 0;
    double share = 0;
    std::int32_t places = 0;
  };
  struct Place {
    std::int32_t level = 0;
    NamedPlace named;
    double area_m2 = 0;
    std::int64_t incidents = 0;
    double weight = 0, share = 0;
    double heaviest = 0;  // of a single incident inside
    Polygon region;
  };
  struct Peak {
    NamedPlace named;
    double prominence_per_km2_year = 0;
  };
  std::vector<Level> levels;            // as asked
  std::vector<Place> places;            // by level, then peak density descending, then id
  std::vector<Peak> peaks;
  double weight_on_surface = 0;         // in shown cells: what shares of incidents are shares of
  SurfaceAnswer surface;
};

}  // namespace geo
