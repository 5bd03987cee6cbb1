// O6 and the rest of the errors: refused at once, naming the field, the limit and what to do.
#include "tests/service/refusal_table.h"
#include "tests/service/streamed_answers.h"

namespace service_test {
namespace {

const Refusal kHotspots[] = {
    {"no dataset", "dataset: ''", StatusCode::INVALID_ARGUMENT, "dataset", "datasets/town"},
    {"dataset without prefix", "dataset: 'town'", StatusCode::INVALID_ARGUMENT, "dataset", "datasets/{dataset}"},
    {"dataset that climbs", "dataset: 'datasets/../../etc/passwd'", StatusCode::INVALID_ARGUMENT, "dataset", "letters"},
    {"unknown dataset", "dataset: 'datasets/city'", StatusCode::NOT_FOUND, "dataset", "datasets/town", "UNKNOWN_DATASET"},
    {"no period", "period {}", StatusCode::INVALID_ARGUMENT, "period", "calendar_year"},
    {"year 0", "period { calendar_year: 0 }", StatusCode::INVALID_ARGUMENT, "period.calendar_year", "1900 to 2198"},
    {"year -1", "period { calendar_year: -1 }", StatusCode::INVALID_ARGUMENT, "period.calendar_year", "-1"},
    {"year 2^31-1", "period { financial_year: 2147483647 }", StatusCode::INVALID_ARGUMENT, "period.financial_year", "2197"},
    {"month 13", "period { month { year: 2023 month: 13 } }", StatusCode::INVALID_ARGUMENT, "period.month.month", "1 to 12"},
    {"30 February", "period { days { begin { year: 2023 month: 2 day: 30 } end { year: 2023 month: 3 day: 1 } } }", StatusCode::INVALID_ARGUMENT,
     "period.days.begin.day", "1 to 28"},
    {"empty period", "period { days { begin { year: 2023 month: 2 day: 1 } end { year: 2023 month: 2 day: 1 } } }", StatusCode::INVALID_ARGUMENT,
     "period.days.end", "2023-02-01"},
    {"inverted period", "period { days { begin { year: 2023 month: 2 day: 1 } end { year: 2022 month: 2 day: 1 } } }", StatusCode::INVALID_ARGUMENT,
     "period.days.end", "2022-02-01"},
    {"twenty years", "period { days { begin { year: 2003 month: 1 day: 1 } end { year: 2023 month: 1 day: 1 } } }", StatusCode::INVALID_ARGUMENT, "period.days",
     "3653"},
    {"no end", "period { days { begin { year: 2003 month: 1 day: 1 } } }", StatusCode::INVALID_ARGUMENT, "period.days.end", "missing"},
    {"cell NaN", "cells { cell_size_m: nan }", StatusCode::INVALID_ARGUMENT, "cells.cell_size_m", "nan"},
    {"cell inf", "cells { cell_size_m: inf }", StatusCode::INVALID_ARGUMENT, "cells.cell_size_m", "inf"},
    {"cell negative", "cells { cell_size_m: -250 }", StatusCode::INVALID_ARGUMENT, "cells.cell_size_m", "10 to 100000 m"},
    {"cell 1e-3: 10^9 cells and more", "cells { cell_size_m: 0.001 }", StatusCode::INVALID_ARGUMENT, "cells.cell_size_m", "0.001"},
    {"cell 1e308", "cells { cell_size_m: 1e308 }", StatusCode::INVALID_ARGUMENT, "cells.cell_size_m", "100000"},
    {"cell below the millimetre", "cells { cell_size_m: 250.00001 }", StatusCode::INVALID_ARGUMENT, "cells.cell_size_m", "millimetres"},
    {"shape 9", "cells { shape: 9 }", StatusCode::INVALID_ARGUMENT, "cells.shape", "CELL_SHAPE_HEXAGON"},
    {"bandwidth 1e9", "density { bandwidth_m: 1e9 }", StatusCode::INVALID_ARGUMENT, "density.bandwidth_m", "10 to 5000 m"},
    {"bandwidth NaN", "density { bandwidth_m: nan }", StatusCode::INVALID_ARGUMENT, "density.bandwidth_m", "nan"},
    {"bandwidth negative", "density { bandwidth_m: -1 }", StatusCode::INVALID_ARGUMENT, "density.bandwidth_m", "-1"},
    {"share 2", "share: 2", StatusCode::INVALID_ARGUMENT, "share", "0 to 1"},
    {"share -0.1", "share: -0.1", StatusCode::INVALID_ARGUMENT, "share", "-0.1"},
    {"previous years -1", "previous_years: -1", StatusCode::INVALID_ARGUMENT, "previous_years", "0 to 10"},
    {"previous years 2^31-1", "previous_years: 2147483647", StatusCode::INVALID_ARGUMENT, "previous_years", "2147483647"},
    {"selection 7", "selection: 7", StatusCode::INVALID_ARGUMENT, "selection", "CELL_SELECTION_HOT"},
    {"page size negative", "page_size: -1", StatusCode::INVALID_ARGUMENT, "page_size", "1 to 10000"},
    {"page token of nobody", "page_token: 'zz'", StatusCode::INVALID_ARGUMENT, "page_token", "next_page_token", "BAD_PAGE_TOKEN"},
    {"unknown category", "filter { categories: 'piracy' }", StatusCode::NOT_FOUND, "filter.categories[0]", "robbery"},
    {"category twice", "filter { categories: 'robbery' categories: 'robbery' }", StatusCode::INVALID_ARGUMENT, "filter.categories[1]", "once"},
    {"unknown source", "filter { sources: 'police' sources: 'press' }", StatusCode::NOT_FOUND, "filter.sources[1]", "council"},
    {"minute 1440", "filter { window { begin_minute: 1440 } }", StatusCode::INVALID_ARGUMENT, "filter.window.begin_minute", "1439"},
    {"minute -5", "filter { window { end_minute: -5 } }", StatusCode::INVALID_ARGUMENT, "filter.window.end_minute", "-5"},
    {"empty window", "filter { window { begin_minute: 60 end_minute: 60 } }", StatusCode::INVALID_ARGUMENT, "filter.window.end_minute", "empty"},
    {"no weekday", "filter { window { weekdays: 0 } }", StatusCode::INVALID_ARGUMENT, "filter.window.weekdays[0]", "WEEKDAY_MONDAY"},
    {"weekday twice", "filter { window { weekdays: 1 weekdays: 1 } }", StatusCode::INVALID_ARGUMENT, "filter.window.weekdays[1]", "Monday"},
    {"areas without vintage", "filter { areas { codes: 'E01' } }", StatusCode::INVALID_ARGUMENT, "filter.areas.vintage", "missing"},
    {"areas without codes", "filter { areas { vintage: 'wards-2022' } }", StatusCode::INVALID_ARGUMENT, "filter.areas.codes", "at least one"},
    {"unknown area", "filter { areas { vintage: 'wards-2022' codes: 'W01' } }", StatusCode::NOT_FOUND, "filter.areas.codes[0]", "E01, E02"},
    {"a name is no code", "filter { areas { vintage: 'wards-2022' codes: 'Ward E01' } }", StatusCode::NOT_FOUND, "filter.areas.codes[0]", "E01"},
    {"unknown vintage", "vintage: 'wards-1066'", StatusCode::NOT_FOUND, "vintage", "wards-2015"},
    {"bandwidth 0", "density { bandwidth_m: 0 }", StatusCode::INVALID_ARGUMENT, "density.bandwidth_m", "10 to 5000 m"},
    {"kernel 99", "density { kernel: 99 }", StatusCode::INVALID_ARGUMENT, "density.kernel", "KERNEL_QUARTIC (1)"},
    {"decay of a quartic kernel", "density { triangular_decay: 0.5 }", StatusCode::INVALID_ARGUMENT, "density.triangular_decay", "quartic", "NOT_TOGETHER"},
    {"adaptive and corrected", "density { adaptive: true edge_correction: EDGE_CORRECTION_DIGGLE }", StatusCode::INVALID_ARGUMENT, "density.adaptive", "diggle",
     "NOT_TOGETHER"},
    {"a rule that needs more points", "density { rule: BANDWIDTH_RULE_LEAST_SQUARES }", StatusCode::FAILED_PRECONDITION, "density.rule", "bandwidth_m",
     "TOO_FEW_POINTS"},
    {"rings 101", "significance { rings: 101 }", StatusCode::INVALID_ARGUMENT, "significance.rings", "1 to 100"},
    {"distance 0", "significance { distance_m: 0 }", StatusCode::INVALID_ARGUMENT, "significance.distance_m", "over 0"},
    {"adjacency of hexagons", "cells { shape: CELL_SHAPE_HEXAGON } significance { adjacency: ADJACENCY_ROOK }", StatusCode::INVALID_ARGUMENT,
     "significance.adjacency", "hexagons", "NOT_TOGETHER"},
    {"adjacency and distance", "significance { distance_m: 500 adjacency: ADJACENCY_QUEEN }", StatusCode::INVALID_ARGUMENT, "significance.adjacency",
     "distance_m", "NOT_TOGETHER"},
    {"permutations 10^6", "significance { permutations: 1000000 }", StatusCode::INVALID_ARGUMENT, "significance.permutations", "99 to 99999"},
    {"rate 0.6", "significance { false_discovery_rate: 0.6 }", StatusCode::INVALID_ARGUMENT, "significance.false_discovery_rate", "0 to 0.5"},
    {"seed -1", "significance { seed: -1 }", StatusCode::INVALID_ARGUMENT, "significance.seed", "-1"},
    {"significant without a statistic", "significance { statistic: LOCAL_STATISTIC_NONE } selection: CELL_SELECTION_SIGNIFICANT", StatusCode::INVALID_ARGUMENT,
     "selection", "statistic", "NOT_TOGETHER"},
    {"analysed without a statistic", "significance { statistic: LOCAL_STATISTIC_NONE } selection: CELL_SELECTION_ANALYSED", StatusCode::INVALID_ARGUMENT,
     "selection", "statistic", "NOT_TOGETHER"},
    {"unknown weight table", "weight_table: 'x'", StatusCode::NOT_FOUND, "weight_table", "there is: harm", "UNKNOWN_WEIGHT_TABLE"},
    {"hour of month-only data", "filter { window { begin_minute: 1200 end_minute: 360 } }", StatusCode::FAILED_PRECONDITION, "filter.window", "council",
     "HOUR_UNKNOWN"},
    {"half a month of month-only data", "period { days { begin { year: 2023 month: 2 day: 10 } end { year: 2023 month: 2 day: 20 } } }",
     StatusCode::FAILED_PRECONDITION, "period", "council", "PERIOD_FINER_THAN_DATA"},
};

const Refusal kIncidents[] = {
    {"limit negative", "limit: -1", StatusCode::INVALID_ARGUMENT, "limit", "-1"},
    {"cell of nonsense", "cell: 'a1'", StatusCode::INVALID_ARGUMENT, "cell", "s250:r702:c2291", "BAD_CELL"},
    {"cell off the Grid", "cell: 's100000:r2147483647:c0'", StatusCode::INVALID_ARGUMENT, "cell", "no cell"},
    {"cell by another name", "cell: 's250.0:r1:c1'", StatusCode::INVALID_ARGUMENT, "cell", "no cell"},
    {"cell of size 0", "cell: 's0:r1:c1'", StatusCode::INVALID_ARGUMENT, "cell", "no cell"},
    {"cell with a tail", "cell: 's250:r1:c1 '", StatusCode::INVALID_ARGUMENT, "cell", "no cell"},
    {"hour of month-only data", "filter { window { begin_minute: 1200 end_minute: 360 } }", StatusCode::FAILED_PRECONDITION, "filter.window", "council",
     "HOUR_UNKNOWN"},
};

const Refusal kAreas[] = {
    {"unknown vintage", "vintage: 'x'", StatusCode::NOT_FOUND, "vintage", "wards-2022"},
    {"page size negative", "page_size: -2147483648", StatusCode::INVALID_ARGUMENT, "page_size", "-2147483648"},
};

const Refusal kSurfaces[] = {
    {"no period", "period {}", StatusCode::INVALID_ARGUMENT, "period", "calendar_year"},
    {"unknown dataset", "dataset: 'datasets/city'", StatusCode::NOT_FOUND, "dataset", "datasets/town", "UNKNOWN_DATASET"},
    {"cell 0.5", "cell_size_m: 0.5", StatusCode::INVALID_ARGUMENT, "cell_size_m", "1 to 100000 m"},
    {"cell NaN", "cell_size_m: nan", StatusCode::INVALID_ARGUMENT, "cell_size_m", "nan"},
    {"cell 1e308", "cell_size_m: 1e308", StatusCode::INVALID_ARGUMENT, "cell_size_m", "100000"},
    {"cell below the millimetre", "cell_size_m: 100.0001", StatusCode::INVALID_ARGUMENT, "cell_size_m", "millimetres"},
    {"extent NaN", "extent { min_easting_m: nan max_easting_m: 1 max_northing_m: 1 }", StatusCode::INVALID_ARGUMENT, "extent.min_easting_m", "nan"},
    {"extent off the Grid", "extent { max_easting_m: 1 max_northing_m: 2000000.5 }", StatusCode::INVALID_ARGUMENT, "extent.max_northing_m", "2000000 m"},
    {"extent of nothing", "extent {}", StatusCode::INVALID_ARGUMENT, "extent.max_easting_m", "more than"},
    {"extent inverted", "extent { max_easting_m: 1 min_northing_m: 5 max_northing_m: 4 }", StatusCode::INVALID_ARGUMENT, "extent.max_northing_m", "more than"},
    {"10^12 cells", "extent { max_easting_m: 1000000 max_northing_m: 1000000 } cell_size_m: 1", StatusCode::RESOURCE_EXHAUSTED, "cell_size_m", "4000000",
     "GRID_TOO_LARGE"},
    {"a row of 2,000,000", "extent { max_easting_m: 2000000 max_northing_m: 1 } cell_size_m: 1", StatusCode::RESOURCE_EXHAUSTED, "cell_size_m", "100000",
     "GRID_TOO_LARGE"},
    {"bandwidth 9", "density { bandwidth_m: 9 }", StatusCode::INVALID_ARGUMENT, "density.bandwidth_m", "10 to 5000 m"},
    {"comparison with nothing", "comparison {}", StatusCode::INVALID_ARGUMENT, "comparison.before", "calendar_year"},
    {"comparison with itself", "comparison { before { calendar_year: 2023 } }", StatusCode::INVALID_ARGUMENT, "comparison.before", "once"},
    {"comparison with the future", "comparison { before { calendar_year: 2024 } }", StatusCode::INVALID_ARGUMENT, "comparison.before", "later days"},
    {"measure 9", "comparison { before { calendar_year: 2022 } measure: 9 }", StatusCode::INVALID_ARGUMENT, "comparison.measure", "SURFACE_MEASURE_RATIO (2)"},
    {"floor NaN", "comparison { before { calendar_year: 2022 } floor_per_km2_per_year: nan }", StatusCode::INVALID_ARGUMENT,
     "comparison.floor_per_km2_per_year", "nan"},
    {"floor -1", "comparison { before { calendar_year: 2022 } floor_per_km2_per_year: -1 }", StatusCode::INVALID_ARGUMENT, "comparison.floor_per_km2_per_year",
     "from 0 to"},
    {"edge correction of a coarse grid", "cell_size_m: 1000 density { edge_correction: EDGE_CORRECTION_UNIFORM }", StatusCode::INVALID_ARGUMENT,
     "density.edge_correction", "coarse"},
    {"unknown vintage", "vintage: 'x'", StatusCode::NOT_FOUND, "vintage", "wards-2022"},
    {"hour of month-only data", "filter { window { begin_minute: 1200 end_minute: 360 } }", StatusCode::FAILED_PRECONDITION, "filter.window", "council",
     "HOUR_UNKNOWN"},
    {"after all data", "period { calendar_year: 2190 }", StatusCode::FAILED_PRECONDITION, "period", "2020-01", "NO_DATA"},
};

// Fields of the surface are written anew, so each names its dataset and period.
#define WARDWATCH_SURFACE(more) "surface { dataset: 'datasets/town' period { calendar_year: 2023 } " more " }"
const Refusal kPlaces[] = {
    {"no surface", "surface {}", StatusCode::INVALID_ARGUMENT, "surface.dataset", "datasets/{dataset}"},
    {"compared", WARDWATCH_SURFACE("comparison { before { calendar_year: 2022 } }"), StatusCode::INVALID_ARGUMENT, "surface.comparison", "one period",
     "NOT_TOGETHER"},
    {"unmasked", WARDWATCH_SURFACE("unmasked: true"), StatusCode::INVALID_ARGUMENT, "surface.unmasked", "inside", "NOT_TOGETHER"},
    {"cell 0.5", WARDWATCH_SURFACE("cell_size_m: 0.5"), StatusCode::INVALID_ARGUMENT, "surface.cell_size_m", "1 to 100000 m"},
    {"unknown category", WARDWATCH_SURFACE("filter { categories: 'piracy' }"), StatusCode::NOT_FOUND, "surface.filter.categories[0]", "robbery"},
    {"too many cells", WARDWATCH_SURFACE("cell_size_m: 1 extent { max_easting_m: 1e6 max_northing_m: 1e6 }"), StatusCode::RESOURCE_EXHAUSTED,
     "surface.cell_size_m", "at most", "GRID_TOO_LARGE"},
    {"hour of month-only data", WARDWATCH_SURFACE("filter { window { begin_minute: 1200 end_minute: 360 } }"), StatusCode::FAILED_PRECONDITION,
     "surface.filter.window", "council", "HOUR_UNKNOWN"},
    {"a level of nothing", "levels {}", StatusCode::INVALID_ARGUMENT, "levels[0]", "incident_share", "MISSING"},
    {"share 0", "levels { incident_share: 0.5 } levels { volume_share: 0 }", StatusCode::INVALID_ARGUMENT, "levels[1].volume_share", "over 0 to 1"},
    {"share 1.5", "levels { incident_share: 1.5 }", StatusCode::INVALID_ARGUMENT, "levels[0].incident_share", "1.5"},
    {"share NaN", "levels { incident_share: nan }", StatusCode::INVALID_ARGUMENT, "levels[0].incident_share", "nan"},
    {"density -1", "levels { density_per_km2_per_year: -1 }", StatusCode::INVALID_ARGUMENT, "levels[0].density_per_km2_per_year", "-1"},
    {"density inf", "levels { density_per_km2_per_year: inf }", StatusCode::INVALID_ARGUMENT, "levels[0].density_per_km2_per_year", "inf"},
    {"peaks -1", "peaks: -1", StatusCode::INVALID_ARGUMENT, "peaks", "1 to 1000"},
    {"peaks 10^6 km apart", "peak_distance_m: 1e9", StatusCode::INVALID_ARGUMENT, "peak_distance_m", "100000 m"},
    {"peaks NaN apart", "peak_distance_m: nan", StatusCode::INVALID_ARGUMENT, "peak_distance_m", "nan"},
};
#undef WARDWATCH_SURFACE

const Refusal kAreaHotspots[] = {
    {"measure 4", "measure: 4", StatusCode::INVALID_ARGUMENT, "measure", "AREA_MEASURE_PER_KM2 (2)"},
    {"rings of areas", "significance { rings: 1 }", StatusCode::INVALID_ARGUMENT, "significance.rings", "areas", "NOT_TOGETHER"},
    {"no statistic", "significance { statistic: LOCAL_STATISTIC_NONE }", StatusCode::INVALID_ARGUMENT, "significance.statistic", "none", "NOT_TOGETHER"},
    {"areas of another vintage", "filter { areas { vintage: 'wards-2015' codes: 'W01' } }", StatusCode::INVALID_ARGUMENT, "filter.areas.vintage", "wards-2022"},
    {"residents unknown", "period { calendar_year: 2021 } measure: AREA_MEASURE_PER_1000_RESIDENTS", StatusCode::FAILED_PRECONDITION, "measure", "W01",
     "NO_RESIDENTS"},
    {"unknown vintage", "vintage: 'x'", StatusCode::NOT_FOUND, "vintage", "wards-2015"},
    {"page size negative", "page_size: -1", StatusCode::INVALID_ARGUMENT, "page_size", "-1"},
    {"page token of nobody", "page_token: 'zz'", StatusCode::INVALID_ARGUMENT, "page_token", "next_page_token", "BAD_PAGE_TOKEN"},
    {"before all data", "period { calendar_year: 1950 }", StatusCode::FAILED_PRECONDITION, "period", "2020-01", "NO_DATA"},
};

TEST(O6_AbsurdRequests, FindHotspots) {
  ExpectAllRefused(kHotspots, HotspotsOf2023(), [](Clients& clients, const v1::FindHotspotsRequest& request, grpc::ClientContext& context) {
    v1::FindHotspotsResponse response;
    return clients.hotspots->FindHotspots(&context, request, &response);
  });
}

// The same table, asked through the call that streams: the same refusals, their fields under "question".
TEST(O6_AbsurdRequests, WatchHotspots) {
  RunningServer running;
  for (Refusal refusal : kHotspots) {
    const std::string field = std::string("question.") + refusal.field;
    refusal.field = field.c_str();
    grpc::ClientContext context;
    const auto watched = Watch(*running.clients, context, With(HotspotsOf2023(), refusal));
    ExpectRefused(refusal, watched.status, context);
    EXPECT_FALSE(watched.answer);
  }
  grpc::ClientContext context;
  const auto reader = running.clients->hotspots->WatchHotspots(&context, {});
  v1::WatchHotspotsResponse piece;
  EXPECT_FALSE(reader->Read(&piece));
  EXPECT_EQ(reader->Finish().error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Detail(context, "wardwatch-field"), "question");
}

TEST(O6_AbsurdRequests, ComputeSurface) {
  ExpectAllRefused(kSurfaces, SurfaceOf2023(), [](Clients& clients, const v1::ComputeSurfaceRequest& request, grpc::ClientContext& context) {
    return ReadSurface(clients, context, request).status;
  });
}

TEST(O6_AbsurdRequests, FindPlaces) {
  ExpectAllRefused(kPlaces, PlacesOf2023(), [](Clients& clients, const v1::FindPlacesRequest& request, grpc::ClientContext& context) {
    v1::FindPlacesResponse response;
    return clients.hotspots->FindPlaces(&context, request, &response);
  });
}

TEST(O6_AbsurdRequests, FindAreaHotspots) {
  ExpectAllRefused(kAreaHotspots, AreaHotspotsOf2023(), [](Clients& clients, const v1::FindAreaHotspotsRequest& request, grpc::ClientContext& context) {
    v1::FindAreaHotspotsResponse response;
    return clients.hotspots->FindAreaHotspots(&context, request, &response);
  });
}

TEST(O6_AbsurdRequests, ALongPurposeAndTooManyLevels) {
  RunningServer running;
  auto places = PlacesOf2023();
  places.mutable_surface()->mutable_caller()->set_purpose(std::string(201, 'x'));
  grpc::ClientContext first, second, third;
  v1::FindPlacesResponse response;
  EXPECT_EQ(running.clients->hotspots->FindPlaces(&first, places, &response).error_code(), StatusCode::INVALID_ARGUMENT);
  auto hotspots = HotspotsOf2023();
  hotspots.mutable_caller()->set_purpose(std::string(201, 'x'));
  EXPECT_EQ(Watch(*running.clients, second, hotspots).status.error_code(), StatusCode::INVALID_ARGUMENT);
  places = PlacesOf2023();
  for (int i = 0; i < 21; ++i) places.add_levels()->set_incident_share(0.5);
  EXPECT_EQ(running.clients->hotspots->FindPlaces(&third, places, &response).error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(Detail(third, "wardwatch-field"), "levels");
}

TEST(O6_AbsurdRequests, ListIncidents) {
  ExpectAllRefused(kIncidents, IncidentsOf2023(), [](Clients& clients, const v1::ListIncidentsRequest& request, grpc::ClientContext& context) {
    const auto reader = clients.incidents->ListIncidents(&context, request);
    v1::ListIncidentsResponse chunk;
    while (reader->Read(&chunk)) {
    }
    return reader->Finish();
  });
}

TEST(O6_AbsurdRequests, ListAreas) {
  v1::ListAreasRequest base;
  base.set_dataset("datasets/town");
  ExpectAllRefused(kAreas, base, [](Clients& clients, const v1::ListAreasRequest& request, grpc::ClientContext& context) {
    v1::ListAreasResponse response;
    return clients.datasets->ListAreas(&context, request, &response);
  });
}

TEST(O6_AbsurdRequests, GetDatasetAndCoverage) {
  RunningServer running;
  for (const auto& [name, code] :
       {std::pair{"", StatusCode::INVALID_ARGUMENT}, {"town", StatusCode::INVALID_ARGUMENT}, {"datasets/x", StatusCode::NOT_FOUND}}) {
    grpc::ClientContext first, second;
    v1::GetDatasetRequest dataset;
    dataset.set_name(name);
    v1::GetDatasetResponse got;
    EXPECT_EQ(running.clients->datasets->GetDataset(&first, dataset, &got).error_code(), code);
    EXPECT_EQ(Detail(first, "wardwatch-field"), "name");
    v1::GetCoverageRequest coverage;
    coverage.set_dataset(name);
    v1::GetCoverageResponse covered;
    EXPECT_EQ(running.clients->datasets->GetCoverage(&second, coverage, &covered).error_code(), code);
  }
}

TEST(O6_AbsurdRequests, TooManyOfAThing) {
  RunningServer running;
  const auto refused = [&](const v1::FindHotspotsRequest& request, const char* field) {
    grpc::ClientContext context;
    v1::FindHotspotsResponse response;
    const auto status = running.clients->hotspots->FindHotspots(&context, request, &response);
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT) << status.error_message();
    EXPECT_EQ(Detail(context, "wardwatch-field"), field);
  };
  auto request = HotspotsOf2023();
  for (int i = 0; i < 251; ++i) request.mutable_filter()->add_categories("robbery");
  refused(request, "filter.categories");
  request = HotspotsOf2023();
  for (int i = 0; i < 65; ++i) request.mutable_filter()->add_sources("police");
  refused(request, "filter.sources");
  request = HotspotsOf2023();
  request.mutable_filter()->mutable_areas()->set_vintage("wards-2022");
  for (int i = 0; i < 10'001; ++i) request.mutable_filter()->mutable_areas()->add_codes("E01");
  refused(request, "filter.areas.codes");
  request = HotspotsOf2023();
  request.mutable_caller()->set_purpose(std::string(201, 'x'));
  refused(request, "caller.purpose");
}

TEST(O6_AbsurdRequests, AMessageOverOneMebibyteIsRefusedByTheTransport) {
  RunningServer running;
  auto request = HotspotsOf2023();
  request.mutable_caller()->set_purpose(std::string((1 << 20) + 1, 'x'));
  grpc::ClientContext context;
  v1::FindHotspotsResponse response;
  EXPECT_EQ(running.clients->hotspots->FindHotspots(&context, request, &response).error_code(), StatusCode::RESOURCE_EXHAUSTED);
  grpc::ClientContext after;
  EXPECT_TRUE(running.clients->hotspots->FindHotspots(&after, HotspotsOf2023(), &response).ok());
}

}  // namespace
}  // namespace service_test
