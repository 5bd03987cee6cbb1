#include "geo/cameras/camera_evidence.h"

namespace geo {

const char* GradeWord(EvidenceGrade grade) {
  switch (grade) {
    case EvidenceGrade::kNotStudied:
      return "not studied";
    case EvidenceGrade::kNoEffect:
      return "no effect found";
    case EvidenceGrade::kWeak:
      return "weak";
    case EvidenceGrade::kModerate:
      return "moderate";
    case EvidenceGrade::kStrong:
      return "strong";
  }
  return "";
}

}  // namespace geo
