#include "server/cli/ward_commands.h"

#include <CLI/CLI.hpp>

#include <string>

#include "server/cli/flag_groups.h"

namespace server {
namespace {

void AddBeforeAndAfter(CLI::App& command, WardFlags& flags) {
  command.add_option("BEFORE", flags.before, "The earlier period")->required()->type_name("");
  command.add_option("AFTER", flags.after, "The later period; forms below")->required()->type_name("");
}

void AddRate(CLI::App& command, WardFlags& flags, const char* tests) {
  command
      .add_option("--fdr", flags.false_discovery_rate,
                  std::string("Level at which false discoveries among all ") + tests + " are controlled, over 0 to 0.5 [0.05]")
      ->type_name("LEVEL");
}

void AddPoisson(CLI::App& command, WardFlags& flags) {
  command.add_flag("--poisson", flags.poisson, "Take counts for Poisson, even where wards vary more than that");
}

void AddSeed(CLI::App& command, WardFlags& flags) {
  command.add_option("--seed", flags.seed, "Of the draws behind rank intervals: equal seeds, equal answers [1]")->type_name("NUMBER");
}

void AddExplain(CLI::App& command, WardFlags& flags, const char* help) { command.add_flag("--explain", flags.explain, help); }

void AddCompare(CLI::App& wards, CommandLine& line) {
  CLI::App& command = *wards.add_subcommand("compare", "Two periods, ward by ward, on one set of boundaries, with intervals and a verdict for each change");
  WardFlags& flags = line.wards;
  AddBeforeAndAfter(command, flags);
  AddQuestionFlags(command, line.question);
  command.add_flag("--by-category", flags.by_category, "Split every ward by category");
  AddList(command, "--per", flags.denominators, "Rates by these too, beside residents: workday,km2", "DENOMINATOR");
  AddPoisson(command, flags);
  AddRate(command, flags, "wards");
  AddExplain(command, flags, "Say in a sentence for each ward why it has its verdict");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards compare 2023 2024\n  wardwatch wards compare 2023/24 2024/25 --vintage wards-2023 --explain\n"
                 "  wardwatch wards compare 2023-06..2023-11 2024-06..2024-11 --category burglary,shoplifting --format csv\n"
                 "  wardwatch wards compare 2023 2024 --by-category --per workday,km2 --format csv\n"
                 "  wardwatch wards compare 2023 2024 --format geojson --output change.geojson");
  command.callback([&line] { line.command = Command::kCompareWards; });
}

void AddYears(CLI::App& wards, CommandLine& line) {
  CLI::App& command = *wards.add_subcommand("years", "Several years at once: each against the one before and against a baseline");
  WardFlags& flags = line.wards;
  command.add_option("PERIOD", flags.periods, "2 to 12 periods in order of time; 2019..2024 and 2019/20..2024/25 are all the years between; forms below")
      ->required()
      ->type_name("");
  AddQuestionFlags(command, line.question);
  command.add_option("--baseline", flags.baseline, "The period, one of those named, that later ones are compared with too [the first]")->type_name("PERIOD");
  command.add_flag("--by-category", flags.by_category, "Split every ward by category");
  command.add_option("--per", flags.denominator, "What rates and ranks divide by [residents]")->type_name("DENOMINATOR");
  AddPoisson(command, flags);
  AddRate(command, flags, "wards and years");
  AddSeed(command, flags);
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards years 2019..2024\n  wardwatch wards years 2019/20..2024/25 --baseline 2019/20 --per km2\n"
                 "  wardwatch wards years 2022-01..2022-06 2023-01..2023-06 2024-01..2024-06 --category burglary --format csv");
  command.callback([&line] { line.command = Command::kCompareYears; });
}

