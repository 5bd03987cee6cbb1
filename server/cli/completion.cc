#include "server/cli/completion.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace server {
namespace {

struct CompletedFlag {
  std::string name;  // "--format"
  std::string help;
  bool takes_value = false;
  std::vector<std::string> values;  // the fixed set, empty where there is none
};

struct CompletedCommand {
  std::string path;  // "" for wardwatch itself, " wards compare" for a nested one
  std::string name;
  std::string help;
  std::vector<CompletedFlag> flags;
  std::vector<std::string> positional_values;  // "bash", "zsh", "fish"
  std::vector<CompletedCommand> commands;
};

// CLI11 shows a fixed set as "TEXT:{bash,zsh,fish}".
std::vector<std::string> FixedValues(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

CompletedCommand Describe(const CLI::App& app, const std::string& path) {
  CompletedCommand command{path, app.get_name(), app.get_description(), {}, {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    const std::vector<std::string> values = FixedValues(*option);
    if (option->get_lnames().empty()) {
      command.positional_values.insert(command.positional_values.end(), values.begin(), values.end());
      continue;
    }
    command.flags.push_back({"--" + option->get_lnames().front(), option->get_description(), option->get_items_expected_max() > 0, values});
  }
  for (const CLI::App* child : app.get_subcommands([](const CLI::App*) { return true; })) {
    command.commands.push_back(Describe(*child, path + " " + child->get_name()));
  }
  return command;
}

template <class Visit>
void VisitAll(const CompletedCommand& command, const Visit& visit) {
  visit(command);
  for (const CompletedCommand& child : command.commands) VisitAll(child, visit);
}

std::string Bash(const CompletedCommand& root) {
  std::string paths;
  std::string values;
  std::string words;
  VisitAll(root, [&](const CompletedCommand& command) {
    std::vector<std::string> here = command.positional_values;
    if (!command.path.empty()) paths += fmt::format("{}\"{}\"", paths.empty() ? "" : "|", command.path);
    for (const CompletedCommand& child : command.commands) here.push_back(child.name);
    std::string silent;  // flags whose value is free text: no word list may be offered
    for (const CompletedFlag& flag : command.flags) {
      here.push_back(flag.name);
      if (!flag.values.empty()) {
        values +=
            fmt::format("    \"{} {}\") COMPREPLY=($(compgen -W \"{}\" -- \"$current\")); return ;;\n", command.path, flag.name, fmt::join(flag.values, " "));
      } else if (flag.takes_value) {
        silent += fmt::format("{}\"{} {}\"", silent.empty() ? "" : "|", command.path, flag.name);
      }
    }
    if (!silent.empty()) values += fmt::format("    {}) COMPREPLY=(); return ;;\n", silent);
    words += fmt::format("    \"{}\") words=\"{}\" ;;\n", command.path, fmt::join(here, " "));
  });
  return fmt::format(R"(_wardwatch() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" path="" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path ${{COMP_WORDS[i]}}" in
      {}) path="$path ${{COMP_WORDS[i]}}" ;;
    esac
  done
  case "$path $previous" in
{}  esac
  case "$path" in
{}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _wardwatch wardwatch
)",
                     paths, values, words);
}

std::string Quoted(std::string text) {
  for (std::size_t at = 0; (at = text.find_first_of("'\\", at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  return "'" + text + "'";
}

std::string Fish(const CompletedCommand& root) {
  std::string script = "complete -c wardwatch -n __fish_use_subcommand -f\n";
  VisitAll(root, [&](const CompletedCommand& command) {
    const std::string condition = command.path.empty() ? std::string("__fish_use_subcommand") : Quoted("__fish_seen_subcommand_from " + command.name);
    for (const CompletedCommand& child : command.commands) {
      // Inside `wards` only until its own command is there.
      const std::string when = command.path.empty()
                                   ? condition
                                   : Quoted(fmt::format("__fish_seen_subcommand_from {}; and not __fish_seen_subcommand_from {}", command.name, child.name));
      script += fmt::format("complete -c wardwatch -n {} -f -a {} -d {}\n", when, child.name, Quoted(child.help));
    }
    for (const std::string& value : command.positional_values) script += fmt::format("complete -c wardwatch -n {} -f -a {}\n", condition, value);
    for (const CompletedFlag& flag : command.flags) {
      script += fmt::format("complete -c wardwatch -n {} -l {} -d {}", condition, flag.name.substr(2), Quoted(flag.help));
      if (!flag.values.empty()) {
        script += fmt::format(" -x -a {}", Quoted(fmt::format("{}", fmt::join(flag.values, " "))));
      } else if (flag.takes_value) {
        script += " -r";
      }
      script += '\n';
    }
  });
  return script;
}

}  // namespace

std::string CompletionScript(const CLI::App& app, const std::string& shell) {
  const CompletedCommand root = Describe(app, "");
  if (shell == "bash") return Bash(root);
  // zsh runs bash completions itself.
  if (shell == "zsh") return "#compdef wardwatch\nautoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(root);
  return shell == "fish" ? Fish(root) : std::string();
}

}  // namespace server
