#include "server/cli/hotspot_commands.h"

#include <CLI/CLI.hpp>

#include <string>

#include "server/cli/flag_groups.h"

namespace server {
namespace {

void AddPeriod(CLI::App& command, std::string& period) {
  command.add_option("--period", period, "The days to look at; forms below")->required()->type_name("PERIOD");
}

void AddHotspots(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("hotspots", "The fewest cells that carry a share of the incidents, whether they are chance, and whether they last");
  HotspotFlags& flags = line.hotspots;
  AddPeriod(command, flags.period);
  AddQuestionFlags(command, line.question);
  command.add_option("--cells", flags.cell_shape, "Shape of the cells [square]")->check(CLI::IsMember({"square", "hex"}));
  command.add_option("--cell-size", flags.cell_size_m, "Side of a square, distance between opposite sides of a hexagon [250]")->type_name("METRES");
  command.add_option("--share", flags.share, "Share of the located incidents that the hot cells carry, over 0 to 1 [0.25]")->type_name("SHARE");
  command.add_option("--previous-years", flags.previous_years, "Years to look back at, 0 to 10 [2]")->type_name("YEARS");
  AddWeightsFlag(command, flags.weight_table);
  AddDensityFlags(command, flags.density);
  AddSignificanceFlags(command, flags.significance, false);
  command
      .add_option("--list", flags.list,
                  "Which cells: hot; occupied (an incident); significant (more or less than chance); analysed (inside the authority, empty or not; and "
                  "occupied) [hot]")
      ->check(CLI::IsMember({"hot", "occupied", "significant", "analysed"}));
  command.add_option("--top", flags.top, "Cells in the table, heaviest first; 0 is all (other formats carry all)")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber)
      ->type_name("CELLS");
  command.add_flag("--no-map", flags.no_map, "Leave out the map above the table");
  command.add_flag("--progress", flags.progress, "Say how far long work is, on a terminal's standard error");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch hotspots --period 2024\n"
                 "  wardwatch hotspots --period 2024/25 --category violence-and-sexual-offences --days thu,fri,sat --window 20:00-06:00\n"
                 "  wardwatch hotspots --period 2024 --list significant --statistic local-moran --permutations 9999 --progress --timeout 2m\n"
                 "  wardwatch hotspots --period 12m..2024-11 --cells hex --cell-size 150 --share 0.5 --format geojson --output hot.geojson");
  command.callback([&line] { line.command = Command::kHotspots; });
}

// What a surface and its places share. An extent and a cell size of their own: a raster's defaults are not those of cells.
void AddSurfaceFlags(CLI::App& command, SurfaceFlags& flags) {
  command.add_option("--cell-size", flags.cell_size_m, "Side of a raster cell [100]")->type_name("METRES");
  command.add_option("--extent", flags.extent, "National Grid metres [around the wards]")->type_name("WEST,SOUTH,EAST,NORTH");
  AddWeightsFlag(command, flags.weight_table);
  AddDensityFlags(command, flags.density);
}

void AddSurface(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("surface", "A density surface, or how two periods differ, on a scale that never changes with the view");
  SurfaceFlags& flags = line.surface;
  AddPeriod(command, flags.period);
  AddQuestionFlags(command, line.question);
  AddSurfaceFlags(command, flags);
  command.add_flag("--unmasked", flags.unmasked, "Also the cells outside the outline, where the data may say nothing");
  CLI::Option* compare = command.add_option("--compare", flags.compare, "Compare with this earlier period")->type_name("PERIOD");
  command.add_option("--measure", flags.measure, "How two periods are compared [difference]")
      ->check(CLI::IsMember({"difference", "ratio", "log-ratio"}))
      ->needs(compare);
  command.add_option("--floor", flags.floor_per_km2_per_year, "Ratios only where both periods are over this, per km2 per year [0.1]")
      ->needs(compare)
      ->type_name("DENSITY");
  AddCommonFlags(command, line.common, {"table", "json", "csv", "geojson", "png", "tiff"});
  command.footer(std::string(kPeriodForms) +
                 "csv has the centre and value of each cell shown, geojson their squares (20,000 at most). tiff is a GeoTIFF in EPSG:27700 with the values;\n"
                 "png is a picture, one pixel to a cell, north up, clear where nothing is shown; it carries no position and no world file comes with it.\n\n"
                 "Examples:\n  wardwatch surface --period 2024\n  wardwatch surface --period 2024 --category burglary --bandwidth silverman --edge diggle\n"
                 "  wardwatch surface --period 2024 --compare 2023 --measure log-ratio --format tiff --output change.tif");
  command.callback([&line] { line.command = Command::kSurface; });
}

void AddPlaces(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("places", "The named places that a density surface shows: contours as polygons, and peaks");
  AddPeriod(command, line.surface.period);
  AddQuestionFlags(command, line.question);
  PlacesFlags& flags = line.places;
  AddList(command, "--level", flags.levels,
          "Where to draw the line, repeat it for more: density:20 per km2 per year, volume:0.5 of the surface, incidents:0.5 of the incidents [incidents:0.5]",
          "KIND:VALUE");
  command.add_option("--peaks", flags.peaks, "Peaks to list, highest first [20]")->type_name("NUMBER");
  command.add_option("--peak-distance", flags.peak_distance_m, "A peak is the highest within this [the bandwidth]")->type_name("METRES");
  AddSurfaceFlags(command, line.surface);
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch places --period 2024\n  wardwatch places --period 2024 --category robbery --level density:20 --level volume:0.5\n"
                 "  wardwatch places --period 2024 --format geojson --output places.geojson");
  command.callback([&line] { line.command = Command::kPlaces; });
}

void AddAreaHotspots(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("area-hotspots", "Wards or other areas that lie among others like them, more than chance explains");
  AreaHotspotFlags& flags = line.area_hotspots;
  AddPeriod(command, flags.period);
  AddQuestionFlags(command, line.question);
  command.add_option("--measure", flags.measure, "What is tested of an area [count]")->check(CLI::IsMember({"count", "per-km2", "per-1000-residents"}));
  AddWeightsFlag(command, flags.weight_table);
  AddSignificanceFlags(command, flags.significance, true);
  AddCommonFlags(command, line.common);
  command.footer(
      std::string(kPeriodForms) +
      "Examples:\n  wardwatch area-hotspots --period 2024\n  wardwatch area-hotspots --period 2024 --measure per-1000-residents --statistic local-moran\n"
      "  wardwatch area-hotspots --period 2024 --vintage wards-2023 --format geojson --output wards.geojson");
  command.callback([&line] { line.command = Command::kAreaHotspots; });
}

}  // namespace

void AddHotspotCommands(CLI::App& app, CommandLine& line) {
  AddHotspots(app, line);
  AddSurface(app, line);
  AddPlaces(app, line);
  AddAreaHotspots(app, line);
}

}  // namespace server
