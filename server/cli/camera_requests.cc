#include "server/cli/camera_requests.h"

#include <algorithm>
#include <utility>

#include "server/cli/camera_request_parts.h"
#include "wardwatch/v1/placement_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

// What the answer is drawn from: outlines of views, which are most of its bytes.
bool IsDrawn(const CommandLine& line) {
  const Format format = line.common.format;
  return format == Format::kGeojson || format == Format::kPng || (format == Format::kTable && !line.cameras.no_map);
}

// Has to be in view: cells of one grid and areas, each taken together.
geo::Result<void> FillMustCover(const CameraFlags& flags, api::SiteCamerasRequest& request) {
  if (auto fine = RefuseZero(flags.cover_times, "--cover-times", "1 to 10"); !fine) return fine;
  if (auto fine = RefuseZero(flags.cover_share, "--cover-share", "over 0, to 1"); !fine) return fine;
  if (flags.cover_cells.empty() && flags.cover_areas.empty() && (flags.cover_times || flags.cover_share)) {
    return geo::Fail(BadFlag("--cover-cell", "is required, or --cover-area, where --cover-times or --cover-share is given: what has to be in view"));
  }
  const auto add = [&](const char* id) -> api::MustCover& {
    api::MustCover& must = *request.add_must_cover();
    must.set_id(id);
    if (flags.cover_times) must.set_times(*flags.cover_times);
    if (flags.cover_share) must.set_least_share(*flags.cover_share);
    return must;
  };
  if (!flags.cover_cells.empty()) {
    api::CellList& cells = *add("cells").mutable_cells();
    for (const std::string& cell : flags.cover_cells) cells.add_cells(cell);
  }
  if (flags.cover_areas.empty()) return {};
  return FillAreas(flags.cover_areas, "--cover-area", *add("areas").mutable_areas());
}

// What `site` and `test` have in common.
geo::Result<void> FillSiting(const CommandLine& line, const std::string& dataset, api::SiteCamerasRequest& request) {
  const CameraFlags& flags = line.cameras;
  if (auto filled = FillCameraQuestion(line, dataset, request); !filled) return filled;
  request.mutable_model()->set_id(flags.model);
  request.set_level(flags.level);
  if (auto filled = FillSites(flags, *request.mutable_sites()); !filled) return filled;
  if (!flags.picks && !flags.budget_pounds)
    return geo::Fail(BadFlag("--picks", "is required, or --budget: how many cameras there may be, or what they may cost"));
  if (flags.picks) request.set_picks(*flags.picks);
  if (flags.budget_pounds) {
    const auto pence = PenceOf(*flags.budget_pounds, "--budget");
    if (!pence) return geo::Fail(pence.error());
    request.set_budget_pence(*pence);
  }
  request.set_greedy(flags.greedy);
  if (auto fine = RefuseZero(flags.seed, "--seed", "it stands for no seed, and the server would take 1"); !fine) return fine;
  if (flags.seed) request.set_seed(*flags.seed);
  return FillMustCover(flags, request);
}

geo::Result<void> FillCellSize(const CameraFlags& flags, auto& request) {
  if (auto fine = RefuseZero(flags.cell_size_m, "--cell-size", "10 to 5000"); !fine) return fine;
  if (flags.cell_size_m) request.set_cell_size_m(*flags.cell_size_m);
  return {};
}

geo::Result<void> FillYears(const std::vector<std::string>& years, auto& request) {
  for (const std::string& year : years) {
    if (auto filled = FillPeriod(year, "--year", *request.add_years()); !filled) return filled;
  }
  return {};
}

}  // namespace

geo::Result<api::ListCamerasRequest> MakeListCamerasRequest(const CommandLine& line, const std::string& dataset) {
  api::ListCamerasRequest request;
  request.set_dataset(dataset);
  if (!line.question.purpose.empty()) request.mutable_caller()->set_purpose(line.question.purpose);
  return request;
}

