// Any bytes as a filter in CQL2 text: refused in good words or read, and what was read comes back from both of its forms.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "geo/filters/filter.h"
#include "geo/filters/letter_case.h"
#include "tests/support/filter_case.h"

namespace {

void Demand(bool good) {
  if (!good) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const geo::FilterSchema schema = support::TownSchema();
  const auto filter = geo::ParseFilterText({reinterpret_cast<const char*>(data), size}, schema);
  if (!filter) {
    Demand(filter.error().field == "filter" && !filter.error().reason.empty() && geo::IsPlainText(filter.error().message) &&
           filter.error().message.size() < 1'000);
    return 0;
  }
  const std::string text = geo::FormatFilterText(*filter);
  if (text.size() <= geo::kMostFilterBytes) {
    const auto again = geo::ParseFilterText(text, schema);
    Demand(again.has_value() && *again == *filter && geo::FormatFilterText(*again) == text);
  }
  const std::string json = geo::FormatFilterJson(*filter);
  if (json.size() <= geo::kMostFilterBytes) {
    const auto again = geo::ParseFilterJson(json, schema);
    Demand(again.has_value() && *again == *filter);
  }
  geo::Matches(*filter, support::TownRow());
  geo::Matches(*filter, support::TownRow().text(0, "theft").number(1, 3).flag(2, true).time(3, 0, 60).at({{geo::PlaneOfDegrees(0.5, 51.4)}, {}}));
  return 0;
}
