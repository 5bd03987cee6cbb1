#include "server/cli/camera_words.h"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "server/cli/value_text.h"

namespace server {

namespace api = wardwatch::v1;

const char* StateWord(api::CameraState state) {
  switch (state) {
    case api::CAMERA_STATE_WORKING:
      return "working";
    case api::CAMERA_STATE_FAULTY:
      return "faulty";
    case api::CAMERA_STATE_OUT:
      return "out";
    default:
      return "";
  }
}

const char* GradeWord(api::EvidenceGrade grade) {
  switch (grade) {
    case api::EVIDENCE_GRADE_NOT_STUDIED:
      return "not studied";
    case api::EVIDENCE_GRADE_NO_EFFECT_FOUND:
      return "no effect found";
    case api::EVIDENCE_GRADE_WEAK:
      return "weak";
    case api::EVIDENCE_GRADE_MODERATE:
      return "moderate";
    case api::EVIDENCE_GRADE_STRONG:
      return "strong";
    default:
      return "";
  }
}

const char* ReviewWord(api::ReviewClass review) {
  switch (review) {
    case api::REVIEW_CLASS_KEEP:
      return "keep";
    case api::REVIEW_CLASS_REPAIR_FIRST:
      return "repair first";
    case api::REVIEW_CLASS_REDEPLOY:
      return "redeploy";
    case api::REVIEW_CLASS_NEED_NOT_SHOWN:
      return "need not shown";
    case api::REVIEW_CLASS_NOT_JUDGED:
      return "not judged";
    default:
      return "";
  }
}

std::string PoundsText(std::int64_t pence) { return pence % 100 == 0 ? WholeText(pence / 100) : DecimalText(static_cast<double>(pence) / 100, 2); }

std::string PlacesText(const google::protobuf::RepeatedPtrField<api::PlacesInView>& places, const std::string& level) {
  std::string text;
  for (const api::PlacesInView& view : places) {
    if (view.level() == level) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", WholeText(view.places()), view.kind());
  }
  return text.empty() ? "none known" : text;
}

std::int64_t PlacesAt(const google::protobuf::RepeatedPtrField<api::PlacesInView>& places, const std::string& level) {
  std::int64_t sum = 0;
  for (const api::PlacesInView& view : places) sum += view.level() == level ? view.places() : 0;
  return sum;
}

std::string BlocksText(const google::protobuf::RepeatedPtrField<api::BlockWeight>& blocks) {
  std::map<std::pair<int, int>, double> by_clock;
  double unknown = 0, sum = 0;
  for (const api::BlockWeight& block : blocks) {
    sum += block.weight();
    block.has_hours() ? by_clock[{block.hours().begin_minute(), block.hours().end_minute()}] += block.weight() : unknown += block.weight();
  }
  if (sum <= 0) return {};
  const auto clock = [](int minute) { return fmt::format("{:02}:{:02}", minute / 60 % 24, minute % 60); };
  std::vector<std::string> parts;
  for (const auto& [hours, weight] : by_clock) {
    const bool all_day = hours.first == 0 && (hours.second == 0 || hours.second == 24 * 60);
    parts.push_back(fmt::format("{} {}", all_day ? "all hours" : clock(hours.first) + "-" + clock(hours.second), PercentText(weight / sum)));
  }
  if (unknown > 0) parts.push_back("hour not known " + PercentText(unknown / sum));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace server
