#include "server/cli/command_line.h"

#include <CLI/CLI.hpp>

#include <string>

#include "server/cli/camera_commands.h"
#include "server/cli/flag_groups.h"
#include "server/cli/hotspot_commands.h"
#include "server/cli/plan_commands.h"
#include "server/cli/ward_commands.h"
#include "server/cli/workstream_commands.h"

namespace server {
namespace {

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
      "Exit code: 0 answered, 1 the server could not answer, 2 the question was wrong, 3 no server there, 130 stopped.");
  AddDatasets(app, line);
  AddHotspotCommands(app, line);
  AddWardCommands(app, line);
  AddPlanCommands(app, line);
  AddCameraCommands(app, line);
  AddWorkstreamCommands(app, line);
  AddIncidents(app, line);
  AddServerCommands(app, line);
  AddCompletion(app, line);
}

}  // namespace server
