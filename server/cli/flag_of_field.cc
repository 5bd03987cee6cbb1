#include <string>
#include <string_view>
#include <utility>

#include "server/cli/request_options.h"

namespace server {
namespace {

// A longer name stands before its own beginning.
constexpr std::pair<std::string_view, std::string_view> kFlags[] = {{"dataset", "--dataset"},
                                                                    {"period", "--period"},
                                                                    {"before", "BEFORE"},
                                                                    {"after", "AFTER"},
                                                                    {"vintage", "--vintage"},
                                                                    {"filter.categories", "--category"},
                                                                    {"filter.workstream", "--workstream"},
                                                                    {"filter.sources", "--source"},
                                                                    {"filter.time_window", "--time-window"},
                                                                    {"filter.flags", "--flag"},
                                                                    {"filter.without_flags", "--without-flag"},
                                                                    {"workstream", "FILE"},
                                                                    {"author", "--author"},
                                                                    {"note", "--note"},
                                                                    {"base_revision", "--base"},
                                                                    {"filter.window.weekdays", "--days"},
                                                                    {"filter.window", "--window"},
                                                                    {"filter.areas", "--area"},
                                                                    {"cells.cell_size_m", "--cell-size"},
                                                                    {"cells.shape", "--cells"},
                                                                    {"cell_size_m", "--cell-size"},
                                                                    {"density.kernel", "--kernel"},
                                                                    {"density.bandwidth_m", "--bandwidth"},
                                                                    {"density.rule", "--bandwidth"},
                                                                    {"density.bandwidth", "--bandwidth"},
                                                                    {"density.triangular_decay", "--decay"},
                                                                    {"density.edge_correction", "--edge"},
                                                                    {"density.adaptive", "--adaptive"},
                                                                    {"significance.statistic", "--statistic"},
                                                                    {"significance.rings", "--rings"},
                                                                    {"significance.distance_m", "--distance"},
                                                                    {"significance.adjacency", "--adjacency"},
                                                                    {"significance.row_standardised", "--row-standardised"},
                                                                    {"significance.multiple_testing", "--no-correction"},
                                                                    {"significance.false_discovery_rate", "--fdr"},
                                                                    {"significance.permutations", "--permutations"},
                                                                    {"significance.seed", "--seed"},
                                                                    {"significance.inference", "--inference"},
                                                                    {"weight_table", "--weights"},
                                                                    {"extent", "--extent"},
                                                                    {"unmasked", "--unmasked"},
                                                                    {"comparison.before", "--compare"},
                                                                    {"comparison.measure", "--measure"},
                                                                    {"comparison.floor_per_km2_per_year", "--floor"},
                                                                    {"levels", "--level"},
                                                                    {"peaks", "--peaks"},
                                                                    {"peak_distance_m", "--peak-distance"},
                                                                    {"measure", "--measure"},
                                                                    {"share", "--share"},
                                                                    {"previous_years", "--previous-years"},
                                                                    {"selection", "--list"},
                                                                    {"false_discovery_rate", "--fdr"},
                                                                    {"cell", "--cell"},
                                                                    {"limit", "--limit"},
                                                                    {"caller.purpose", "--purpose"},
                                                                    {"periods", "PERIOD"},
                                                                    {"baseline", "--baseline"},
                                                                    {"denominators", "--per"},
                                                                    {"denominator", "--per"},
                                                                    {"spread", "--poisson"},
                                                                    {"by_category", "--by-category"},
                                                                    {"seed", "--seed"},
                                                                    {"draws", "--draws"},
                                                                    {"split", "--split"},
                                                                    {"forecast", "--forecast"},
                                                                    {"place", "--place"},
                                                                    {"peers", "--peers"},
                                                                    {"from_vintage", "--from"},
                                                                    {"to_vintage", "--to"},
                                                                    {"to", "--to"},
                                                                    {"draft.id", "--draft-id"},
                                                                    {"draft.code_property", "--code-property"},
                                                                    {"draft.name_property", "--name-property"},
                                                                    {"draft.crs", "--crs"},
                                                                    {"draft", "--draft"},
                                                                    {"counts", "FILE"},
                                                                    {"weight", "--weight"},
                                                                    {"block_vintage", "--blocks"},
                                                                    {"least_share", "--least-share"}};

// Of `wardwatch plan`, where they are called otherwise.
constexpr std::pair<std::string_view, std::string_view> kPlanFlags[] = {{"workstreams", "--workstream"},
                                                                        {"part_weights", "--part"},
                                                                        {"weight_table", "--weights"},
                                                                        {"areas", "--area"},
                                                                        {"places", "--places"},
                                                                        {"cells.cells", "--cell"},
                                                                        {"cells.shape", "--cells"},
                                                                        {"cells.cell_size_m", "--cell-size"},
                                                                        {"hours.block_hours", "--block"},
                                                                        {"hours.first_hour", "--first-hour"},
                                                                        {"capacity.hours_per_week", "--capacity"},
                                                                        {"capacity.visit_hours", "--visit"},
                                                                        {"capacity.teams", "--teams"},
                                                                        {"weight_spread", "--weight-spread"},
                                                                        {"shape.crs", "--crs"},
                                                                        {"shape", "--shape"}};

// Of `wardwatch cameras`. A longer name stands before its own beginning.
constexpr std::pair<std::string_view, std::string_view> kCameraFlags[] = {{"period", "PERIOD"},
                                                                          {"setting.table", "--table"},
                                                                          {"setting.hours.block_hours", "--block"},
                                                                          {"setting.hours.first_hour", "--first-hour"},
                                                                          {"setting.decided_on", "--decided-on"},
                                                                          {"setting.review_months", "--review-months"},
                                                                          {"setting.evidence", "--evidence"},
                                                                          {"setting.buildings.crs", "--crs"},
                                                                          {"setting.buildings", "--buildings"},
                                                                          {"model", "--model"},
                                                                          {"level", "--level"},
                                                                          {"sites.draft.crs", "--crs"},
                                                                          {"sites.draft", "--draft"},
                                                                          {"sites.ids", "--candidate"},
                                                                          {"sites.areas", "--within"},
                                                                          {"sites.bearings_deg", "--bearing"},
                                                                          {"sites", "--candidate"},
                                                                          {"site.id", "--site"},
                                                                          {"site.place.height_m", "--height"},
                                                                          {"site.place", "--at"},
                                                                          {"site", "--site"},
                                                                          {"picks", "--picks"},
                                                                          {"budget_pence", "--budget"},
                                                                          {"must_cover", "--cover-cell or --cover-area"},
                                                                          {"alternatives_within_m", "--alternatives-within"},
                                                                          {"alternatives_share", "--alternatives-share"},
                                                                          {"alternatives", "--alternatives"},
                                                                          {"frontier_points", "--frontier"},
                                                                          {"robustness_draws", "--draws"},
                                                                          {"core_share", "--core"},
                                                                          {"years", "--year"},
                                                                          {"earlier", "--earlier"},
                                                                          {"rules.need_per_year", "--need"},
                                                                          {"rules.least_unique_share", "--unique"},
                                                                          {"rules.better_by", "--better-by"},
                                                                          {"rules.least_fit", "--least-fit"},
                                                                          {"units", "--unit"},
                                                                          {"first_month", "--first-month"},
                                                                          {"quarters", "--quarters"},
                                                                          {"move_budget_pence", "--move-budget"},
                                                                          {"least_gain_per_move", "--least-gain"},
                                                                          {"most_overlap", "--overlap"},
                                                                          {"stated_purpose", "--stated-purpose"},
                                                                          {"hotspots", "--cell"},
                                                                          {"step_deg", "--step"},
                                                                          {"keep_share", "--keep"},
                                                                          {"mask_radius_m", "--mask-radius"}};

bool AsksOfCameras(Command command) { return command >= Command::kListCameras && command <= Command::kSweepBearings; }

// "filter.categories[2]" and "period.days.end" belong to their parents.
bool IsOf(std::string_view field, std::string_view name) {
  return field.substr(0, name.size()) == name && (field.size() == name.size() || field[name.size()] == '.' || field[name.size()] == '[');
}

}  // namespace

std::string FlagOfField(std::string_view field, Command command) {
  const bool plan = command == Command::kRankPriorities || command == Command::kProfilePlace;
  const bool period_is_a_word = plan || command == Command::kRankWards || command == Command::kAnalyseTrends;
  if (period_is_a_word && (field == "period" || field.substr(0, 7) == "period.")) return "PERIOD";
  if (field == "workstream" && (command == Command::kListRevisions || command == Command::kRemoveWorkstream)) return "ID";
  if (plan) {
    for (const auto& [name, flag] : kPlanFlags) {
      if (field.substr(0, name.size()) == name) return std::string(flag);
    }
  }
  // FindPlaces and WatchHotspots ask a question inside their own.
  for (const std::string_view outer : {"surface.", "question."}) {
    if (field.substr(0, outer.size()) == outer) field.remove_prefix(outer.size());
  }
  if (AsksOfCameras(command)) {
    for (const auto& [name, flag] : kCameraFlags) {
      if (IsOf(field, name)) return std::string(flag);
    }
  }
  for (const auto& [name, flag] : kFlags) {
    if (IsOf(field, name)) return std::string(flag);
  }
  return {};
}

}  // namespace server
