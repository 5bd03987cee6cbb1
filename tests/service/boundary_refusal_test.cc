// O6 for questions that bring boundaries or tables of their own: whatever is in them, the answer is a refusal that names the place, or a true answer.
#include <chrono>

#include "tests/service/refusal_table.h"
#include "tests/service/ward_requests.h"

namespace service_test {
namespace {

constexpr auto kAskBoundaries = [](Clients& clients, const v1::CompareBoundariesRequest& request, grpc::ClientContext& context) {
  v1::CompareBoundariesResponse response;
  return clients.wards->CompareBoundaries(&context, request, &response);
};
constexpr auto kAskCrosswalk = [](Clients& clients, const v1::CrosswalkCountsRequest& request, grpc::ClientContext& context) {
  v1::CrosswalkCountsResponse response;
  return clients.wards->CrosswalkCounts(&context, request, &response);
};

constexpr const char* kSquare = "[[[500000,200000],[502000,200000],[502000,201000],[500000,201000],[500000,200000]]]";

std::string Feature(const std::string& code, const std::string& coordinates, const char* type = "Polygon") {
  return fmt::format(R"({{"type":"Feature","properties":{{"code":"{}"}},"geometry":{{"type":"{}","coordinates":{}}}}})", code, type, coordinates);
}
std::string Collection(const std::string& features) { return R"({"type":"FeatureCollection","features":[)" + features + "]}"; }
std::string Draft(const std::string& geojson, const char* crs = "EPSG:27700") {
  return fmt::format("draft {{ id: 'draft-2028' code_property: 'code' crs: '{}' geojson: '{}' }}", crs, geojson);
}
// A draft of one area with these coordinates.
std::string Shape(const std::string& coordinates, const char* crs = "EPSG:27700", const char* type = "Polygon") {
  return Draft(Collection(Feature("D1", coordinates, type)), crs);
}

constexpr auto kInvalid = StatusCode::INVALID_ARGUMENT;

const Refusal kBoundaries[] = {
    {"no dataset", "dataset: ''", kInvalid, "dataset", "datasets/town", "MISSING"},
    {"unknown dataset", "dataset: 'datasets/city'", StatusCode::NOT_FOUND, "dataset", "datasets/town", "UNKNOWN_DATASET"},
    {"unknown old vintage", "from_vintage: 'x'", StatusCode::NOT_FOUND, "from_vintage", "wards-2015", "UNKNOWN_VINTAGE"},
    {"unknown new vintage", "to_vintage: 'x'", StatusCode::NOT_FOUND, "to_vintage", "wards-2022", "UNKNOWN_VINTAGE"},
    {"one vintage twice", "to_vintage: 'wards-2015'", kInvalid, "to_vintage", "nothing has moved", "SAME_VINTAGE"},
    {"the same year twice", "before { calendar_year: 2023 }", kInvalid, "after", "overlaps"},
    {"the wrong way round", "before { calendar_year: 2023 } after { calendar_year: 2021 }", kInvalid, "after", "swap"},
    {"before all data", "before { calendar_year: 1950 }", StatusCode::FAILED_PRECONDITION, "before", "2020-01", "NO_DATA"},
    {"no after", "after {}", kInvalid, "after", "calendar_year", "MISSING"},
    {"rate NaN", "false_discovery_rate: nan", kInvalid, "false_discovery_rate", "nan"},
    {"rate 0.9", "false_discovery_rate: 0.9", kInvalid, "false_discovery_rate", "over 0 to 0.5"},
    {"a filter of areas", "filter { areas { vintage: 'wards-2022' codes: 'E01' } }", kInvalid, "filter.areas", "conserved", "NOT_TOGETHER"},
    {"unknown category", "filter { categories: 'piracy' }", StatusCode::NOT_FOUND, "filter.categories[0]", "robbery"},
    {"hour of month-only data", "filter { window { begin_minute: 1200 end_minute: 360 } }", StatusCode::FAILED_PRECONDITION, "filter.window", "council",
     "HOUR_UNKNOWN"},
};

const Refusal kDraftHeads[] = {
    {"draft of nothing", "draft {}", kInvalid, "draft.id", "name the draft", "MISSING"},
    {"id with a slash", "draft { id: 'a/b' }", kInvalid, "draft.id", "letters", "BAD_NAME"},
    {"id of a loaded vintage", "draft { id: 'wards-2022' code_property: 'code' geojson: '{}' }", kInvalid, "draft.id", "loaded vintage"},
    {"no code property", "draft { id: 'd' geojson: '{}' }", kInvalid, "draft.code_property", "code", "MISSING"},
    {"long code property", "draft { id: 'd' geojson: '{}' code_property: '" + std::string(129, 'c') + "' }", kInvalid, "draft.code_property", "at most 128"},
    {"long name property", "draft { id: 'd' geojson: '{}' code_property: 'c' name_property: '" + std::string(129, 'c') + "' }", kInvalid, "draft.name_property",
     "at most 128"},
    {"unknown system", Draft("{}", "EPSG:3857"), kInvalid, "draft.crs", "EPSG:27700", "UNKNOWN_CRS"},
    {"no document", "draft { id: 'd' code_property: 'code' }", kInvalid, "draft.geojson", "FeatureCollection", "MISSING"},
    {"over 768 KiB", Draft(std::string((768 << 10) + 1, ' ')), kInvalid, "draft.geojson", "786432", "TOO_LARGE"},
};

const Refusal kDraftDocuments[] = {
    {"not JSON", Draft("nothing"), kInvalid, "draft.geojson", "JSON at byte", "BAD_JSON"},
    {"cut", Draft(R"({"type":"FeatureCollection","features":[)"), kInvalid, "draft.geojson", "cut", "BAD_JSON"},
    {"two documents", Draft(Collection(Feature("D1", kSquare)) + "{}"), kInvalid, "draft.geojson", "JSON at byte", "BAD_JSON"},
    {"spaces alone", Draft(std::string(700'000, ' ')), kInvalid, "draft.geojson", "JSON", "BAD_JSON"},
    {"a bomb of brackets", Draft(std::string(700'000, '[')), kInvalid, "draft.geojson", "deeper than 16", "TOO_DEEP"},
    {"a bomb of coordinates", Shape(std::string(300'000, '[') + std::string(300'000, ']')), kInvalid, "draft.geojson", "deeper than 16", "TOO_DEEP"},
    {"a key twice", Draft(R"({"type":"FeatureCollection","type":"FeatureCollection","features":[]})"), kInvalid, "draft.geojson", "twice", "REPEATED"},
    {"a string", Draft(R"("FeatureCollection")"), kInvalid, "draft.geojson", "is string", "NOT_GEOJSON"},
    {"one feature, bare", Draft(Feature("D1", kSquare)), kInvalid, "draft.geojson", "send a FeatureCollection", "NOT_GEOJSON"},
    {"features that are no list", Draft(R"({"type":"FeatureCollection","features":7})"), kInvalid, "draft.geojson", "no list", "NOT_GEOJSON"},
    {"no feature", Draft(Collection("")), kInvalid, "draft.geojson", "at least one", "NO_AREAS"},
    {"a hundred thousand features",
     Draft(Collection("0" +
                      [] {
                        std::string zeros;
                        for (int i = 0; i < 100'000; ++i) zeros += ",0";
                        return zeros;
                      }())),
     kInvalid, "draft.geojson", "100001 features; at most 2000", "TOO_MANY"},
    {"a feature that is null", Draft(Collection("null")), kInvalid, "draft.features[0]", "send a Feature", "NOT_GEOJSON"},
    {"no properties", Draft(Collection(R"({"type":"Feature","geometry":null})")), kInvalid, "draft.features[0].properties", "there is: none", "MISSING"},
    {"a code of no text", Draft(Collection(R"({"type":"Feature","properties":{"code":{}}})")), kInvalid, "draft.features[0].properties", "object", "BAD_CODE"},
    {"an empty code", Draft(Collection(Feature("", kSquare))), kInvalid, "draft.features[0].properties", "1 to 64 bytes", "BAD_CODE"},
    {"a long code", Draft(Collection(Feature(std::string(65, 'D'), kSquare))), kInvalid, "draft.features[0].properties", "1 to 64 bytes", "BAD_CODE"},
    {"a code twice", Draft(Collection(Feature("D1", kSquare) + "," + Feature("D1", kSquare))), kInvalid, "draft.features[1].properties", "once", "REPEATED"},
};

const Refusal kDraftShapes[] = {
    {"no geometry", Draft(Collection(R"({"type":"Feature","properties":{"code":"D1"},"geometry":null})")), kInvalid, "draft.features[0].geometry", "D1",
     "EMPTY_GEOMETRY"},
    {"a point", Shape("[500000,200000]", "EPSG:27700", "Point"), kInvalid, "draft.features[0].geometry", "Polygon", "WRONG_GEOMETRY_TYPE"},
    {"no coordinates", Shape("[]"), kInvalid, "draft.features[0].geometry.coordinates", "nothing", "EMPTY_GEOMETRY"},
    {"a part without rings", Shape("[[]]", "EPSG:27700", "MultiPolygon"), kInvalid, "draft.features[0].geometry.coordinates[0]", "ring", "EMPTY_GEOMETRY"},
    {"a ring of three", Shape("[[[500000,200000],[501000,200000],[500000,200000]]]"), kInvalid, "draft.features[0].geometry.coordinates[0]", "at least 4",
     "RING_TOO_SHORT"},
    {"an open ring", Shape("[[[500000,200000],[501000,200000],[501000,201000],[500000,201000]]]"), kInvalid, "draft.features[0].geometry.coordinates[0]",
     "repeat the first", "UNCLOSED_RING"},
    {"NaN", Shape("[[[NaN,200000],[501000,200000],[501000,201000],[NaN,200000]]]"), kInvalid, "draft.geojson", "NaN is not", "BAD_JSON"},
    {"a number over all doubles", Shape("[[[1e999,200000],[501000,200000],[501000,201000],[1e999,200000]]]"), kInvalid, "draft.geojson", "too large",
     "BAD_JSON"},
    {"numbers as text", Shape(R"([[["500000","200000"],[501000,200000],[501000,201000],[500000,200000]]])"), kInvalid,
     "draft.features[0].geometry.coordinates[0][0]", "[x, y]", "BAD_COORDINATE"},
    {"a number null", Shape("[[[null,200000],[501000,200000],[501000,201000],[null,200000]]]"), kInvalid, "draft.features[0].geometry.coordinates[0][0]",
     "[x, y]", "BAD_COORDINATE"},
    {"a bow-tie", Shape("[[[500000,200000],[501000,201000],[501000,200000],[500000,201000],[500000,200000]]]"), kInvalid, "draft.features[0].geometry",
     "500500.0 200500.0", "INVALID_GEOMETRY"},
    {"a line there and back", Shape("[[[500000,200000],[501000,200000],[502000,200000],[500000,200000]]]"), kInvalid, "draft.features[0].geometry", "D1",
     "INVALID_GEOMETRY"},
    {"all vertices in one place", Shape("[[[500000,200000],[500000,200000],[500000,200000],[500000,200000]]]"), kInvalid, "draft.features[0].geometry",
     "millimetre", "INVALID_GEOMETRY"},
    {"a hole outside its outline",
     Shape("[[[500000,200000],[501000,200000],[501000,201000],[500000,200000]],[[510000,200000],[511000,200000],[511000,201000],[510000,200000]]]"), kInvalid,
     "draft.features[0].geometry", "D1", "INVALID_GEOMETRY"},
    {"metres said to be degrees", Shape(kSquare, "EPSG:4326"), kInvalid, "draft.features[0].geometry", "EPSG:27700", "CRS_MISMATCH"},
    {"degrees said to be metres", Shape("[[[0.5,51.3],[0.6,51.3],[0.6,51.4],[0.5,51.3]]]"), kInvalid, "draft.features[0].geometry", "leave draft.crs out",
     "CRS_MISMATCH"},
    {"latitude first", Shape("[[[51.3,0.5],[51.3,0.6],[51.4,0.6],[51.3,0.5]]]", "EPSG:4326"), kInvalid, "draft.features[0].geometry", "longitude",
     "AXES_SWAPPED"},
    {"one vertex in the Pacific", Shape("[[[0.5,51.3],[0.6,51.3],[-140,0],[0.5,51.3]]]", "EPSG:4326"), kInvalid, "draft.features[0].geometry",
     "1 of 3 vertices", "OUT_OF_AREA"},
    {"off the Grid", Shape("[[[500000,200000],[501000,200000],[1e300,201000],[500000,200000]]]"), kInvalid, "draft.features[0].geometry", "Great Britain",
     "OUT_OF_AREA"},
};

TEST(O6_AbsurdRequests, CompareBoundaries) {
  for (const std::span<const Refusal> table : {std::span<const Refusal>(kBoundaries), std::span<const Refusal>(kDraftHeads),
                                               std::span<const Refusal>(kDraftDocuments), std::span<const Refusal>(kDraftShapes)}) {
    ExpectAllRefused(table, BoundariesOf2022(), kAskBoundaries);
  }
}

const Refusal kCrosswalk[] = {
    {"no dataset", "dataset: ''", kInvalid, "dataset", "datasets/town", "MISSING"},
    {"unknown dataset", "dataset: 'datasets/city'", StatusCode::NOT_FOUND, "dataset", "datasets/town", "UNKNOWN_DATASET"},
    {"no old vintage", "from_vintage: ''", kInvalid, "from_vintage", "wards-2015", "MISSING"},
    {"no new vintage", "to_vintage: ''", kInvalid, "to_vintage", "wards-2022", "MISSING"},
    {"unknown old vintage", "from_vintage: 'x'", StatusCode::NOT_FOUND, "from_vintage", "wards-2015", "UNKNOWN_VINTAGE"},
    {"unknown new vintage", "to_vintage: 'x'", StatusCode::NOT_FOUND, "to_vintage", "wards-2022", "UNKNOWN_VINTAGE"},
    {"one vintage twice", "to_vintage: 'wards-2015'", kInvalid, "to_vintage", "another set", "SAME_VINTAGE"},
    {"no table", "counts: []", kInvalid, "counts", "at least one line", "MISSING"},
    {"a line of nothing", "counts {}", kInvalid, "counts[0].code", "from_vintage", "MISSING"},
    {"a ward of other boundaries", "counts { code: 'W01' count: 1 } counts { code: 'E01' count: 1 }", StatusCode::NOT_FOUND, "counts[1].code", "W01",
     "UNKNOWN_AREA"},
    {"a ward twice", "counts { code: 'W01' count: 1 } counts { code: 'W01' count: 1 }", kInvalid, "counts[1].code", "once", "REPEATED"},
    {"count -1", "counts { code: 'W01' count: -1 }", kInvalid, "counts[0].count", "is -1; send from 0"},
    {"count NaN", "counts { code: 'W01' count: nan }", kInvalid, "counts[0].count", "nan"},
    {"count inf", "counts { code: 'W01' count: inf }", kInvalid, "counts[0].count", "inf"},
    {"count 1e13", "counts { code: 'W01' count: 1e13 }", kInvalid, "counts[0].count", "to 1000000000000,"},
    {"count 1e308", "counts { code: 'W01' count: 1e308 }", kInvalid, "counts[0].count", "1e+308"},
    {"weight 9", "weight: 9", kInvalid, "weight", "CROSSWALK_WEIGHT_RESIDENTS (3)", "UNKNOWN_VALUE"},
    {"residents without blocks", "block_vintage: ''", kInvalid, "block_vintage", "wards-2022", "MISSING"},
    {"unknown blocks", "block_vintage: 'x'", StatusCode::NOT_FOUND, "block_vintage", "wards-2022", "UNKNOWN_VINTAGE"},
    {"blocks without residents", "block_vintage: 'wards-2015'", kInvalid, "block_vintage", "W01", "NO_RESIDENTS"},
    {"residents of a period", "period { calendar_year: 2023 }", kInvalid, "period", "CROSSWALK_WEIGHT_INCIDENTS", "NOT_TOGETHER"},
    {"residents of a category", "filter { categories: 'robbery' }", kInvalid, "filter", "CROSSWALK_WEIGHT_INCIDENTS", "NOT_TOGETHER"},
    {"ground by blocks", "weight: CROSSWALK_WEIGHT_GROUND", kInvalid, "block_vintage", "CROSSWALK_WEIGHT_RESIDENTS", "NOT_TOGETHER"},
    {"incidents of no period", "weight: CROSSWALK_WEIGHT_INCIDENTS", kInvalid, "period", "calendar_year", "MISSING"},
    {"incidents by blocks", "weight: CROSSWALK_WEIGHT_INCIDENTS period { calendar_year: 2023 }", kInvalid, "block_vintage", "CROSSWALK_WEIGHT_RESIDENTS",
     "NOT_TOGETHER"},
    {"incidents of some areas", "weight: CROSSWALK_WEIGHT_INCIDENTS period { calendar_year: 2023 } filter { areas { vintage: 'wards-2015' codes: 'W01' } }",
     kInvalid, "filter.areas", "all areas", "NOT_TOGETHER"},
    {"least share NaN", "least_share: nan", kInvalid, "least_share", "nan"},
    {"least share 0.9", "least_share: 0.9", kInvalid, "least_share", "0 to 0.2"},
    {"least share -0.1", "least_share: -0.1", kInvalid, "least_share", "-0.1"},
};

const Refusal kCrosswalkOfIncidents[] = {
    {"before all data", "period { calendar_year: 1950 }", StatusCode::FAILED_PRECONDITION, "period", "2020-01", "NO_DATA"},
    {"half a month of month-only data", "period { days { begin { year: 2022 month: 2 day: 10 } end { year: 2022 month: 2 day: 20 } } }",
     StatusCode::FAILED_PRECONDITION, "period", "council", "PERIOD_FINER_THAN_DATA"},
    {"hour of month-only data", "filter { window { begin_minute: 1200 end_minute: 360 } }", StatusCode::FAILED_PRECONDITION, "filter.window", "council",
     "HOUR_UNKNOWN"},
};

TEST(O6_AbsurdRequests, CrosswalkCounts) {
  ExpectAllRefused(kCrosswalk, CrosswalkOfW01(), kAskCrosswalk);
  auto by_incidents = CrosswalkOfW01();
  by_incidents.set_weight(v1::CROSSWALK_WEIGHT_INCIDENTS);
  by_incidents.clear_block_vintage();
  by_incidents.mutable_period()->set_calendar_year(2023);
  ExpectAllRefused(kCrosswalkOfIncidents, by_incidents, kAskCrosswalk);
  auto request = CrosswalkOfW01();
  for (int i = 0; i < 10'000; ++i) *request.add_counts() = request.counts(0);
  RunningServer running;
  grpc::ClientContext context;
  ExpectRefused({"10,001 lines", "", kInvalid, "counts", "at most 10000", "TOO_MANY"}, kAskCrosswalk(*running.clients, request, context), context);
}

// A draft may overlap itself, and the pairs of 2,000 areas that all lie on each other are two million: the question still ends, or stops with its caller.
TEST(O6_AbsurdRequests, ADraftOfTwoThousandAreasOnOnePlaceIsLeftWithItsCaller) {
  RunningServer running(LoadTown(), 1);
  std::string features;
  for (int i = 0; i < 2000; ++i) {
    features += fmt::format("{}{}", i == 0 ? "" : ",",
                            Feature(std::to_string(i), fmt::format("[[[{0},200000],[502000,200000],[502000,201000],[{0},200000]]]", 500'000 + i % 100)));
  }
  auto request = BoundariesOf2022();
  v1::DraftBoundaries& draft = *request.mutable_draft();
  draft.set_id("draft-2028");
  draft.set_code_property("code");
  draft.set_crs("EPSG:27700");
  draft.set_geojson(Collection(features));
  ASSERT_LT(draft.geojson().size(), 768U << 10);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1));
  const auto begin = std::chrono::steady_clock::now();
  const auto status = kAskBoundaries(*running.clients, request, context);
  EXPECT_TRUE(status.ok() || status.error_code() == StatusCode::DEADLINE_EXCEEDED || status.error_code() == StatusCode::RESOURCE_EXHAUSTED)
      << status.error_message();
  // The one worker answers the next question: had the first gone on, this would wait for it.
  grpc::ClientContext next;
  EXPECT_TRUE(kAskBoundaries(*running.clients, BoundariesOf2022(), next).ok());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(6));
}

// A comb of `teeth` upright teeth over a square kilometre; lying where `turned`. Two of them cross 4 * teeth^2 times.
std::string Comb(int teeth, bool turned) {
  std::string ring;
  const auto vertex = [&](double along, double across) {
    ring += turned ? fmt::format("[{:.2f},{:.2f}],", 500'000 + across, 200'000 + along) : fmt::format("[{:.2f},{:.2f}],", 500'000 + along, 200'000 + across);
  };
  const double step = 1000.0 / (2 * teeth);
  vertex(0, 0);
  vertex(1000, 0);
  for (int i = 2 * teeth; i > 0; i -= 2) {
    vertex(i * step, 1000);
    vertex((i - 1) * step, 1000);
    vertex((i - 1) * step, 1);
    if (i > 2) vertex((i - 2) * step, 1);
  }
  vertex(0, 1);
  vertex(0, 0);
  ring.pop_back();
  return "[[" + ring + "]]";
}

// Of two areas that cross half a million times, one cut takes minutes and gigabytes, and nothing can stop it.
TEST(O6_AbsurdRequests, ADraftThatCrossesItselfWithoutEndIsNotCut) {
  const Refusal combs[] = {
      {"combs of 400 teeth", Draft(Collection(Feature("A", Comb(400, false)) + "," + Feature("B", Comb(400, true)))), StatusCode::RESOURCE_EXHAUSTED,
       "draft.features", "more than 50000 times", "TOO_MANY_CROSSINGS"},
      {"combs of 4,000 teeth", Draft(Collection(Feature("A", Comb(4000, false)) + "," + Feature("B", Comb(4000, true)))), StatusCode::RESOURCE_EXHAUSTED,
       "draft.features", "more than 50000 times", "TOO_MANY_CROSSINGS"},
  };
  ExpectAllRefused(combs, BoundariesOf2022(), kAskBoundaries);
  RunningServer running;
  for (const bool turned : {false, true}) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));  // whether it is answered, not how soon
    const Refusal one{"one comb", Draft(Collection(Feature("A", Comb(1000, turned)))), StatusCode::OK, "", ""};
    const auto status = kAskBoundaries(*running.clients, With(BoundariesOf2022(), one), context);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
}

}  // namespace
}  // namespace service_test
