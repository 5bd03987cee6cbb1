// The digest that tells equal content from different content, and a sound store from a damaged one.
#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <tuple>

#include "geo/io/store.h"
#include "geo/types/sha256.h"

namespace geo {
namespace {

// Little-endian, fixed width, strings with their length before them: no two contents share their bytes.
class DigestStream {
 public:
  void number(std::int64_t value) { fixed(static_cast<std::uint64_t>(value), 8); }
  void fixed(std::uint64_t value, int bytes) {
    if (used_ + 8 > sizeof(buffer_)) flush();
    for (int i = 0; i < bytes; ++i) buffer_[used_++] = static_cast<char>(value >> (8 * i));
  }
  void real(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    fixed(bits, 8);
  }
  void text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    flush();
    sha_.update(value);
  }
  std::string hex() {
    flush();
    return sha_.hex();
  }

 private:
  void flush() {
    sha_.update({buffer_, used_});
    used_ = 0;
  }
  Sha256 sha_;
  char buffer_[1 << 16];
  std::size_t used_ = 0;
};

// rank[i]: the place of key(i) among the distinct indices in use; equal content gets equal ranks however its tables were numbered.
template <class Key>
std::vector<std::uint32_t> RanksInUse(const std::vector<bool>& used, const Key& key, std::vector<std::uint32_t>& in_order) {
  for (std::uint32_t i = 0; i < used.size(); ++i) {
    if (used[i]) in_order.push_back(i);
  }
  std::sort(in_order.begin(), in_order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<std::uint32_t> rank(used.size(), 0);
  for (std::uint32_t i = 0; i < in_order.size(); ++i) rank[in_order[i]] = i;
  return rank;
}

template <class Column>
std::vector<bool> InUse(const Column& column, std::size_t size) {
  std::vector<bool> used(size, false);
  for (const auto index : column) {
    if (index < size) used[index] = true;
  }
  return used;
}

void DigestIncidents(const StoredDataset& dataset, DigestStream& out) {
  const IncidentColumns& c = dataset.incidents;
  const auto file_key = [&](std::uint32_t i) {
    const SourceRecord& source = dataset.record.sources.at(c.files[i].source);
    return std::pair<std::string_view, std::string_view>(source.id, source.files.at(c.files[i].file).name);
  };
  std::vector<std::uint32_t> files, places, categories;
  const auto file_rank = RanksInUse(InUse(c.file, c.files.size()), file_key, files);
  const auto place_rank = RanksInUse(
      InUse(c.place, c.places.size()), [&](std::uint32_t i) { return std::string_view(c.places[i]); }, places);
  const auto& known = dataset.record.categories;
  const auto category_rank = RanksInUse(
      InUse(c.category, known.size()), [&](std::uint32_t i) { return std::string_view(known[i].id); }, categories);
  out.number(static_cast<std::int64_t>(dataset.record.flags.size()));
  for (const Flag& flag : dataset.record.flags) out.text(flag.id);
  for (const auto i : files) out.text(file_key(i).first), out.text(file_key(i).second);
  for (const auto i : places) out.text(c.places[i]);
  for (const auto i : categories) out.text(known[i].id);

  const auto before = [&](std::size_t a, std::size_t b) {
    return std::tuple(c.from_minute[a], file_rank[c.file[a]], c.line[a]) < std::tuple(c.from_minute[b], file_rank[c.file[b]], c.line[b]);
  };
  bool sorted = true;
  for (std::size_t i = 1; i < c.size() && sorted; ++i) sorted = !before(i, i - 1);
  std::vector<std::uint32_t> order;
  if (!sorted) {
    order.resize(c.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), before);
  }
  out.number(static_cast<std::int64_t>(c.size()));
  for (std::size_t k = 0; k < c.size(); ++k) {
    const std::size_t i = sorted ? k : order[k];
    out.fixed(static_cast<std::uint32_t>(c.at[i].easting_mm), 4);
    out.fixed(static_cast<std::uint32_t>(c.at[i].northing_mm), 4);
    out.fixed(static_cast<std::uint32_t>(c.from_minute[i]), 4);
    out.fixed(static_cast<std::uint32_t>(c.to_minute[i]), 4);
    out.fixed(category_rank[c.category[i]], 1);
    out.fixed(c.flags[i], 2);
    out.fixed(file_rank[c.file[i]], 2);
    out.fixed(c.line[i], 4);
    out.fixed(place_rank[c.place[i]], 4);
  }
}

void DigestShape(const MultiPolygon& shape, DigestStream& out) {
  out.number(static_cast<std::int64_t>(shape.parts.size()));
  for (const Polygon& part : shape.parts) {
    out.number(static_cast<std::int64_t>(part.rings.size()));
    for (const Ring& ring : part.rings) {
      out.number(static_cast<std::int64_t>(ring.size()));
      for (const GridPoint p : ring) out.fixed(static_cast<std::uint32_t>(p.easting_mm), 4), out.fixed(static_cast<std::uint32_t>(p.northing_mm), 4);
    }
  }
}

void DigestArea(const Area& area, DigestStream& out) {
  out.text(area.code);
  out.text(area.name);
  DigestShape(area.shape, out);
}

void DigestVintage(const VintageRecord& vintage, const std::vector<Area>& areas, DigestStream& out) {
  out.text(vintage.id);
  std::vector<const Area*> by_code;
  for (const Area& area : areas) by_code.push_back(&area);
  std::sort(by_code.begin(), by_code.end(), [](const Area* a, const Area* b) { return a->code < b->code; });
  out.number(static_cast<std::int64_t>(by_code.size()));
  for (const Area* area : by_code) DigestArea(*area, out);
  std::vector<const PopulationRecord*> populations;
  for (const PopulationRecord& population : vintage.populations) populations.push_back(&population);
  std::sort(populations.begin(), populations.end(), [](const PopulationRecord* a, const PopulationRecord* b) {
    return std::tie(a->code, a->measure, a->year) < std::tie(b->code, b->measure, b->year);
  });
  out.number(static_cast<std::int64_t>(populations.size()));
  for (const PopulationRecord* population : populations) {
    out.text(population->code), out.text(population->measure), out.number(population->year), out.real(population->value);
  }
}

void DigestPoint(GridPoint p, DigestStream& out) {
  out.fixed(static_cast<std::uint32_t>(p.easting_mm), 4), out.fixed(static_cast<std::uint32_t>(p.northing_mm), 4);
}

// -1 stands for what is not known, which no such number is.
void DigestCamera(const StandingCamera& camera, DigestStream& out) {
  out.text(camera.id), out.text(camera.place), DigestPoint(camera.at, out);
  for (const auto& number : {camera.field_of_view_deg, camera.bearing_deg, camera.height_m}) out.real(number.value_or(-1));
  out.fixed(camera.model, 2), out.fixed(camera.on_building ? 1 : 0, 1);
  out.fixed(static_cast<std::uint8_t>(camera.state), 1), out.fixed(static_cast<std::uint8_t>(camera.bond), 1);
  out.number(camera.installed ? *camera.installed : std::numeric_limits<std::int64_t>::min());
}

void DigestStreet(const StreetRecord& record, const StreetLayers& street, DigestStream& out) {
  const auto begin = [&](std::uint16_t layer) { out.text(record.layers.at(layer).id); };
  out.number(static_cast<std::int64_t>(street.cameras.size()));
  for (const StandingCamera& camera : street.cameras) begin(camera.layer), DigestCamera(camera, out);
  out.number(static_cast<std::int64_t>(street.sites.size()));
  for (const CameraSite& site : street.sites) {
    begin(site.layer), out.text(site.id), DigestPoint(site.at, out), out.real(site.height_m.value_or(-1)), out.number(site.cost_pence);
    out.fixed(static_cast<unsigned>(site.on_building) | static_cast<unsigned>(site.power) << 1 | static_cast<unsigned>(site.lit) << 2, 1);
  }
  out.number(static_cast<std::int64_t>(street.buildings.size()));
  for (const Building& building : street.buildings) begin(building.layer), DigestShape(building.ground, out);
  out.number(static_cast<std::int64_t>(street.places.size()));
  for (const SensitivePlace& place : street.places) begin(place.layer), DigestPoint(place.at, out), out.fixed(place.kind, 2);
}

}  // namespace

std::string ContentDigest(const StoredDataset& dataset) {
  DigestStream out;
  out.text("wardwatch content 3");
  DigestIncidents(dataset, out);
  std::vector<std::size_t> order(dataset.areas.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return dataset.record.vintages.at(a).id < dataset.record.vintages.at(b).id; });
  for (const std::size_t v : order) DigestVintage(dataset.record.vintages.at(v), dataset.areas[v], out);
  DigestStreet(dataset.record.street, dataset.street, out);
  return out.hex();
}

}  // namespace geo
