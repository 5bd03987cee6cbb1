// Flags that several commands share. Help, completion and parsing come from these same definitions.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "server/cli/command_flags.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace server {

// For the footer of a command that takes a period.
extern const char* const kPeriodForms;

// --server, --format, --output, --timeout, --ascii. `formats`: those that this command can write.
void AddCommonFlags(CLI::App& command, CommonFlags& flags, std::initializer_list<const char*> formats = {"table", "json", "csv", "geojson"});
void AddDatasetFlag(CLI::App& command, QuestionFlags& flags);
// The filter, without --area where an answer is of all areas.
void AddFilterFlags(CLI::App& command, FilterFlags& flags, bool areas);
void AddPurposeFlag(CLI::App& command, QuestionFlags& flags);
// --dataset, the filter, --vintage, --purpose.
void AddQuestionFlags(CLI::App& command, QuestionFlags& flags);
// A list takes one argument each time, so that it cannot swallow the words that follow: --category a,b --category c.
CLI::Option* AddList(CLI::App& command, const std::string& name, std::vector<std::string>& values, const std::string& help, const char* type);

void AddDensityFlags(CLI::App& command, DensityFlags& flags);
// `areas`: of areas and not of cells, which have no rings.
void AddSignificanceFlags(CLI::App& command, SignificanceFlags& flags, bool areas);
void AddWeightsFlag(CLI::App& command, std::string& weight_table);

}  // namespace server
