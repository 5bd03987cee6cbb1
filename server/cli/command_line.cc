#include "server/cli/command_line.h"

#include <CLI/CLI.hpp>

#include <string>

namespace server {
namespace {

constexpr const char* kPeriodForms =
    "Periods:\n"
    "  2024                    January to December\n"
    "  2024/25                 April 2024 to March 2025\n"
    "  2024-06                 a month\n"
    "  2024-06-01              a day\n"
    "  2024-06..2025-05        months, both included\n"
    "  2024-06-01..2024-06-30  days, both included\n"
    "  12m..2025-05            the 12 months that end with that one\n\n";

void SetFormat(CommonFlags& flags, const std::string& name) {
  flags.format = name == "json" ? Format::kJson : name == "csv" ? Format::kCsv : name == "geojson" ? Format::kGeojson : Format::kTable;
}

void AddCommonFlags(CLI::App& command, CommonFlags& flags) {
  command.add_option("--server", flags.server, "Address of wardwatchd; WARDWATCH_SERVER in the environment sets it too")
      ->capture_default_str()
      ->type_name("HOST:PORT");
  command
      .add_option_function<std::string>(
          "--format", [&flags](const std::string& name) { SetFormat(flags, name); }, "How to write the answer [table]")
      ->check(CLI::IsMember({"table", "json", "csv", "geojson"}));
  command.add_option("--output", flags.output, "Write to this file, whole or not at all, instead of standard output")->type_name("FILE");
  command.add_option("--timeout", flags.timeout, "How long to wait for the server: 500ms, 10s, 2m")->capture_default_str()->type_name("TIME");
  command.add_flag("--ascii", flags.ascii, "Draw with ASCII characters only");
}

// A list flag takes one argument each time, so that it cannot swallow the words that follow: --category a,b --category c.
CLI::Option* AddList(CLI::App& command, const std::string& name, std::vector<std::string>& values, const std::string& help, const char* type) {
  return command.add_option(name, values, help)->delimiter(',')->allow_extra_args(false)->take_all()->type_name(type);
}

void AddDatasetFlag(CLI::App& command, QuestionFlags& flags) {
  command.add_option("--dataset", flags.dataset, "Which dataset to ask [the first that the server lists]")->type_name("NAME");
}

void AddQuestionFlags(CLI::App& command, QuestionFlags& flags) {
  AddDatasetFlag(command, flags);
  AddList(command, "--category", flags.filter.categories, "Only these categories; repeat it or use commas", "ID");
  AddList(command, "--source", flags.filter.sources, "Only these sources; repeat it or use commas", "ID");
  AddList(command, "--area", flags.filter.areas, "Only these areas: wards-2023:E05014449,E05014450", "VINTAGE:CODE");
  command.add_option("--window", flags.filter.window, "Only these hours of the day; 20:00-06:00 ends on the next day")->type_name("HH:MM-HH:MM");
  AddList(command, "--days", flags.filter.days, "Only windows that begin on these days: thu,fri,sat", "DAY");
  command.add_option("--vintage", flags.vintage, "Boundaries that name and count the wards [those in force at the end of the period]")->type_name("ID");
  command.add_option("--purpose", flags.purpose, "Why you ask; kept in the server's audit log")->type_name("TEXT");
}

void AddDatasets(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("datasets", "What is loaded, what it covers and what is known to be wrong with it");
  DatasetsFlags& flags = line.datasets;
  command.add_option("NAME", flags.name, "One dataset in full")->type_name("");
  CLI::Option* coverage = command.add_flag("--coverage", flags.coverage, "Incidents by source and month, gaps and partial months marked");
  command.add_option("--areas", flags.areas_of_vintage, "The areas of this vintage; with --format geojson also their shapes")
      ->type_name("VINTAGE")
      ->excludes(coverage);
  AddList(command, "--source", flags.sources, "With --coverage: only these sources", "ID")->needs(coverage);
  AddCommonFlags(command, line.common);
  command.footer(
      "Examples:\n  wardwatch datasets\n  wardwatch datasets sample\n  wardwatch datasets sample --coverage --format csv\n"
      "  wardwatch datasets sample --areas wards-2023 --format geojson --output wards.geojson");
  command.callback([&line] { line.command = Command::kDatasets; });
}

void AddHotspots(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("hotspots", "The fewest cells that carry a share of the incidents, and whether they last");
  HotspotFlags& flags = line.hotspots;
  command.add_option("--period", flags.period, "The days to look at; forms below")->required()->type_name("PERIOD");
  AddQuestionFlags(command, line.question);
  command.add_option("--cells", flags.cell_shape, "Shape of the cells [square]")->check(CLI::IsMember({"square", "hex"}));
  command.add_option("--cell-size", flags.cell_size_m, "Side of a square, distance between opposite sides of a hexagon [250]")->type_name("METRES");
  command.add_option("--bandwidth", flags.bandwidth_m, "Radius of the quartic kernel [500]")->type_name("METRES");
  command.add_option("--share", flags.share, "Share of the located incidents that the hot cells carry, over 0 to 1 [0.25]")->type_name("SHARE");
  command.add_option("--previous-years", flags.previous_years, "Years to look back at, 0 to 10 [2]")->type_name("YEARS");
  command.add_flag("--all-cells", flags.all_cells, "List every cell with an incident, not only the hot ones");
  command.add_option("--top", flags.top, "Cells in the table, heaviest first; 0 is all (other formats carry all)")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber)
      ->type_name("CELLS");
  command.add_flag("--no-map", flags.no_map, "Leave out the map above the table");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch hotspots --period 2024\n"
                 "  wardwatch hotspots --period 2024/25 --category violence-and-sexual-offences --days thu,fri,sat --window 20:00-06:00\n"
                 "  wardwatch hotspots --period 12m..2024-11 --cells hex --cell-size 150 --share 0.5 --format geojson --output hot.geojson");
  command.callback([&line] { line.command = Command::kHotspots; });
}

