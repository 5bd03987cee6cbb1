#include "server/cli/workstream_commands.h"

#include <CLI/CLI.hpp>

#include "server/cli/flag_groups.h"

namespace server {
namespace {

void AddMaking(CLI::App& command, WorkstreamFlags& flags) {
  command.add_option("--author", flags.author, "Who says so; kept in the history")->required()->type_name("NAME");
  command.add_option("--note", flags.note, "Why; kept in the history")->type_name("TEXT");
  command.add_option("--base", flags.base_revision, "The revision that you saw, 0 for none; another in force refuses the edit")->type_name("NUMBER");
}

void AddList(CLI::App& workstreams, CommandLine& line) {
  CLI::App& command = *workstreams.add_subcommand("list", "Those in force, and the time windows and flags that they may name");
  AddDatasetFlag(command, line.question);
  AddCommonFlags(command, line.common, {"table", "json"});
  command.callback([&line] { line.command = Command::kListWorkstreams; });
}

void AddShow(CLI::App& workstreams, CommandLine& line) {
  CLI::App& command = *workstreams.add_subcommand("show", "One of them; as JSON it is what `save` takes");
  command.add_option("ID", line.workstreams.id, "Which one")->required()->type_name("");
  AddDatasetFlag(command, line.question);
  AddCommonFlags(command, line.common, {"table", "json"});
  command.footer("Example:\n  wardwatch workstreams show asb --format json --output asb.json");
  command.callback([&line] { line.command = Command::kShowWorkstream; });
}

void AddHistory(CLI::App& workstreams, CommandLine& line) {
  CLI::App& command = *workstreams.add_subcommand("history", "Every definition that was ever in force, latest first");
  command.add_option("ID", line.workstreams.id, "Of this one [all]")->type_name("");
  AddDatasetFlag(command, line.question);
  AddCommonFlags(command, line.common, {"table", "json"});
  command.callback([&line] { line.command = Command::kListRevisions; });
}

void AddSave(CLI::App& workstreams, CommandLine& line) {
  CLI::App& command = *workstreams.add_subcommand("save", "Put a definition into force: kept in the store, served at once");
  command.add_option("FILE", line.workstreams.file, "A JSON file as `show --format json` writes it; its `revision` is the base unless --base says another")
      ->required()
      ->type_name("");
  AddMaking(command, line.workstreams);
  AddDatasetFlag(command, line.question);
  AddPurposeFlag(command, line.question);
  AddCommonFlags(command, line.common, {"table", "json"});
  command.footer("Example:\n  wardwatch workstreams save asb.json --author \"J. Smith\" --note \"weights agreed in June\"");
  command.callback([&line] { line.command = Command::kSaveWorkstream; });
}

void AddRemove(CLI::App& workstreams, CommandLine& line) {
  CLI::App& command = *workstreams.add_subcommand("remove", "Take one out of force; its history stays");
  command.add_option("ID", line.workstreams.id, "Which one")->required()->type_name("");
  AddMaking(command, line.workstreams);
  AddDatasetFlag(command, line.question);
  AddPurposeFlag(command, line.question);
  AddCommonFlags(command, line.common, {"table", "json"});
  command.callback([&line] { line.command = Command::kRemoveWorkstream; });
}

}  // namespace

void AddWorkstreamCommands(CLI::App& app, CommandLine& line) {
  CLI::App& workstreams = *app.add_subcommand("workstreams", "The priorities of the plan, as configuration");
  workstreams.require_subcommand(1);
  AddList(workstreams, line);
  AddShow(workstreams, line);
  AddHistory(workstreams, line);
  AddSave(workstreams, line);
  AddRemove(workstreams, line);
}

}  // namespace server
