// A dataset drawn in a test: sources, areas and incidents in a few lines, built into a snapshot by the code that builds real ones.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

struct DrawnIncident {
  GridPoint at;  // or kUnlocated
  LocalMinute from = 0;
  LocalMinute to = 1;
  CategoryIndex category = 0;
  std::uint16_t source = 0;
  FlagBits flags = 0;
};

// Starts with the source "police" (knows the clock), the categories 0 "robbery" and 1 "anti-social-behaviour" (no crime), no areas, complete to 2100.
// Change anything else through record().
class DrawnDataset {
 public:
  DrawnDataset();

  DatasetRecord& record() { return stored_.record; }
  StreetLayers& street() { return stored_.street; }
  std::uint16_t add_source(const std::string& id, TimeKnowledge time);
  CategoryIndex add_category(const std::string& id, bool crime);
  std::size_t add_vintage(const std::string& id, LocalDay valid_from = 0);
  // A ring of (easting, northing) in metres; and a square by its south-western corner.
  void add_area(std::size_t vintage, const std::string& code, const std::vector<std::pair<double, double>>& ring_m);
  void add_square(std::size_t vintage, const std::string& code, double easting_m, double northing_m, double side_m);
  void add_residents(std::size_t vintage, const std::string& code, int year, double residents);

  void add(const DrawnIncident& incident) { incidents_.push_back(incident); }
  // n one-minute incidents at noon on the first of each month of the period: every month is complete.
  void add_monthly(Period months, std::int64_t n, GridPoint at, CategoryIndex category = 0, std::uint16_t source = 0);
  // A map as text, north at the top: a digit is so many incidents a month at the centre of its square, '.' and ' ' none. The south-western corner of the map
  // is at (easting_m, northing_m); lines of only blanks at either end are left out.
  void draw_monthly(std::string_view map, double easting_m, double northing_m, double cell_size_m, Period months, CategoryIndex category = 0);

  std::size_t size() const { return incidents_.size(); }
  std::vector<DrawnIncident>& incidents() { return incidents_; }

  // Rows in canonical order. With a seed the rows are shuffled first, as if files had been read in another order; lines stay with their rows.
  StoredDataset store(unsigned shuffle_seed = 0) const;
  // One dataset, datasets[0]. Aborts when it does not build.
  std::shared_ptr<const Snapshot> build(unsigned shuffle_seed = 0) const;

 private:
  StoredDataset stored_;
  std::vector<DrawnIncident> incidents_;
};

// All categories and sources over the period.
IncidentFilter FilterAll(const DatasetSnapshot& data, Period period);

}  // namespace geo
