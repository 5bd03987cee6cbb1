#include "server/codec/site_evidence_codec.h"

#include <fmt/format.h>

#include "geo/snapshot/breaks_crossed.h"
#include "server/codec/camera_answer_codec.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/evidence_forms.h"
#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr int kUsualYears = 3;

std::string MonthsText(const std::vector<geo::CrossedBreak>& incomplete) {
  std::string text;
  for (const geo::CrossedBreak& month : incomplete) text += (text.empty() ? "" : ", ") + month.id;
  return text;
}

// In order of time, as sent.
geo::Result<std::vector<geo::Period>> DecodeSentYears(const google::protobuf::RepeatedPtrField<v1::Period>& sent) {
  if (sent.size() > limits::kCameraYears) return geo::Fail(TooMany("years", sent.size(), limits::kCameraYears));
  std::vector<geo::Period> years;
  for (int i = 0; i < sent.size(); ++i) {
    const std::string field = fmt::format("years[{}]", i);
    const auto year = DecodePeriod(sent[i], field);
    if (!year) return geo::Fail(year.error());
    if (!years.empty() && year->begin < years.back().end) {
      return geo::Fail(geo::InvalidArgument(field, fmt::format("is {}, which begins before {} has ended; send them in order of time", geo::FormatPeriod(*year),
                                                               geo::FormatPeriod(years.back()))));
    }
    years.push_back(*year);
  }
  return years;
}

// As sent; else the years that end with the period, those that the data holds whole. What is left out, or is not whole, is noted: silence would read as never.
geo::Result<void> DecodeYears(const v1::GatherSiteEvidenceRequest& request, SiteEvidenceCall& call) {
  const Question& question = call.question.question;
  auto years = DecodeSentYears(request.years());
  if (!years) return geo::Fail(years.error());
  const bool sent = !years->empty();
  for (int back = kUsualYears - 1; !sent && back >= 0; --back) {
    // None of a leap day, and of a period over a year none but itself: what happened in two of them would count twice.
    const geo::Period year = geo::YearsEarlier(question.filter.period, back);
    if (back == 0 || (year.days() > 0 && geo::YearsEarlier(question.filter.period, 1).end <= question.filter.period.begin)) years->push_back(year);
  }
  std::vector<std::uint8_t> whole;
  for (const geo::Period& year : *years) {
    const auto incomplete = geo::IncompleteMonths(*question.data, question.filter, year);
    if (incomplete.empty() || sent) {
      call.years.push_back(year);
      whole.push_back(incomplete.empty());
    }
    if (incomplete.empty()) continue;
    const std::string lacks = fmt::format("the data does not hold all of it ({})", MonthsText(incomplete));
    if (sent) call.notes.push_back({"YEAR_NOT_WHOLE", fmt::format("{} is told as it is, which is too low: {}", geo::FormatPeriod(year), lacks)});
    else call.notes.push_back({"YEAR_LEFT_OUT", fmt::format("{} is not among the years: {}; name it in years to have it told as it is", geo::FormatPeriod(year), lacks)});
  }
  const std::size_t count = call.years.size();
  if (count < 2) return {};
  const geo::Period before = call.years[count - 2], last = call.years[count - 1];
  call.query.change = whole[count - 2] != 0 && whole[count - 1] != 0 && before == geo::YearsEarlier(last, 1);
  if (!call.query.change)
    call.notes.push_back({"CHANGE_NOT_TOLD", fmt::format("between {} and {} no change is told: the one is not the same days of the year before, or they are not whole",
                                                         geo::FormatPeriod(before), geo::FormatPeriod(last))});
  return {};
}

