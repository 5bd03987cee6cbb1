#include "server/layers/kind_parts.h"

#include "server/codec/period_codec.h"

namespace server {

TableFacts FactsOf(const Collection& collection, const LayerQuestion& question) {
  return {UtcText(question.period->begin * geo::kMinutesPerDay, collection.data->record.time_zone), geo::FormatDay(question.period->end - 1)};
}

void FillPeriod(geo::Period period, wardwatch::v1::Period& out) { EncodeDays(period, *out.mutable_days()); }

geo::Error AsParameter(geo::Error error) {
  const auto named = [&](std::string_view prefix) { return error.field.starts_with(prefix); };
  // Messages may begin with the path.
  if (!error.field.empty() && error.message.starts_with(error.field)) error.message.erase(0, error.field.size() + (error.message.size() > error.field.size()));
  if (named("filter.categories")) {
    error.field = "category";
  } else if (named("filter.workstream") || named("filter.window") || named("filter.sources")) {
    error.field = "workstream";
  } else if (named("period") || named("before") || named("after") || named("surface.period")) {
    error.field = "datetime";
  }
  return error;
}

FeatureValue ValueOf(const wardwatch::v1::Count& count) {
  switch (count.value_case()) {
    case wardwatch::v1::Count::kExact:
      return std::int64_t{count.exact()};
    case wardwatch::v1::Count::kRounded:
      return std::int64_t{count.rounded()};
    default:
      return {};
  }
}

Property BeginProperty() {
  return {"period_begin", ValueType::kTime, "Begin of the period", "When the period that the values are about began; `datetime` chooses the period.", "", {}};
}

Property LastDayProperty() {
  return {"period_last_day", ValueType::kDate, "Last day of the period", "The last day of the period, on the local calendar.", "", {}};
}

Property SuppressedProperty() {
  return {"suppressed", ValueType::kFlag, "Suppressed", "A count of this feature is hidden by disclosure control: absent, and not zero.", "", {}};
}

Property AsAtProperty() {
  return {"as_at", ValueType::kTime, "As at", "The beginning, on the local clock, of the day that the register is as at; `datetime` selects by it.", "", {}};
}

Property HandlingProperty(std::string_view handling) {
  Property property{"handling", ValueType::kText,       "Handling", "Who may see this: the same of every feature, so that it stays with each.",
                    "",         {std::string(handling)}};
  property.in_tiles = false;  // a tile's response says it once, as a header
  return property;
}

geo::Result<void> CheckAsksNoIncidents(const LayerQuestion& question) {
  const char* const parameter = !question.categories.empty() ? "category" : !question.workstream.empty() ? "workstream" : nullptr;
  if (parameter == nullptr) return {};
  return geo::Fail(geo::InvalidArgument(parameter, "chooses incidents, and cameras are the same whichever are asked about; leave it out"));
}

std::string FeatureIdOfSuppliers(const std::string& id) {
  std::string safe;
  for (const char c : id) safe += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return safe;
}

std::string CollectionIdOf(const geo::DatasetSnapshot& data, const std::string& name) { return data.record.id + "." + name; }

}  // namespace server
