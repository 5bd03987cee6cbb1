#include "server/cli/camera_flag_groups.h"

#include <CLI/CLI.hpp>

#include "server/cli/flag_groups.h"

namespace server {

void AddCameraQuestion(CLI::App& command, CommandLine& line, bool weights) {
  CameraFlags& flags = line.cameras;
  command.add_option("PERIOD", flags.period, "The days to look at; forms below")->required()->type_name("");
  AddQuestionFlags(command, line.question);
  if (weights) AddWeightsFlag(command, flags.weight_table);
  command.add_option("--table", flags.table, "Edition of the standard's levels of detail: EN IEC 62676-4:2014 or IEC 62676-4:2025 [2014]")
      ->type_name("YEAR")
      ->check(CLI::IsMember({"2014", "2025"}));
  command.add_option("--block", flags.block_hours, "Hours of a block into which the week is split: 1, 2, 3, 4, 6, 8, 12 or 24 [8]")->type_name("HOURS");
  command.add_option("--first-hour", flags.first_hour, "Hour at which a day's first block begins [6]")->type_name("HOUR");
  command.add_option("--decided-on", flags.decided_on, "Day of the decision that this is for [the day to which the data is complete]")->type_name("DAY");
  command.add_option("--review-months", flags.review_months, "Months from then to the next review, 1 to 60 [12]")->type_name("MONTHS");
  command.add_option("--evidence", flags.evidence, "Table of what studies say [the dataset's, where it has one]")->type_name("ID");
  command.add_option("--buildings", flags.buildings, "A GeoJSON file of footprints in place of the dataset's")->type_name("FILE");
}

void AddCameraModel(CLI::App& command, CameraFlags& flags, bool required, const char* level) {
  CLI::Option* model = command.add_option("--model", flags.model, "Model of the cameras; `wardwatch cameras list` shows them")->type_name("ID");
  if (required) model->required();
  command.add_option("--level", flags.level, std::string("Level of detail at which something counts as in view [") + level + "]")->type_name("LEVEL");
}

void AddCameraSites(CLI::App& command, CameraFlags& flags) {
  command.add_option("--draft", flags.draft, "A GeoJSON file of sites in place of the dataset's: points with id, height_m, cost_pence, on_building")
      ->type_name("FILE");
  command.add_option("--crs", flags.crs, "What the coordinates of --draft and --buildings are: EPSG:4326 or EPSG:27700 [EPSG:4326]")->type_name("CRS");
  AddList(command, "--candidate", flags.sites, "Only these sites of the dataset [all that have power]", "ID");
  AddList(command, "--within", flags.within, "Only sites inside these areas: wards-2023:E05014449,E05014450", "VINTAGE:CODE");
  command.add_flag("--without-power", flags.without_power, "Also sites that have no power");
  command.add_option("--bearing", flags.bearings_deg, "Ways that a camera may look, degrees from north; one for a camera that looks all round [0,45,...,315]")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->take_all()
      ->type_name("DEGREES");
}

void AddRequestedSite(CLI::App& command, CameraFlags& flags) {
  CLI::Option* site = command.add_option("--site", flags.site, "The place: a site of the dataset, with or without power")->type_name("ID");
  command.add_option("--at", flags.at, "The place: metres on the National Grid, 565000,170000")->type_name("EASTING,NORTHING")->excludes(site);
  command.add_option("--height", flags.height_m, "Of the lens there, metres [the model's]")->type_name("METRES")->excludes(site);
  command.add_flag("--on-building", flags.on_building, "It is on a building, whose own walls hide nothing")->excludes(site);
}

}  // namespace server
