// Several periods as people type them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/types/result.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// Each text is a period (period_text.h) or a range of years, both ends included: "2019..2024", "2019/20..2024/25". Their order is kept. Errors on `field`:
// those of ParsePeriodText; a range that ends before it begins, or mixes calendar and financial years.
geo::Result<std::vector<wardwatch::v1::Period>> ParsePeriodList(const std::vector<std::string>& texts, std::string_view field);

}  // namespace server