geo::Result<api::SiteCamerasRequest> MakeSiteCamerasRequest(const CommandLine& line, const std::string& dataset) {
  const CameraFlags& flags = line.cameras;
  api::SiteCamerasRequest request;
  if (auto filled = FillSiting(line, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillCellSize(flags, request); !filled) return geo::Fail(filled.error());
  if (flags.alternatives) request.set_alternatives(*flags.alternatives);
  if (flags.alternatives_share) request.set_alternatives_share(*flags.alternatives_share);
  if (flags.frontier_points) request.set_frontier_points(*flags.frontier_points);
  if (flags.draws) request.set_robustness_draws(*flags.draws);
  request.set_with_views(IsDrawn(line));
  return request;
}

geo::Result<api::TestSitingRequest> MakeTestSitingRequest(const CommandLine& line, const std::string& dataset) {
  const CameraFlags& flags = line.cameras;
  api::TestSitingRequest request;
  if (auto filled = FillSiting(line, dataset, *request.mutable_question()); !filled) return geo::Fail(filled.error());
  if (auto fine = RefuseZero(flags.draws, "--draws", "1 to 2000"); !fine) return geo::Fail(fine.error());
  if (auto fine = RefuseZero(flags.core_share, "--core", "over 0, to 1"); !fine) return geo::Fail(fine.error());
  if (flags.draws) request.set_draws(*flags.draws);
  if (flags.core_share) request.set_core_share(*flags.core_share);
  request.set_exact(flags.exact);
  if (auto filled = FillYears(flags.years, request); !filled) return geo::Fail(filled.error());
  return request;
}

geo::Result<api::ReviewCamerasRequest> MakeReviewCamerasRequest(const CommandLine& line, const std::string& dataset) {
  const CameraFlags& flags = line.cameras;
  api::ReviewCamerasRequest request;
  if (auto filled = FillCameraQuestion(line, dataset, request); !filled) return geo::Fail(filled.error());
  if (!flags.earlier.empty()) {
    if (auto filled = FillPeriod(flags.earlier, "--earlier", *request.mutable_earlier()); !filled) return geo::Fail(filled.error());
  }
  request.set_level(flags.level);
  if (SitesAreSaid(flags) && flags.model.empty()) {
    return geo::Fail(BadFlag("--model", "is required where better sites are looked for: what would stand there"));
  }
  if (!flags.model.empty()) {
    request.mutable_model()->set_id(flags.model);
    if (auto filled = FillSites(flags, *request.mutable_sites()); !filled) return geo::Fail(filled.error());
  }
  if (flags.need_per_year) request.mutable_rules()->set_need_per_year(*flags.need_per_year);
  if (flags.least_unique_share) request.mutable_rules()->set_least_unique_share(*flags.least_unique_share);
  if (flags.better_by) request.mutable_rules()->set_better_by(*flags.better_by);
  if (flags.least_fit) request.mutable_rules()->set_least_fit(*flags.least_fit);
  if (auto fine = RefuseZero(flags.false_discovery_rate, "--fdr", "over 0, to 0.5"); !fine) return geo::Fail(fine.error());
  if (flags.false_discovery_rate) request.set_false_discovery_rate(*flags.false_discovery_rate);
  if (auto filled = FillCellSize(flags, request); !filled) return geo::Fail(filled.error());
  request.set_with_views(IsDrawn(line));
  return request;
}

geo::Result<api::PlanRedeployablesRequest> MakePlanRedeployablesRequest(const CommandLine& line, const std::string& dataset) {
  const CameraFlags& flags = line.cameras;
  api::PlanRedeployablesRequest request;
  if (auto filled = FillCameraQuestion(line, dataset, request); !filled) return geo::Fail(filled.error());
  request.mutable_model()->set_id(flags.model);
  request.set_level(flags.level);
  if (auto filled = FillSites(flags, *request.mutable_sites()); !filled) return geo::Fail(filled.error());
  for (const std::string& text : flags.units) {
    const std::size_t equals = text.find('=');
    if (equals == 0) return geo::Fail(BadFlag("--unit", fmt::format("\"{}\" has no name: write R1, or R1=SITE for a unit that is at a site", text)));
    api::RedeployUnit& unit = *request.add_units();
    unit.set_id(text.substr(0, equals));
    if (equals != std::string::npos) unit.set_at(text.substr(equals + 1));
  }
  if (!flags.first_month.empty()) {
    api::Period month;
    if (auto filled = FillPeriod(flags.first_month, "--first-month", month); !filled) return geo::Fail(filled.error());
    if (!month.has_month()) return geo::Fail(BadFlag("--first-month", fmt::format("\"{}\" is no month: write 2025-01", flags.first_month)));
    *request.mutable_first_month() = month.month();
  }
  if (auto fine = RefuseZero(flags.quarters, "--quarters", "1 to 8"); !fine) return geo::Fail(fine.error());
  if (flags.quarters) request.set_quarters(*flags.quarters);
  if (flags.move_budget_pounds) {
    const auto pence = PenceOf(*flags.move_budget_pounds, "--move-budget");
    if (!pence) return geo::Fail(pence.error());
    request.set_move_budget_pence(*pence);
  }
  if (flags.least_gain) request.set_least_gain_per_move(*flags.least_gain);
  if (flags.most_overlap) request.set_most_overlap(*flags.most_overlap);
  return request;
}

geo::Result<api::GatherSiteEvidenceRequest> MakeSiteEvidenceRequest(const CommandLine& line, const std::string& dataset) {
  const CameraFlags& flags = line.cameras;
  api::GatherSiteEvidenceRequest request;
  if (auto filled = FillCameraQuestion(line, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillRequestedSite(flags, *request.mutable_site()); !filled) return geo::Fail(filled.error());
  request.mutable_model()->set_id(flags.model);
  request.set_level(flags.level);
  if (auto filled = FillSites(flags, *request.mutable_sites()); !filled) return geo::Fail(filled.error());
  if (flags.within_m) request.set_alternatives_within_m(*flags.within_m);
  if (auto filled = FillYears(flags.years, request); !filled) return geo::Fail(filled.error());
  if (flags.draws) request.set_draws(*flags.draws);
  if (auto fine = RefuseZero(flags.seed, "--seed", "it stands for no seed, and the server would take 1"); !fine) return geo::Fail(fine.error());
  if (flags.seed) request.set_seed(*flags.seed);
  request.set_stated_purpose(flags.stated_purpose);
  request.set_with_view(IsDrawn(line));
  return request;
}

geo::Result<api::CountDetailLevelsRequest> MakeDetailLevelsRequest(const CommandLine& line, const std::string& dataset) {
  api::CountDetailLevelsRequest request;
  if (auto filled = FillCameraQuestion(line, dataset, request); !filled) return geo::Fail(filled.error());
  return request;
}

geo::Result<api::CompareResponsesRequest> MakeResponsesRequest(const CommandLine& line, const std::string& dataset) {
  api::CompareResponsesRequest request;
  if (auto filled = FillCameraQuestion(line, dataset, request); !filled) return geo::Fail(filled.error());
  for (const std::string& cell : line.cameras.cells) {
    api::NamedGround& ground = *request.add_hotspots();
    ground.set_id(cell);
    std::replace(ground.mutable_id()->begin(), ground.mutable_id()->end(), ':', '-');  // ids are names, which hold no colon
    ground.mutable_cells()->add_cells(cell);
  }
  api::AreaSelection areas;
  if (auto filled = FillAreas(line.cameras.areas, "--place", areas); !filled) return geo::Fail(filled.error());
  for (const std::string& code : areas.codes()) {
    api::NamedGround& ground = *request.add_hotspots();
    ground.set_id(code);
    ground.mutable_areas()->set_vintage(areas.vintage());
    ground.mutable_areas()->add_codes(code);
  }
  return request;
}

geo::Result<api::SweepBearingsRequest> MakeSweepBearingsRequest(const CommandLine& line, const std::string& dataset) {
  const CameraFlags& flags = line.cameras;
  api::SweepBearingsRequest request;
  if (auto filled = FillCameraQuestion(line, dataset, request); !filled) return geo::Fail(filled.error());
  if (auto filled = FillRequestedSite(flags, *request.mutable_site()); !filled) return geo::Fail(filled.error());
  request.mutable_model()->set_id(flags.model);
  request.set_level(flags.level);
  if (auto fine = RefuseZero(flags.step_deg, "--step", "1 to 180"); !fine) return geo::Fail(fine.error());
  if (flags.step_deg) request.set_step_deg(*flags.step_deg);
  if (flags.keep_share) request.set_keep_share(*flags.keep_share);
  if (flags.mask_radius_m) request.set_mask_radius_m(*flags.mask_radius_m);
  return request;
}

}  // namespace server
