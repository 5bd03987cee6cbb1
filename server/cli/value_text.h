// Numbers of an answer as a person reads them.
#pragma once

#include <cstdint>
#include <string>

namespace wardwatch::v1 {
class Count;
class Interval;
}  // namespace wardwatch::v1

namespace server {

std::string WholeText(std::int64_t value);                       // "35,442", "-1,204"
std::string DecimalText(double value, int places);               // "1,234.5"; "inf" and "nan" as such
std::string WeightText(double weight);                           // whole weights without places, others with one
std::string CountText(const wardwatch::v1::Count& count);        // "35,442", "~35,440" when rounded, "hidden" when suppressed, "?" when not set
std::string SignedCountText(const wardwatch::v1::Count& count);  // a difference: "+12", "-3", "0"
std::string ProbabilityText(double value);                       // "0.012"; "<0.001"
std::string PercentText(double share);                           // 0.2534 is "25.3 %"
bool IsHidden(const wardwatch::v1::Count& count);
// The number behind an exact or rounded count; 0 when hidden.
std::int64_t NumberOf(const wardwatch::v1::Count& count);

}  // namespace server