void AddRank(CLI::App& wards, CommandLine& line) {
  CLI::App& command = *wards.add_subcommand("rank", "Which wards differ from the whole beyond chance, and how much a rank is worth");
  WardFlags& flags = line.wards;
  command.add_option("PERIOD", flags.period, "The days to look at; forms below")->required()->type_name("");
  AddQuestionFlags(command, line.question);
  AddList(command, "--per", flags.denominators, "What rates divide by, the first also what is expected [all that every ward has, residents first]",
          "DENOMINATOR");
  AddPoisson(command, flags);
  command.add_option("--draws", flags.draws, "Draws behind rank intervals, 100 to 100000 [2000]")->type_name("NUMBER");
  AddSeed(command, flags);
  AddExplain(command, flags, "Say in a sentence for each ward what its rank may be used for");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards rank 2024\n  wardwatch wards rank 2024/25 --per residents,workday,km2 --explain\n"
                 "  wardwatch wards rank 2024 --category burglary --format geojson --output funnel.geojson");
  command.callback([&line] { line.command = Command::kRankWards; });
}

void AddTrend(CLI::App& wards, CommandLine& line) {
  CLI::App& command = *wards.add_subcommand("trend", "Monthly series: season, trend, signals, changes of level, and where the year will end");
  WardFlags& flags = line.wards;
  command.add_option("PERIOD", flags.period, "Whole months, 3 to 120; forms below")->required()->type_name("");
  AddQuestionFlags(command, line.question);
  command.add_option("--split", flags.split, "One series; one for each area, category, or both [whole]")
      ->check(CLI::IsMember({"whole", "areas", "categories", "both"}));
  command.add_option("--forecast", flags.forecast, "The year whose total is forecast [the one that follows the last complete month]")->type_name("PERIOD");
  AddRate(command, flags, "series");
  AddExplain(command, flags, "Say in words for each series its verdict and what was left out");
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards trend 2019-01..2024-12\n  wardwatch wards trend 60m..2024-12 --split areas --forecast 2025\n"
                 "  wardwatch wards trend 60m..2024-12 --split categories --format csv");
  command.callback([&line] { line.command = Command::kAnalyseTrends; });
}

void AddRise(CLI::App& wards, CommandLine& line) {
  CLI::App& command = *wards.add_subcommand("rise", "Is this rise real: the place beside its peers, the rest, other sources, and the breaks crossed");
  WardFlags& flags = line.wards;
  AddBeforeAndAfter(command, flags);
  AddDatasetFlag(command, line.question);
  AddList(command, "--place", flags.place, "One or more areas, taken together: wards-2023:E05014449,E05014450", "VINTAGE:CODE")->required();
  AddList(command, "--peers", flags.peers, "Areas of the same vintage to compare with [all others]", "VINTAGE:CODE");
  AddFilterFlags(command, line.question.filter, false);
  AddRate(command, flags, "comparisons");
  AddExplain(command, flags, "Say in a sentence for each comparison why it has its verdict");
  AddPurposeFlag(command, line.question);
  AddCommonFlags(command, line.common, {"table", "json", "csv"});
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards rise 2023 2024 --place wards-2023:E05014449\n"
                 "  wardwatch wards rise 2023 2024 --place wards-2023:E05014449,E05014450 --peers wards-2023:E05014451,E05014452 --category burglary");
  command.callback([&line] { line.command = Command::kCheckRise; });
}

