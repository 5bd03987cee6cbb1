#include "server/cli/redeployment_report.h"

#include <fmt/format.h>

#include "server/cli/camera_certificate_text.h"
#include "server/cli/camera_words.h"
#include "server/cli/change_text.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/redeployment.pb.h"

namespace server {

namespace api = wardwatch::v1;

std::string RedeploymentTable(const api::RedeploymentPlan& plan, const Terminal& terminal) {
  TextTable table({{"quarter", Align::kRight, 0, 0},
                   {"days", Align::kLeft, 0, 1},
                   {"unit", Align::kLeft, 0, 0},
                   {"site", Align::kLeft, 8, 0},
                   {"moved", Align::kLeft, 0, 0},
                   {"bearing", Align::kRight, 0, 3},
                   {"expected", Align::kRight, 0, 0},
                   {"within", Align::kRight, 0, 0},
                   {"cost\npounds", Align::kRight, 0, 0},
                   {"watches\nplaces", Align::kRight, 0, 0}});
  for (const api::Deployment& at : plan.deployments()) {
    table.add_row({fmt::format("{}", at.quarter()), DayRangeText(at.days()), at.unit(), at.site(), at.moved() ? "yes" : "", DecimalText(at.bearing_deg(), 0),
                   DecimalText(at.expected(), 1), at.has_interval() ? RangeText(at.interval(), 0, terminal) : "", PoundsText(at.cost_pence()),
                   WholeText(PlacesAt(at.intrusion(), plan.certificate().level()))});
  }
  std::vector<std::string> left_out;
  std::string out =
      fmt::format("Movable cameras of {}: {} moves for {} pounds\n\n", Printable(plan.context().dataset()), plan.moves(), PoundsText(plan.spend_pence()));
  out += table.format(terminal, &left_out);
  std::vector<LabelledLine> lines{LeftOutLine(left_out)};
  lines.emplace_back("expected", fmt::format("{} incidents in view beyond standing cameras, over the plan; {} were every unit to stay where it is",
                                             DecimalText(plan.expected(), 1), DecimalText(plan.staying(), 1)));
  std::vector<std::string> factors;
  for (const double factor : plan.season_factors()) factors.push_back(DecimalText(factor, 2));
  lines.emplace_back("season", fmt::format("each quarter's daily rate over the year's: {}", fmt::join(factors, ", ")));
  for (const api::SiteLeftOut& left : plan.left_out()) lines.push_back(LeftOutSiteLine(left));
  for (LabelledLine& line : CertificateLines(plan.certificate())) lines.push_back(std::move(line));
  return out + '\n' + ContextFooter(plan.context(), lines, terminal);
}

std::string RedeploymentCsv(const api::RedeploymentPlan& plan) {
  CsvWriter csv;
  csv.record({"quarter", "days", "unit", "site", "easting_m", "northing_m", "moved", "bearing_deg", "expected", "expected_low", "expected_high", "cost_pence",
              "responsive_share", "hours", "watches", "review_on", "snapshot"});
  for (const api::Deployment& at : plan.deployments()) {
    csv.whole(at.quarter()).text(DayRangeText(at.days())).text(at.unit()).text(at.site()).number(at.position().easting_m()).number(at.position().northing_m());
    csv.flag(at.moved()).number(at.bearing_deg()).number(at.expected());
    CsvInterval(csv, at.has_interval(), at.interval());
    csv.whole(at.cost_pence()).number(at.evidence().responsive_share()).text(BlocksText(at.hours().blocks()));
    csv.text(PlacesText(at.intrusion(), plan.certificate().level())).text(DayText(at.review_on())).text(plan.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
