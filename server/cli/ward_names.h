// The words for rows, verdicts and classes of answers about wards, the same in every format.
#pragma once

#include <string>

#include "wardwatch/v1/ward_change.pb.h"

namespace wardwatch::v1 {
class WardRow;
}  // namespace wardwatch::v1

namespace server {

const char* RowKindWord(wardwatch::v1::RowKind kind);                              // "area", "outside", "unlocated", "total"
std::string RowTitle(wardwatch::v1::RowKind kind, const std::string& area_title);  // the ward's name, or what the row stands for
const char* VerdictWord(wardwatch::v1::Verdict verdict);                           // one of the five, or "" where no verdict is given

const char* RowKindWord(const wardwatch::v1::WardRow& row);
std::string RowTitle(const wardwatch::v1::WardRow& row);
const char* VerdictWordOf(const wardwatch::v1::WardRow& row);

}  // namespace server
