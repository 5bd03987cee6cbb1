// The words for rows and verdicts of a ward comparison, the same in every format.
#pragma once

#include <string>

namespace wardwatch::v1 {
class WardRow;
}  // namespace wardwatch::v1

namespace server {

const char* RowKindWord(const wardwatch::v1::WardRow& row);    // "area", "outside", "unlocated", "total"
std::string RowTitle(const wardwatch::v1::WardRow& row);       // the ward's name, or what the row stands for
const char* VerdictWordOf(const wardwatch::v1::WardRow& row);  // one of the five, or "" where no verdict is given

}  // namespace server