void AddWards(CLI::App& app, CommandLine& line) {
  CLI::App& wards = *app.add_subcommand("wards", "Questions about wards");
  wards.require_subcommand(1);
  CLI::App& command = *wards.add_subcommand("compare", "Two periods, ward by ward, on one set of boundaries, with intervals and a verdict for each change");
  WardFlags& flags = line.wards;
  command.add_option("BEFORE", flags.before, "The earlier period")->required()->type_name("");
  command.add_option("AFTER", flags.after, "The later period; forms below")->required()->type_name("");
  AddQuestionFlags(command, line.question);
  command.add_option("--fdr", flags.false_discovery_rate, "Level at which false discoveries among all wards are controlled, over 0 to 0.5 [0.05]")
      ->type_name("LEVEL");
  command.add_flag("--explain", flags.explain, "Say in a sentence for each ward why it has its verdict");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards compare 2023 2024\n  wardwatch wards compare 2023/24 2024/25 --vintage wards-2023 --explain\n"
                 "  wardwatch wards compare 2023-06..2023-11 2024-06..2024-11 --category burglary,shoplifting --format csv\n"
                 "  wardwatch wards compare 2023 2024 --format geojson --output change.geojson");
  command.callback([&line] { line.command = Command::kCompareWards; });
}

void AddIncidents(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("incidents", "The rows behind an answer");
  IncidentFlags& flags = line.incidents;
  command.add_option("--period", flags.period, "The days to look at; forms below")->required()->type_name("PERIOD");
  AddQuestionFlags(command, line.question);
  command.add_option("--cell", flags.cell, "Only this cell of `wardwatch hotspots`: s250:r702:c2291")->type_name("CELL");
  command.add_option("--limit", flags.limit, "Stop after this many; 0 is all [40 in a table, all in other formats]")->type_name("ROWS");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch incidents --period 2024-12\n  wardwatch incidents --period 2024 --cell s250:r702:c2291 --limit 0\n"
                 "  wardwatch incidents --period 2024 --category burglary --format csv --output burglary.csv");
  command.callback([&line] { line.command = Command::kIncidents; });
}

void AddServerCommands(CLI::App& app, CommandLine& line) {
  CLI::App& status = *app.add_subcommand("status", "What the server serves and how busy it is");
  AddCommonFlags(status, line.common);
  status.footer("Example:\n  wardwatch status --server 127.0.0.1:50051");
  status.callback([&line] { line.command = Command::kStatus; });
  CLI::App& reload = *app.add_subcommand("reload", "Have the server read its store again; it swaps whole or not at all");
  AddCommonFlags(reload, line.common);
  reload.footer("Example:\n  wardwatch load datasets/sample/manifest.toml --store store.gpkg && wardwatch reload --timeout 1m");
  reload.callback([&line] { line.command = Command::kReload; });
}

void AddCompletion(CLI::App& app, CommandLine& line) {
  CLI::App& command = *app.add_subcommand("completion", "Print the completion script of a shell");
  command.add_option("SHELL", line.shell, "Which shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command.footer("Examples:\n  source <(wardwatch completion bash)\n  wardwatch completion fish > ~/.config/fish/completions/wardwatch.fish");
  command.callback([&line] { line.command = Command::kCompletion; });
}

}  // namespace

void AddCommands(CLI::App& app, CommandLine& line) {
  app.require_subcommand(1);
  app.failure_message([](const CLI::App* failed, const CLI::Error& error) {
    const std::vector<std::string> unknown = failed->remaining();
    // CLI11 would only say that a command is required.
    const std::string what = failed->get_subcommands().empty() && !unknown.empty() ? "no command is called " + unknown.front() : std::string(error.what());
    return "wardwatch: " + what + "\nwardwatch: --help shows what can be asked\n";
  });
  app.set_version_flag("--version", "wardwatch " WARDWATCH_VERSION);
  app.footer(
      "`wardwatch COMMAND --help` shows the flags and examples of a command.\n"
      "Exit code: 0 answered, 1 the server could not answer, 2 the question was wrong, 3 no server there.");
  AddDatasets(app, line);
  AddHotspots(app, line);
  AddWards(app, line);
  AddIncidents(app, line);
  AddServerCommands(app, line);
  AddCompletion(app, line);
}

}  // namespace server
