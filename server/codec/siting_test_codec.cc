// TestSiting: would the choice change?
#include <fmt/format.h>

#include "server/codec/camera_answer_codec.h"
#include "server/codec/change_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/siting_codec.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;

geo::Result<SitingTestCall> DecodeTestSiting(const v1::TestSitingRequest& request, const geo::Snapshot& snapshot) {
  SitingTestCall call;
  auto siting = DecodeSiteCameras(request.question(), snapshot);
  if (!siting) return geo::Fail(Under("question", siting.error()));
  call.siting = std::move(*siting);
  call.query.seed = call.siting.query.seed;
  const auto draws = DecodeInteger("draws", request.draws() == 0 ? limits::kDefaultTestDraws : request.draws(), 1, limits::kTestDraws);
  if (!draws) return geo::Fail(draws.error());
  call.query.draws = static_cast<int>(*draws);
  call.query.exact = request.exact();
  if (request.exact() && request.question().greedy())
    return geo::Fail(geo::InvalidArgument("exact", "is set, and question.greedy too: draws proved best cannot be held against a choice that is not; send one of them"));
  const auto core = DecodeNumber("core_share", request.core_share(), {0, 1, call.query.core_share, "", true});
  if (!core) return geo::Fail(core.error());
  call.query.core_share = *core;
  if (request.years_size() > limits::kCameraYears) return geo::Fail(TooMany("years", request.years_size(), limits::kCameraYears));
  for (int i = 0; i < request.years_size(); ++i) {
    const auto year = DecodePeriod(request.years(i), fmt::format("years[{}]", i));
    if (!year) return geo::Fail(year.error());
    call.years.push_back(*year);
  }
  Parameters& out = call.siting.question.parameters;
  out.emplace_back("draws", fmt::format("{}", call.query.draws));
  out.emplace_back("exact", call.query.exact ? "true" : "false");
  out.emplace_back("core_share", fmt::format("{}", call.query.core_share));
  for (std::size_t i = 0; i < call.years.size(); ++i) out.emplace_back(fmt::format("years[{}]", i), geo::FormatPeriod(call.years[i]));
  return call;
}

geo::Result<SitingTestAnswer> ComputeSitingTest(const SitingTestCall& call, const geo::StopSignal& stop) {
  const auto named = [](geo::Error error) { return geo::Fail(Under("question", CameraError(std::move(error)))); };
  SitingTestAnswer out;
  auto asked = BuildScene(call.siting.question, stop);
  if (!asked) return named(asked.error());
  out.asked = std::move(*asked);
  geo::SitingQuery query = call.siting.query;
  query.model = PutModel(call.siting.model, out.asked.scene);
  auto candidates = OpenSites(call.siting.sites);
  if (!candidates) return named(candidates.error());
  query.candidates = std::move(*candidates);
  geo::RobustnessQuery robustness = call.query;
  for (std::size_t i = 0; i < call.years.size(); ++i) {
    auto year = DemandIn(call.siting.question, call.years[i], fmt::format("years[{}]", i).c_str(), stop);
    if (!year) return geo::Fail(year.error());
    robustness.years.push_back(std::move(year->demand));
  }
  const auto level = geo::FindLevel(out.asked.scene.table, query.level, "level");
  const auto optics = geo::OpticsOf(out.asked.scene.models[query.model], out.asked.scene.table, std::nullopt, "model.model");
  if (!level || !optics) return named(level ? optics.error() : level.error());
  out.range_m = optics->ground_range_m[static_cast<std::size_t>(*level)];
  auto answer = geo::TestSiting(out.asked.scene, query, robustness, stop);
  if (!answer) return named(answer.error());
  out.answer = std::move(*answer);
  out.notes = geo::NotesOn(*call.siting.question.question.data, out.asked.scene);
  std::string untold;
  for (std::size_t i = out.answer.years.size(); i < call.years.size(); ++i) untold += (untold.empty() ? "" : ", ") + geo::FormatPeriod(call.years[i]);
  if (!untold.empty()) out.notes.push_back({"YEARS_NOT_TOLD", "there was no time for " + untold});
  return out;
}

geo::Result<std::int64_t> EncodeTestSiting(const SitingTestCall& call, const geo::Disclosed<SitingTestAnswer>& disclosed, v1::SitingTest& out) {
  const SitingTestAnswer& tested = disclosed.value();
  const geo::RobustnessAnswer& answer = tested.answer;
  for (const auto& site : answer.sites) {
    v1::SiteFrequency& encoded = *out.add_sites();
    encoded.set_id(site.id);
    encoded.set_existing(site.existing);
    encoded.set_in_choice(site.in_choice);
    encoded.set_chosen(site.chosen);
    encoded.set_frequency(site.frequency);
    encoded.set_core(site.core);
  }
  if (answer.draws > 0) EncodeRobustness(answer.note, *out.mutable_note());
  out.set_worst_gap(answer.worst_gap);
  for (std::size_t i = 0; i < answer.years.size(); ++i) {
    v1::SitingYear& encoded = *out.add_years();
    EncodeDays(call.years[i], *encoded.mutable_period());
    for (const std::string& id : answer.years[i].ids) encoded.add_ids(id);
    encoded.set_value(answer.years[i].value);
    encoded.set_bound(answer.years[i].bound);
    encoded.set_kept(answer.years[i].kept);
    encoded.set_shared(answer.years[i].shared);
    encoded.set_not_met(answer.years[i].not_met);
  }
  out.set_draws(answer.draws);
  out.set_stopped(answer.stopped);
  out.set_median_precision_m(geo::MedianPrecisionM(tested.asked.scene.demand));
  out.set_range_m(tested.range_m);
  EncodeCertificate(answer.certificate, tested.asked.scene, geo::WindowsOf(call.siting.question.settings.blocks), tested.notes, *out.mutable_certificate());
  ContextFacts facts = FactsOfCameras(call.siting.question, tested.asked.incidents);
  facts.method = fmt::format("The question is solved anew with every position moved evenly within the disc of its precision ({} draws, {}), and for every other period.{}",
                             answer.draws, call.query.exact ? "each proved" : "greedy with swaps", WeightMethod(call.siting.question.question));
  facts.seed = static_cast<std::int64_t>(call.query.seed);
  BuildContext(call.siting.question.question.snapshot, *call.siting.question.question.data, facts, disclosed.rule(), *out.mutable_context());
  return out.sites_size();
}

}  // namespace server
