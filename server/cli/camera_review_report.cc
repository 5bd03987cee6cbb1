#include "server/cli/camera_review_report.h"

#include <fmt/format.h>

#include <map>

#include "server/cli/camera_certificate_text.h"
#include "server/cli/camera_drawing.h"
#include "server/cli/camera_words.h"
#include "server/cli/change_text.h"
#include "server/cli/csv_writer.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/time_of_week_text.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string CamerasTable(const api::ReviewCamerasResponse& answer, const Terminal& terminal, std::vector<std::string>* left_out) {
  TextTable table({{"camera", Align::kLeft, 8, 0},
                   {"review", Align::kLeft, 0, 0},
                   {"state", Align::kLeft, 0, 2},
                   {"in view\na year", Align::kRight, 0, 0},
                   {"95 %", Align::kRight, 0, 0},
                   {"alone", Align::kRight, 0, 0},
                   {"of its\nview", Align::kRight, 0, 3},
                   {"rank", Align::kRight, 0, 1},
                   {"change", Align::kLeft, 0, 0},
                   {"because", Align::kLeft, 8, 0}});
  for (const api::CameraReview& camera : answer.cameras()) {
    table.add_row({camera.id(), ReviewWord(camera.review()), StateWord(camera.state()), DecimalText(camera.per_year(), 1),
                   camera.has_per_year_interval() ? RangeText(camera.per_year_interval(), 1, terminal) : "", DecimalText(camera.unique(), 1),
                   PercentText(camera.unique_share()), camera.rank() > 0 ? fmt::format("{}", camera.rank()) : terminal.dash(),
                   camera.has_change() ? VerdictWord(camera.change().verdict()) : terminal.dash(), fmt::format("{}", fmt::join(camera.reasons(), ", "))});
  }
  return table.format(terminal, left_out);
}

std::string Tally(const api::ReviewCamerasResponse& answer) {
  std::map<api::ReviewClass, int> counts;
  for (const api::CameraReview& camera : answer.cameras()) ++counts[camera.review()];
  std::string text;
  for (const auto& [review, count] : counts) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, ReviewWord(review));
  return text;
}

std::string DetailHours(const api::DetailCount& count) { return count.has_hours() ? TimeOfWeekText(count.hours()) : "not known"; }

}  // namespace

std::string ReviewTable(const api::ReviewCamerasResponse& answer, bool map, bool explain, const Terminal& terminal) {
  std::string out = fmt::format("Review of {} cameras of {}: {}\n\n", answer.cameras_size(), Printable(answer.context().dataset()), Tally(answer));
  if (map) {
    if (const std::string drawn = DrawCameraMap(MapOf(answer), terminal); !drawn.empty()) out += drawn + '\n';
  }
  std::vector<std::string> left_out;
  out += CamerasTable(answer, terminal, &left_out) + '\n';
  for (const api::CameraReview& camera : answer.cameras()) {
    const bool acts = camera.review() != api::REVIEW_CLASS_KEEP && camera.review() != api::REVIEW_CLASS_NEED_NOT_SHOWN;
    if (!acts && !explain) continue;
    out += ExplanationLines(camera.id(), fmt::format("{}: {}", ReviewWord(camera.review()), fmt::join(camera.sentences(), "; ")), terminal);
  }
  std::vector<LabelledLine> lines{LeftOutLine(left_out)};
  lines.emplace_back("in view", fmt::format("{} of {} by the working cameras, {} were all to work", DecimalText(answer.covered(), 1),
                                            DecimalText(answer.total(), 1), DecimalText(answer.covered_if_repaired(), 1)));
  lines.emplace_back("rules", fmt::format("need is shown from {} incidents a year; mostly duplicated under {} seen alone; a better site adds {} times as much",
                                          DecimalText(answer.rules().need_per_year(), 1), PercentText(answer.rules().least_unique_share()),
                                          DecimalText(answer.rules().better_by(), 1)));
  for (LabelledLine& line : CertificateLines(answer.certificate())) lines.push_back(std::move(line));
  return out + '\n' + ContextFooter(answer.context(), lines, terminal);
}

std::string ReviewCsv(const api::ReviewCamerasResponse& answer) {
  CsvWriter csv;
  csv.record({"camera",           "review",           "reasons",       "state",   "movable", "easting_m", "northing_m",   "recent", "earlier",
              "per_year",         "per_year_low",     "per_year_high", "change",  "q_value", "unique",    "unique_share", "rank",   "better_site",
              "better_site_adds", "responsive_share", "hours",         "watches", "snapshot"});
  for (const api::CameraReview& camera : answer.cameras()) {
    csv.text(camera.id()).text(ReviewWord(camera.review())).text(fmt::format("{}", fmt::join(camera.reasons(), " "))).text(StateWord(camera.state()));
    csv.flag(camera.movable()).number(camera.position().easting_m()).number(camera.position().northing_m());
    csv.number(camera.recent()).number(camera.earlier()).number(camera.per_year());
    CsvInterval(csv, camera.has_per_year_interval(), camera.per_year_interval());
    csv.text(camera.has_change() ? VerdictWord(camera.change().verdict()) : "");
    CsvOptional(csv, camera.has_change(), camera.change().q_value());
    csv.number(camera.unique()).number(camera.unique_share()).whole(camera.rank()).text(camera.better_site());
    CsvOptional(csv, !camera.better_site().empty(), camera.better_site_adds());
    csv.number(camera.evidence().responsive_share()).text(BlocksText(camera.hours().blocks()));
    csv.text(PlacesText(camera.intrusion(), answer.certificate().level())).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

std::string DetailTable(const api::CountDetailLevelsResponse& answer, const Terminal& terminal) {
  TextTable table({{"level or finer", Align::kLeft, 0, 0},
                   {"in no view", Align::kRight, 0, 0},
                   {"of one", Align::kRight, 0, 0},
                   {"of two or more", Align::kRight, 0, 0},
                   {"in view", Align::kRight, 0, 0}});
  for (const api::DetailCount& count : answer.levels()) {
    const double seen = count.by_one() + count.by_more();
    table.add_row({count.level(), DecimalText(count.unseen(), 1), DecimalText(count.by_one(), 1), DecimalText(count.by_more(), 1),
                   answer.total() > 0 ? PercentText(seen / answer.total()) : std::string(terminal.dash())});
  }
  std::vector<LabelledLine> lines;
  lines.emplace_back(
      "of", fmt::format("{}, {} of them with a position; --format csv splits it by hours", DecimalText(answer.total(), 1), DecimalText(answer.located(), 1)));
  for (const api::SiteLeftOut& left : answer.left_out()) lines.push_back(LeftOutSiteLine(left));
  for (LabelledLine& line : CertificateLines(answer.certificate())) lines.push_back(std::move(line));
  return fmt::format("In view of the working cameras of {}, by level of detail\n\n", Printable(answer.context().dataset())) + table.format(terminal, nullptr) +
         '\n' + ContextFooter(answer.context(), lines, terminal);
}

std::string DetailCsv(const api::CountDetailLevelsResponse& answer) {
  CsvWriter csv;
  csv.record({"level", "hours", "unseen", "by_one", "by_more", "total", "snapshot"});
  for (const api::DetailCount& count : answer.counts()) {
    csv.text(count.level()).text(DetailHours(count)).number(count.unseen()).number(count.by_one()).number(count.by_more()).number(answer.total());
    csv.text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
