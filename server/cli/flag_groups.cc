#include "server/cli/flag_groups.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace server {
namespace {

void SetFormat(CommonFlags& flags, const std::string& name) {
  constexpr std::pair<const char*, Format> kFormats[] = {{"table", Format::kTable},     {"json", Format::kJson}, {"csv", Format::kCsv},
                                                         {"geojson", Format::kGeojson}, {"png", Format::kPng},   {"tiff", Format::kTiff}};
  for (const auto& [word, format] : kFormats) {
    if (name == word) flags.format = format;
  }
}

void AddWord(CLI::App& command, const std::string& name, std::string& value, const std::string& help, const std::vector<std::string>& words) {
  command.add_option(name, value, help)->check(CLI::IsMember(words));
}

}  // namespace

const char* const kPeriodForms =
    "Periods:\n"
    "  2024                    January to December\n"
    "  2024/25                 April 2024 to March 2025\n"
    "  2024-06                 a month\n"
    "  2024-06-01              a day\n"
    "  2024-06..2025-05        months, both included\n"
    "  2024-06-01..2024-06-30  days, both included\n"
    "  12m..2025-05            the 12 months that end with that one\n\n";

void AddCommonFlags(CLI::App& command, CommonFlags& flags, std::initializer_list<const char*> formats) {
  command.add_option("--server", flags.server, "Address of wardwatchd; WARDWATCH_SERVER in the environment sets it too")
      ->capture_default_str()
      ->type_name("HOST:PORT");
  command
      .add_option_function<std::string>(
          "--format", [&flags](const std::string& name) { SetFormat(flags, name); }, "How to write the answer [table]")
      ->check(CLI::IsMember(std::vector<std::string>(formats.begin(), formats.end())));
  command.add_option("--output", flags.output, "Write to this file, whole or not at all, instead of standard output")->type_name("FILE");
  command.add_option("--timeout", flags.timeout, "How long to wait for the server: 500ms, 10s, 2m")->capture_default_str()->type_name("TIME");
  command.add_flag("--ascii", flags.ascii, "Draw with ASCII characters only");
}

CLI::Option* AddList(CLI::App& command, const std::string& name, std::vector<std::string>& values, const std::string& help, const char* type) {
  return command.add_option(name, values, help)->delimiter(',')->allow_extra_args(false)->take_all()->type_name(type);
}

void AddDatasetFlag(CLI::App& command, QuestionFlags& flags) {
  command.add_option("--dataset", flags.dataset, "Which dataset to ask [the first that the server lists]")->type_name("NAME");
}

void AddFilterFlags(CLI::App& command, FilterFlags& flags, bool areas) {
  AddList(command, "--category", flags.categories, "Only these categories; repeat it or use commas", "ID");
  command.add_option("--workstream", flags.workstream, "Only what this workstream is about; `wardwatch datasets NAME` lists them")->type_name("ID");
  AddList(command, "--source", flags.sources, "Only these sources; repeat it or use commas", "ID");
  if (areas) AddList(command, "--area", flags.areas, "Only these areas: wards-2023:E05014449,E05014450", "VINTAGE:CODE");
  AddList(command, "--flag", flags.flags, "Only incidents that have these flags", "ID");
  AddList(command, "--without-flag", flags.without_flags, "Only incidents that do not have these flags", "ID");
  command.add_option("--time-window", flags.time_window, "Only in this time window of the dataset; `wardwatch workstreams list` shows them")->type_name("ID");
  command.add_option("--window", flags.window, "Only these hours of the day; 20:00-06:00 ends on the next day")->type_name("HH:MM-HH:MM");
  AddList(command, "--days", flags.days, "Only windows that begin on these days: thu,fri,sat", "DAY");
}

void AddPurposeFlag(CLI::App& command, QuestionFlags& flags) {
  command.add_option("--purpose", flags.purpose, "Why you ask; kept in the server's audit log")->type_name("TEXT");
}

void AddQuestionFlags(CLI::App& command, QuestionFlags& flags) {
  AddDatasetFlag(command, flags);
  AddFilterFlags(command, flags.filter, true);
  command.add_option("--vintage", flags.vintage, "Boundaries that name and count the wards [those in force at the end of the period]")->type_name("ID");
  AddPurposeFlag(command, flags);
}

void AddDensityFlags(CLI::App& command, DensityFlags& flags) {
  AddWord(command, "--kernel", flags.kernel, "Shape of the kernel [quartic]",
          {"quartic", "gaussian", "epanechnikov", "triangular", "uniform", "triweight", "negative-exponential"});
  command
      .add_option("--bandwidth", flags.bandwidth,
                  "Metres (the kernel's radius; standard deviation of the Gaussian), or a rule that chooses them from the incidents: silverman, scott, "
                  "reference, arcgis, least-squares, likelihood, diggle, cronie-van-lieshout [500]")
      ->type_name("METRES|RULE");
  command.add_option("--decay", flags.decay, "Of the triangular kernel: its height at the edge over that in the middle, 0 to 1 [0]")->type_name("SHARE");
  AddWord(command, "--edge", flags.edge, "What is done about the kernel's mass beyond the outline [none]", {"none", "uniform", "diggle"});
  command.add_flag("--adaptive", flags.adaptive, "Narrower bandwidths where incidents crowd (Abramson)");
}

void AddSignificanceFlags(CLI::App& command, SignificanceFlags& flags, bool areas) {
  AddWord(command, "--statistic", flags.statistic, "What is tested [gi-star]",
          areas ? std::vector<std::string>{"gi-star", "gi", "local-moran"} : std::vector<std::string>{"gi-star", "gi", "local-moran", "none"});
  CLI::Option* rings = areas ? nullptr : command.add_option("--rings", flags.rings, "Neighbours: cells within so many steps [1]")->type_name("STEPS");
  CLI::Option* distance = command
                              .add_option("--distance", flags.distance_m,
                                          areas ? "Neighbours: areas whose centroids are at most so far apart [those that touch]"
                                                : "Neighbours: cells whose centres are at most so far apart")
                              ->type_name("METRES");
  if (rings != nullptr) distance->excludes(rings);
  AddWord(command, "--adjacency", flags.adjacency, "What touches: an edge or a corner (queen), or an edge (rook) [queen]", {"queen", "rook"});
  command.add_flag("--row-standardised", flags.row_standardised, "Weigh each neighbour 1 / neighbours, not 1");
  CLI::Option* rate = command.add_option("--fdr", flags.false_discovery_rate, "False discoveries among those called significant, over 0 to 0.5 [0.05]");
  rate->type_name("RATE");
  command.add_flag("--no-correction", flags.no_correction, "Read each p-value alone: of 1,000 places without any pattern 50 then pass 0.05");
  command.add_option("--permutations", flags.permutations, "How many, 99 to 99999 [999]")->type_name("NUMBER");
  command.add_option("--seed", flags.seed, "Of the permutations: equal seeds, equal answers [1]")->type_name("NUMBER");
  AddWord(command, "--inference", flags.inference, "Where p-values come from, for gi-star and gi [automatic: normal where counts carry it]",
          {"automatic", "normal", "permutation"});
}

void AddWeightsFlag(CLI::App& command, std::string& weight_table) {
  command.add_option("--weights", weight_table, "Weigh each incident by this table of harm; `wardwatch datasets NAME` lists them [each counts 1]")
      ->type_name("TABLE");
}

}  // namespace server
