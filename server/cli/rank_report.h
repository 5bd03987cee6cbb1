// RankWards as a table and as csv.
#pragma once

#include <string>

#include "server/cli/terminal.h"
#include "wardwatch/v1/ward_rank.pb.h"

namespace server {

const char* FunnelWord(wardwatch::v1::FunnelClass funnel_class);  // "above 99.8 %", "within", ...; "" where there is no denominator
const char* RankLabelWord(wardwatch::v1::RankLabel label);        // "robust", "depends on denominator", "not rankable"; "" without a rate

// In the server's order, which is not that of rank: a table in order of rank would say more than the data does. With `explain`, the server's sentences follow.
std::string RankTable(const wardwatch::v1::RankWardsResponse& answer, bool explain, const Terminal& terminal);

std::string RankCsv(const wardwatch::v1::RankWardsResponse& answer);

}  // namespace server