void AddBoundaries(CLI::App& wards, CommandLine& line) {
  CLI::App& command = *wards.add_subcommand("boundaries", "What moved between two periods, the boundary or the incidents");
  WardFlags& flags = line.wards;
  BoundaryFlags& own = flags.boundaries;
  AddBeforeAndAfter(command, flags);
  AddDatasetFlag(command, line.question);
  command.add_option("--from", own.from_vintage, "The old boundaries [those in force on the first day of BEFORE]")->type_name("VINTAGE");
  CLI::Option* to = command.add_option("--to", own.to_vintage, "The new boundaries [those in force at the end of AFTER]")->type_name("VINTAGE");
  CLI::Option* draft = command.add_option("--draft", own.draft, "New boundaries that are not loaded: GeoJSON of polygons")->type_name("FILE")->excludes(to);
  CLI::Option* code = command.add_option("--code-property", own.code_property, "Of the draft: the property that holds each area's code")->needs(draft);
  code->type_name("NAME");
  draft->needs(code);
  command.add_option("--name-property", own.name_property, "Of the draft: the property that holds each area's name [the code]")
      ->type_name("NAME")
      ->needs(draft);
  command.add_option("--crs", own.crs, "Of the draft's coordinates [EPSG:4326]")->check(CLI::IsMember({"EPSG:4326", "EPSG:27700"}))->needs(draft);
  command.add_option("--draft-id", own.draft_id, "What the answer calls the draft [the file's name]")->type_name("ID")->needs(draft);
  command.add_flag("--flows", own.flows, "Show what every old area gave to every new one; in csv instead of the wards");
  AddFilterFlags(command, line.question.filter, false);
  AddRate(command, flags, "new wards");
  AddExplain(command, flags, "Say in a sentence for each ward why it has its verdict");
  AddPurposeFlag(command, line.question);
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards boundaries 2022 2024\n  wardwatch wards boundaries 2022 2024 --from wards-2003 --to wards-2023 --flows\n"
                 "  wardwatch wards boundaries 2023 2024 --draft draft-2028.geojson --code-property code --crs EPSG:27700");
  command.callback([&line] { line.command = Command::kCompareBoundaries; });
}

void AddCrosswalk(CLI::App& wards, CommandLine& line) {
  CLI::App& command = *wards.add_subcommand("crosswalk", "A published table of counts by ward, moved to the wards of another vintage, with low and high");
  CrosswalkFlags& own = line.wards.crosswalk;
  command.add_option("FILE", own.counts, "Comma-separated, with a header line that names the columns code and count")->required()->type_name("");
  AddDatasetFlag(command, line.question);
  command.add_option("--from", own.from_vintage, "The wards of the table")->required()->type_name("VINTAGE");
  command.add_option("--to", own.to_vintage, "The wards wanted")->required()->type_name("VINTAGE");
  command
      .add_option("--weight", own.weight, "How an old ward's count is divided: by shared ground, by the dataset's incidents, by residents of --blocks [ground]")
      ->check(CLI::IsMember({"ground", "incidents", "residents"}));
  command.add_option("--period", own.period, "With --weight incidents: those of these days; forms below")->type_name("PERIOD");
  command.add_option("--blocks", own.block_vintage, "With --weight residents: the smaller areas whose residents are known")->type_name("VINTAGE");
  command.add_option("--least-share", own.least_share, "Overlaps under this share of the old ward are drawing error, 0 to 0.2 [0.005]")->type_name("SHARE");
  command.add_flag("--shares", own.shares, "Show what went from every old ward to every new one; in csv instead of the wards");
  AddFilterFlags(command, line.question.filter, false);
  AddPurposeFlag(command, line.question);
  AddCommonFlags(command, line.common);
  command.footer(std::string(kPeriodForms) +
                 "Examples:\n  wardwatch wards crosswalk published-2019.csv --from wards-2003 --to wards-2023\n"
                 "  wardwatch wards crosswalk published-2019.csv --from wards-2003 --to wards-2023 --weight incidents --period 2022 --shares");
  command.callback([&line] { line.command = Command::kCrosswalkCounts; });
}

}  // namespace

void AddWardCommands(CLI::App& app, CommandLine& line) {
  CLI::App& wards = *app.add_subcommand("wards", "Questions about wards");
  wards.require_subcommand(1);
  AddCompare(wards, line);
  AddYears(wards, line);
  AddRank(wards, line);
  AddTrend(wards, line);
  AddRise(wards, line);
  AddBoundaries(wards, line);
  AddCrosswalk(wards, line);
}

}  // namespace server