geo::Result<void> DecodeNumbers(const v1::GatherSiteEvidenceRequest& request, geo::SiteEvidenceQuery& query) {
  const auto points = DecodeInteger("comparable_points", request.comparable_points() == 0 ? query.comparable_points : request.comparable_points(), 10, limits::kComparablePlaces);
  if (!points) return geo::Fail(points.error());
  query.comparable_points = static_cast<int>(*points);
  if (request.has_alternatives_within_m()) {
    const auto within = DecodeGivenNumber("alternatives_within_m", request.alternatives_within_m(), {0, geo::kMostRangeM, query.alternatives_within_m, "m"});
    if (!within) return geo::Fail(within.error());
    query.alternatives_within_m = *within;
  }
  const auto draws = DecodeInteger("draws", request.has_draws() ? request.draws() : query.draws, 0, limits::kTestDraws);
  if (!draws) return geo::Fail(draws.error());
  query.draws = static_cast<int>(*draws);
  const auto seed = DecodeSeed(request.seed());
  if (!seed) return geo::Fail(seed.error());
  query.seed = *seed;
  return {};
}

void Echo(const SiteEvidenceCall& call, Parameters& out) {
  out.emplace_back("comparable_points", fmt::format("{}", call.query.comparable_points));
  out.emplace_back("alternatives_within_m", fmt::format("{}", call.query.alternatives_within_m));
  for (std::size_t i = 0; i < call.years.size(); ++i) out.emplace_back(fmt::format("years[{}]", i), geo::FormatPeriod(call.years[i]));
  out.emplace_back("draws", fmt::format("{}", call.query.draws));
  out.emplace_back("seed", fmt::format("{}", call.query.seed));
}

geo::Result<void> DrawView(const SiteEvidenceCall& call, const geo::SiteEvidenceQuery& query, GatheredEvidence& out, const geo::StopSignal& stop) {
  if (!call.with_view) return {};
  const geo::CameraSpot spot{query.site.id, query.site.at, query.model, query.site.height_m, query.site.on_building, {out.answer.bearing_deg}};
  auto outlines = geo::OutlineSpots(out.asked.scene, {&spot, 1}, stop);
  if (!outlines) return geo::Fail(CameraError(outlines.error()));
  if (!outlines->empty()) out.view.emplace(spot, std::move(outlines->front()));
  return {};
}

}  // namespace

geo::Result<SiteEvidenceCall> DecodeGatherSiteEvidence(const v1::GatherSiteEvidenceRequest& request, const geo::Snapshot& snapshot) {
  SiteEvidenceCall call;
  auto question = DecodeCameraQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  auto site = DecodeRequestedSite(request.site(), call.question);
  if (!site) return geo::Fail(site.error());
  call.query.site = std::move(*site);
  auto model = DecodeModelChoice(request.model(), call.question);
  if (!model) return geo::Fail(model.error());
  call.model = std::move(*model);
  auto level = DecodeLevel(request.level(), "recognise", "perceive", call.question);
  if (!level) return geo::Fail(level.error());
  call.query.level = std::move(*level);
  auto sites = DecodeSites(request.sites(), true, call.question);
  if (!sites) return geo::Fail(sites.error());
  if (auto options = CheckOptions(sites->sites.size(), *sites); !options) return geo::Fail(options.error());
  call.query.bearings_deg = sites->bearings_deg;
  call.sites = std::move(*sites);
  if (auto years = DecodeYears(request, call); !years) return geo::Fail(years.error());
  if (auto numbers = DecodeNumbers(request, call.query); !numbers) return geo::Fail(numbers.error());
  if (request.stated_purpose().size() > static_cast<std::size_t>(limits::kStatedPurposeBytes))
    return geo::Fail(TooMany("stated_purpose", static_cast<std::int64_t>(request.stated_purpose().size()), limits::kStatedPurposeBytes));
  call.stated_purpose = request.stated_purpose();
  call.with_view = request.with_view();
  Echo(call, call.question.parameters);
  return call;
}

