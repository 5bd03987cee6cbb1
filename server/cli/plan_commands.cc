#include "server/cli/plan_commands.h"

#include <CLI/CLI.hpp>

#include <string>

#include "server/cli/flag_groups.h"

namespace server {
namespace {

void AddPlanQuestion(CLI::App& command, CommandLine& line, const char* workstreams) {
  PlanFlags& flags = line.plan;
  command.add_option("PERIOD", flags.period, "The days to look at, at most a year; forms below")->required()->type_name("");
  AddDatasetFlag(command, line.question);
  AddList(command, "--workstream", flags.workstreams, workstreams, "ID");
  command.add_option("--vintage", line.question.vintage, "Boundaries of the places [those in force at the end of the period]")->type_name("ID");
  command.add_option("--weights", flags.weight_table, "Table of harm [the dataset's, where it has one]")->type_name("ID");
  command.add_option("--block", flags.block_hours, "Hours of a block: 1, 2, 3, 4, 6, 8, 12 or 24 [8]")->type_name("HOURS");
  command.add_option("--first-hour", flags.first_hour, "Hour at which a day's first block begins; the last belongs to the day on which it began [6]")
      ->type_name("HOUR");
  command.add_option("--fdr", flags.false_discovery_rate, "Level at which false discoveries among all trends are controlled, over 0 to 0.5 [0.05]")
      ->type_name("LEVEL");
  AddPurposeFlag(command, line.question);
}

void AddRank(CLI::App& plan, CommandLine& line) {
  CLI::App& command = *plan.add_subcommand("rank", "Which places and hours come first across workstreams, with every part of each score");
  PlanFlags& flags = line.plan;
  AddPlanQuestion(command, line, "Only these, with weights: asb=2,theft [all; 1 each, 0 for layers that target nothing]");
  AddList(command, "--part", flags.part_weights, "Weights of the parts: volume=1,harm=2,persistence=1,trend=1,concern=0 [1 each]", "PART=WEIGHT");
  command.add_option("--places", flags.places, "What to choose among [cells]")->type_name("UNIT")->check(CLI::IsMember({"cells", "areas"}));
  command.add_option("--cells", flags.cell_shape, "Shape of the cells [square]")->type_name("SHAPE")->check(CLI::IsMember({"square", "hex"}));
  command.add_option("--cell-size", flags.cell_size_m, "Their size in metres [the largest of the workstreams' own]")->type_name("METRES");
  AddList(command, "--area", flags.within, "Only places inside these areas: wards-2023:E05014449,E05014450", "VINTAGE:CODE");
  command.add_option("--limit", flags.limit, "How many to list, 1 to 1000 [20]")->type_name("ROWS");
  command.add_option("--capacity", flags.capacity_hours, "Hours a week to assign [none]")->type_name("HOURS");
  command.add_option("--visit", flags.visit_hours, "Hours of one visit [a whole block]")->type_name("HOURS");
  command.add_option("--teams", flags.teams, "Teams that can be in different places at once [1]")->type_name("NUMBER");
  command.add_option("--draws", flags.draws, "Draws behind rank intervals, 100 to 100000 [1000]")->type_name("NUMBER");
  command.add_option("--weight-spread", flags.weight_spread, "How far weights may be from those given, 0 to 0.9 [0.2]")->type_name("SHARE");
  command.add_option("--seed", flags.seed, "Of the draws: equal seeds, equal answers [1]")->type_name("NUMBER");
  command.add_flag("--explain", flags.explain, "Say in sentences why each place and hour stands where it does");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch plan rank 2024\n  wardwatch plan rank 2024 --workstream asb=2,theft --capacity 40 --visit 4 --teams 3 --explain\n"
                 "  wardwatch plan rank 2024 --places areas --block 168 --format csv\n  wardwatch plan rank 2024 --format geojson --output plan.geojson");
  command.callback([&line] { line.command = Command::kRankPriorities; });
}

void AddProfile(CLI::App& plan, CommandLine& line) {
  CLI::App& command = *plan.add_subcommand("profile", "One place, all workstreams: count, rate, rank, trend, hours, harm, and what cannot be said");
  PlanFlags& flags = line.plan;
  AddPlanQuestion(command, line, "Only these [all]");
  AddList(command, "--area", flags.areas, "The place: areas, taken together: wards-2023:E05014449,E05014450", "VINTAGE:CODE");
  AddList(command, "--cell", flags.cells, "The place: cells of `wardwatch hotspots`, taken together: s250:r702:c2291", "CELL");
  command.add_option("--shape", flags.shape, "The place: a GeoJSON file of one polygon")->type_name("FILE");
  command.add_option("--crs", flags.crs, "What the file's coordinates are [EPSG:4326]")->type_name("CRS");
  AddCommonFlags(command, line.common, {"table", "json", "csv"});
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch plan profile 2024 --area wards-2023:E05014449\n  wardwatch plan profile 2024 --cell s250:r702:c2291\n"
                 "  wardwatch plan profile 2024 --shape square.geojson --format csv");
  command.callback([&line] { line.command = Command::kProfilePlace; });
}

}  // namespace

void AddPlanCommands(CLI::App& app, CommandLine& line) {
  CLI::App& plan = *app.add_subcommand("plan", "Where workstreams should go");
  plan.require_subcommand(1);
  AddRank(plan, line);
  AddProfile(plan, line);
}

}  // namespace server
