#include "server/cli/camera_commands.h"

#include <CLI/CLI.hpp>

#include <string>

#include "server/cli/camera_flag_groups.h"
#include "server/cli/flag_groups.h"

namespace server {
namespace {

constexpr const char* kNote = "Every answer is for partners alone: where cameras stand and what they leave uncovered is not for public release.\n";

void Finish(CLI::App& command, CommandLine& line, Command which, std::initializer_list<const char*> formats, const std::string& examples) {
  AddCommonFlags(command, line.common, formats);
  command.footer(std::string(kPeriodForms) + kNote + "\nExamples:\n" + examples);
  command.callback([&line, which] { line.command = which; });
}

void AddListCameras(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("list", "The register: every camera, its model and state; sites, buildings and tables of evidence");
  AddDatasetFlag(command, line.question);
  AddPurposeFlag(command, line.question);
  AddCommonFlags(command, line.common);
  command.footer(std::string(kNote) + "\nExamples:\n  wardwatch cameras list\n  wardwatch cameras list --format geojson --output cameras.geojson");
  command.callback([&line] { line.command = Command::kListCameras; });
}

void AddSiting(CLI::App& command, CommandLine& line) {
  CameraFlags& flags = line.cameras;
  AddCameraQuestion(command, line, true);
  AddCameraModel(command, flags, true, "recognise, or perceive of 2025");
  AddCameraSites(command, flags);
  command.add_option("--picks", flags.picks, "How many new cameras, 0 to 500")->type_name("NUMBER");
  command.add_option("--budget", flags.budget_pounds, "What they may cost together, by the costs of their sites")->type_name("POUNDS");
  AddList(command, "--cover-cell", flags.cover_cells, "Has to be in view: cells, taken together: s250:r702:c2291", "CELL");
  AddList(command, "--cover-area", flags.cover_areas, "Has to be in view: areas, taken together: wards-2023:E05014449", "VINTAGE:CODE");
  command.add_option("--cover-times", flags.cover_times, "Of so many cameras; 2 is backup [1]")->type_name("NUMBER");
  command.add_option("--cover-share", flags.cover_share, "At least so much of what happens there [1]")->type_name("SHARE");
  command.add_flag("--greedy", flags.greedy, "A good choice at once, with a bound, and no proof");
  command.add_option("--seed", flags.seed, "Of the draws: equal seeds, equal answers [1]")->type_name("NUMBER");
}

void AddSite(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("site", "The best sites for new cameras, what each adds, and how good the choice is known to be");
  CameraFlags& flags = line.cameras;
  AddSiting(command, line);
  command.add_option("--alternatives", flags.alternatives, "Other sets of sites that do nearly as well, 0 to 50 [3]")->type_name("NUMBER");
  command.add_option("--alternatives-share", flags.alternatives_share, "Within so much of the best, 0 to 0.5 [0.01]")->type_name("SHARE");
  command.add_option("--frontier", flags.frontier_points, "Points of cost against cover, 0 to 50 [0]")->type_name("NUMBER");
  command.add_option("--draws", flags.draws, "Draws of positions within their precision, 0 to 1000 [50]")->type_name("NUMBER");
  command.add_option("--cell-size", flags.cell_size_m, "Side of the squares of the map, metres [250]")->type_name("METRES");
  command.add_flag("--no-map", flags.no_map, "Only the table");
  Finish(command, line, Command::kSiteCameras, {"table", "json", "csv", "geojson", "png"},
         "  wardwatch cameras site 2024 --model all-round --picks 3 --bearing 0\n"
         "  wardwatch cameras site 2024 --model fixed --budget 20000 --workstream night-violence --frontier 5\n"
         "  wardwatch cameras site 2024 --model all-round --picks 3 --bearing 0 --format geojson --output sites.geojson");
}

void AddTest(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("test", "Would other sites be chosen if positions were a little wrong, or in another year?");
  CameraFlags& flags = line.cameras;
  AddSiting(command, line);
  command.add_option("--draws", flags.draws, "Draws of positions within their precision, 1 to 2000 [200]")->type_name("NUMBER");
  command.add_flag("--exact", flags.exact, "Prove every draw's choice best; else greedy with swaps");
  command.add_option("--core", flags.core_share, "What is chosen in so many of the draws is of the core, over 0 to 1 [0.9]")->type_name("SHARE");
  AddList(command, "--year", flags.years, "Other periods, in each of which the same question is solved", "PERIOD");
  Finish(command, line, Command::kTestSiting, {"table", "json", "csv"},
         "  wardwatch cameras test 2024 --model all-round --picks 3 --bearing 0 --draws 100 --year 2022,2023");
}

void AddReview(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("review", "What every standing camera sees, what it alone sees, and whether to keep, repair or move it");
  CameraFlags& flags = line.cameras;
  AddCameraQuestion(command, line, false);
  command.add_option("--earlier", flags.earlier, "The days before, 24 months mostly, for the change [none]")->type_name("PERIOD");
  AddCameraModel(command, flags, false, "observe, or discern of 2025");
  AddCameraSites(command, flags);
  command.add_option("--need", flags.need_per_year, "Need is not shown where even the upper end of incidents a year is below this [12]")
      ->type_name("INCIDENTS");
  command.add_option("--unique", flags.least_unique_share, "Mostly duplicated, where less of what it sees is seen by it alone [0.1]")->type_name("SHARE");
  command.add_option("--better-by", flags.better_by, "A better site adds so many times what the camera alone sees [2]")->type_name("TIMES");
  command.add_option("--least-fit", flags.least_fit, "Below this share of evidence, known and monitored hours a caution is given [0.5]")->type_name("SHARE");
  command.add_option("--fdr", flags.false_discovery_rate, "Level at which false discoveries among all changes are controlled, over 0 to 0.5 [0.05]")
      ->type_name("LEVEL");
  command.add_option("--cell-size", flags.cell_size_m, "Side of the squares of the map, metres [250]")->type_name("METRES");
  command.add_flag("--no-map", flags.no_map, "Only the table");
  command.add_flag("--explain", flags.explain, "Say in sentences why of every camera, not only of those to repair or to move");
  Finish(command, line, Command::kReviewCameras, {"table", "json", "csv", "geojson", "png"},
         "  wardwatch cameras review 2024 --earlier 2022-01..2023-12\n  wardwatch cameras review 2024 --model all-round --bearing 0 --format csv");
}

void AddRedeploy(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("redeploy", "Where movable units go, quarter by quarter");
  CameraFlags& flags = line.cameras;
  AddCameraQuestion(command, line, false);
  AddCameraModel(command, flags, true, "observe, or discern of 2025");
  AddCameraSites(command, flags);
  AddList(command, "--unit", flags.units, "The units: R1 in store, R2=L0042 at a site; 1 to 50", "ID[=SITE]")->required();
  command.add_option("--first-month", flags.first_month, "First of the plan [the month after the history]")->type_name("MONTH");
  command.add_option("--quarters", flags.quarters, "Of three months each, 1 to 8 [4]")->type_name("NUMBER");
  command.add_option("--move-budget", flags.move_budget_pounds, "For all moves of the plan [no limit]")->type_name("POUNDS");
  command.add_option("--least-gain", flags.least_gain, "Incidents that a move has to add to be worth it [0]")->type_name("INCIDENTS");
  command.add_option("--overlap", flags.most_overlap, "Two sites that share more of the lesser are not used in one quarter, 0 to 1 [0.5]")->type_name("SHARE");
  Finish(command, line, Command::kPlanRedeployables, {"table", "json", "csv", "geojson"},
         "  wardwatch cameras redeploy 2022-01..2024-12 --model all-round --bearing 0 --unit R1,R2 --quarters 4");
}

void AddEvidence(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("evidence", "The pack for one place where somebody asks for a camera");
  CameraFlags& flags = line.cameras;
  AddCameraQuestion(command, line, false);
  AddCameraModel(command, flags, true, "recognise, or perceive of 2025");
  AddRequestedSite(command, flags);
  AddCameraSites(command, flags);
  command.add_option("--alternatives-within", flags.within_m, "How far alternatives may be, metres [250]")->type_name("METRES");
  AddList(command, "--year", flags.years, "Years for persistence and change, in order [three that end with the period]", "PERIOD");
  command.add_option("--draws", flags.draws, "Draws of positions within their precision, 0 to 2000 [200]")->type_name("NUMBER");
  command.add_option("--seed", flags.seed, "Of the draws: equal seeds, equal answers [1]")->type_name("NUMBER");
  command.add_option("--stated-purpose", flags.stated_purpose, "What the camera is for, in the requester's words")->type_name("TEXT");
  Finish(command, line, Command::kGatherSiteEvidence, {"table", "json", "csv", "geojson"},
         "  wardwatch cameras evidence 2024 --model all-round --bearing 0 --at 565000,170000 --stated-purpose \"violence outside the station\"");
}

void AddDetail(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("detail", "How much is in view of the working cameras, in what detail, of how many, when");
  AddCameraQuestion(command, line, true);
  Finish(command, line, Command::kCountDetailLevels, {"table", "json", "csv"}, "  wardwatch cameras detail 2024\n  wardwatch cameras detail 2024 --table 2025");
}

void AddRespond(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("respond", "Camera, lighting or people: what hotspots respond to, as far as studies say");
  CameraFlags& flags = line.cameras;
  AddCameraQuestion(command, line, true);
  AddList(command, "--cell", flags.cells, "Hotspots: each cell is one: s250:r702:c2291 [the five heaviest squares]", "CELL");
  AddList(command, "--place", flags.areas, "Hotspots: each area is one: wards-2023:E05014449,E05014450", "VINTAGE:CODE");
  Finish(command, line, Command::kCompareResponses, {"table", "json", "csv"},
         "  wardwatch cameras respond 2024\n  wardwatch cameras respond 2024 --cell s250:r702:c2291 --workstream night-violence");
}

void AddBearings(CLI::App& cameras, CommandLine& line) {
  CLI::App& command = *cameras.add_subcommand("bearings", "Whom a site would watch, which way it would watch fewer, and what hiding them would cost");
  CameraFlags& flags = line.cameras;
  AddCameraQuestion(command, line, true);
  AddCameraModel(command, flags, true, "recognise, or perceive of 2025");
  AddRequestedSite(command, flags);
  command.add_option("--crs", flags.crs, "What the coordinates of --buildings are [EPSG:4326]")->type_name("CRS");
  command.add_option("--step", flags.step_deg, "Degrees between bearings, 1 to 180 [15]")->type_name("DEGREES");
  command.add_option("--keep", flags.keep_share, "A bearing that covers so much of the best may stand in for it, 0 to 1 [0.9]")->type_name("SHARE");
  command.add_option("--mask-radius", flags.mask_radius_m, "What a privacy mask blots out about a place, metres, 0 to 100 [8]")->type_name("METRES");
  Finish(command, line, Command::kSweepBearings, {"table", "json", "csv"}, "  wardwatch cameras bearings 2024 --model fixed --site L0042 --step 30");
}

}  // namespace

void AddCameraCommands(CLI::App& app, CommandLine& line) {
  CLI::App& cameras = *app.add_subcommand("cameras", "Cameras: which stand, which to keep, where new ones would go, and what cannot be said");
  cameras.require_subcommand(1);
  AddListCameras(cameras, line);
  AddSite(cameras, line);
  AddTest(cameras, line);
  AddReview(cameras, line);
  AddRedeploy(cameras, line);
  AddEvidence(cameras, line);
  AddDetail(cameras, line);
  AddRespond(cameras, line);
  AddBearings(cameras, line);
}

}  // namespace server