geo::Result<GatheredEvidence> ComputeSiteEvidence(const SiteEvidenceCall& call, const geo::StopSignal& stop) {
  GatheredEvidence out;
  auto asked = BuildScene(call.question, stop);
  if (!asked) return geo::Fail(asked.error());
  out.asked = std::move(*asked);
  geo::SiteEvidenceQuery query = call.query;
  query.model = PutModel(call.model, out.asked.scene);
  auto sites = OpenSites(call.sites);
  if (!sites) return geo::Fail(sites.error());
  for (const geo::CandidateSite& site : *sites) query.comparable.push_back(site.at);
  query.alternatives = std::move(*sites);
  for (std::size_t i = 0; i < call.years.size(); ++i) {
    auto year = DemandIn(call.question, call.years[i], fmt::format("years[{}]", i).c_str(), stop);
    if (!year) return geo::Fail(year.error());
    year->demand.title = geo::FormatPeriod(call.years[i]);
    query.years.push_back(std::move(year->demand));
    query.year_days.push_back(call.years[i].days());
  }
  auto answer = geo::GatherSiteEvidence(out.asked.scene, query, stop);
  if (!answer) return geo::Fail(CameraError(answer.error()));
  out.answer = std::move(*answer);
  out.notes = geo::NotesOn(*call.question.question.data, out.asked.scene);
  out.notes.insert(out.notes.end(), call.notes.begin(), call.notes.end());
  if (auto drawn = DrawView(call, query, out, stop); !drawn) return geo::Fail(drawn.error());
  return out;
}

geo::Result<std::int64_t> EncodeSiteEvidence(const SiteEvidenceCall& call, const geo::Disclosed<GatheredEvidence>& disclosed, v1::GatherSiteEvidenceResponse& response) {
  const GatheredEvidence& gathered = disclosed.value();
  const geo::SiteEvidenceAnswer& answer = gathered.answer;
  const geo::CameraScene& scene = gathered.asked.scene;
  const auto windows = geo::WindowsOf(call.question.settings.blocks);
  if (auto placed = EncodePosition(call.query.site.at, *response.mutable_position()); !placed) return geo::Fail(placed.error());
  response.set_bearing_deg(answer.bearing_deg);
  response.set_need(answer.need);
  EncodeInterval(answer.need_interval.low, answer.need_interval.high, *response.mutable_need_interval());
  response.set_need_percentile(answer.need_percentile);
  response.set_compared(answer.compared);
  response.set_marginal(answer.marginal);
  response.set_unique_share(answer.unique_share);
  EncodeBlocks(answer.marginal_by_block, windows, *response.mutable_marginal_by_block());
  for (std::size_t i = 0; i < answer.years.size(); ++i) {
    v1::SiteYear& year = *response.add_years();
    EncodeDays(call.years[i], *year.mutable_period());
    year.set_need(answer.years[i].need);
    year.set_percentile(answer.years[i].percentile);
  }
  response.set_years_in_top_tenth(answer.years_in_top_tenth);
  if (answer.change) {
    const std::size_t last = answer.years.size() - 1;
    EncodeChange({*answer.change, geo::WardRow::Kind::kArea, std::llround(answer.years[last - 1].need), std::llround(answer.years[last].need)}, "", *response.mutable_change());
  }
  response.set_blind(answer.blind);
  EncodeLevels(answer.at_level, scene.table, *response.mutable_levels());
  for (const auto& other : answer.alternatives) {
    v1::SiteAlternative& encoded = *response.add_alternatives();
    encoded.set_id(other.id);
    encoded.set_away_m(other.away_m);
    encoded.set_bearing_deg(other.bearing_deg);
    encoded.set_marginal(other.marginal);
    encoded.set_cost_pence(other.cost_pence);
  }
  if (answer.draws > 0) {
    EncodeInterval(answer.marginal_low, answer.marginal_high, *response.mutable_marginal_drawn());
    response.set_first_share(answer.first_share);
  }
  response.set_draws(answer.draws);
  EncodeForms(call, gathered, *response.mutable_form_fields());
  if (gathered.view) {
    if (auto view = EncodeView(gathered.view->first, false, gathered.view->second, scene.table, *response.mutable_view()); !view) return geo::Fail(view.error());
  }
  EncodeCertificate(answer.certificate, scene, windows, gathered.notes, *response.mutable_certificate());
  ContextFacts facts = FactsOfCameras(call.question, gathered.asked.incidents);
  facts.method = "What one camera has in view past buildings, the way that adds most, among comparable places each looking the way that has most." + WeightMethod(call.question.question);
  facts.tests_made = answer.change ? 1 : 0;
  facts.seed = static_cast<std::int64_t>(call.query.seed);
  BuildContext(call.question.question.snapshot, *call.question.question.data, facts, disclosed.rule(), *response.mutable_context());
  return 1;
}

}  // namespace server
