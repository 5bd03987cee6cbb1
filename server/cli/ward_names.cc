#include "server/cli/ward_names.h"

#include "wardwatch/v1/ward_service.pb.h"

namespace server {

namespace api = wardwatch::v1;

const char* RowKindWord(api::RowKind kind) {
  switch (kind) {
    case api::ROW_KIND_AREA:
      return "area";
    case api::ROW_KIND_OUTSIDE:
      return "outside";
    case api::ROW_KIND_UNLOCATED:
      return "unlocated";
    case api::ROW_KIND_TOTAL:
      return "total";
    default:
      return "unknown";
  }
}

std::string RowTitle(api::RowKind kind, const std::string& area_title) {
  switch (kind) {
    case api::ROW_KIND_OUTSIDE:
      return "(in no ward)";
    case api::ROW_KIND_UNLOCATED:
      return "(no position)";
    case api::ROW_KIND_TOTAL:
      return "Total";
    default:
      return area_title;
  }
}

const char* VerdictWord(api::Verdict verdict) {
  switch (verdict) {
    case api::VERDICT_HIGHER:
      return "higher";
    case api::VERDICT_LOWER:
      return "lower";
    case api::VERDICT_NO_CLEAR_CHANGE:
      return "no clear change";
    case api::VERDICT_TOO_FEW_TO_SAY:
      return "too few to say";
    case api::VERDICT_NOT_COMPARABLE:
      return "not comparable";
    default:
      return "";
  }
}

const char* RowKindWord(const api::WardRow& row) { return RowKindWord(row.kind()); }

std::string RowTitle(const api::WardRow& row) { return RowTitle(row.kind(), row.area_title()); }

const char* VerdictWordOf(const api::WardRow& row) { return VerdictWord(row.change().verdict()); }

}  // namespace server
