// Both forms: what is taken, what is refused and how it is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "geo/filters/filter.h"
#include "tests/support/filter_case.h"

namespace geo {
namespace {

using support::TownSchema;
using testing::HasSubstr;

std::string Repeat(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

// The text form is read and written again, so that precedence shows.
std::string Again(const std::string& text) {
  const auto filter = ParseFilterText(text, TownSchema());
  if (!filter) return "refused: " + filter.error().message;
  return FormatFilterText(*filter);
}

TEST(ParseFilterText, WritesBackWhatItRead) {
  EXPECT_EQ(Again("category='theft'"), "category = 'theft'");
  EXPECT_EQ(Again("  count>=3\n\tAND count  <>  7.50 "), "count >= 3 AND count <> 7.5");
  EXPECT_EQ(Again("count = 1 or count = 2 and count = 3"), "count = 1 OR (count = 2 AND count = 3)");
  EXPECT_EQ(Again("(count = 1 or count = 2) and count = 3"), "(count = 1 OR count = 2) AND count = 3");
  EXPECT_EQ(Again("not count = 1 and night = true"), "NOT count = 1 AND night = TRUE");
  EXPECT_EQ(Again("NOT (count = 1 AND night = FALSE)"), "NOT (count = 1 AND night = FALSE)");
  EXPECT_EQ(Again("((((count = 1))))"), "count = 1");
  EXPECT_EQ(Again("category NOT IN ('a','b''c')"), "NOT category IN ('a', 'b''c')");
  EXPECT_EQ(Again("count between -1e3 and +.5"), "count BETWEEN -1000 AND 0.5");
  EXPECT_EQ(Again("category IS NOT NULL OR category IS NULL"), "NOT category IS NULL OR category IS NULL");
  EXPECT_EQ(Again("CASEI(category) LIKE casei('Th%t_')"), "CASEI(category) LIKE CASEI('Th%t_')");
  EXPECT_EQ(Again("S_INTERSECTS(geometry, BBOX(0.4,51.3,0.6,51.5))"), "S_INTERSECTS(geometry, BBOX(0.4, 51.3, 0.6, 51.5))");
  EXPECT_EQ(Again("s_intersects(geometry,POLYGON((0 0,1 0,1 1,0 0),(.2 .1,.3 .1,.3 .2,.2 .1)))"),
            "S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 0), (0.2 0.1, 0.3 0.1, 0.3 0.2, 0.2 0.1)))");
  EXPECT_EQ(Again("T_DURING(datetime, INTERVAL('2024-01-01', '..'))"), "T_DURING(datetime, INTERVAL('2024-01-01', '..'))");
  EXPECT_EQ(Again("datetime < TIMESTAMP('2024-07-01T00:30:00.25Z')"), "datetime < TIMESTAMP('2024-07-01T00:30:00.25Z')");
  EXPECT_EQ(Again("DATE('2024-02-29') = datetime"), "DATE('2024-02-29') = datetime");
  EXPECT_EQ(Again("\"in\" = 'x' AND \"odd \"\"name\" = 1"), "\"in\" = 'x' AND \"odd \"\"name\" = 1");
  EXPECT_EQ(Again("TRUE"), "TRUE");
  EXPECT_EQ(Again("category = 'back\\'"), "category = 'back\\'");
}

struct Refusal {
  const char* text;
  const char* reason;
  const char* message;
};

TEST(ParseFilterText, SaysWhatIsWrongAndWhere) {
  const Refusal kRefusals[] = {
      {"", "FILTER_SYNTAX", "character 1: the filter ends where a property or a value is due"},
      {"count", "FILTER_SYNTAX", "character 6: the filter ends where a comparison"},
      {"count = ", "FILTER_SYNTAX", "character 9"},
      {"count = 1 count", "FILTER_SYNTAX", "character 11: \"count\" stands"},
      {"count = 'x", "FILTER_SYNTAX", "character 9: a quote that is not closed"},
      {"count = 1e", "FILTER_SYNTAX", "character 9"},
      {"count = 12abc", "FILTER_SYNTAX", "no number"},
      {"count = 1e999", "FILTER_SYNTAX", "no number"},
      {"count = 1;DROP TABLE incidents", "FILTER_SYNTAX", "character 10: \";\""},
      {"count = 1 -- ", "FILTER_SYNTAX", "character 11"},
      {"category = 'a' UNION SELECT 1", "FILTER_SYNTAX", "character 16"},
      {"street = 'x'", "UNKNOWN_PROPERTY", "character 1: \"street\" is no property of this layer; it can be filtered by category, count"},
      {"\"<script>\" = 'x'", "UNKNOWN_PROPERTY", "\"?script?\""},
      {"count = 'x'", "WRONG_TYPE", "character 9: this is text, where a number is due"},
      {"category = 3", "WRONG_TYPE", "a number, where text is due"},
      {"night < TRUE", "WRONG_TYPE", "no order"},
      {"geometry = 'x'", "WRONG_TYPE", "S_INTERSECTS"},
      {"category BETWEEN 1 AND 2", "WRONG_TYPE", "category is text"},
      {"count LIKE 'x'", "WRONG_TYPE", "count is a number"},
      {"category LIKE category", "WRONG_TYPE", "the pattern of LIKE is a text"},
      {"geometry IN ('x')", "WRONG_TYPE", "S_INTERSECTS"},
      {"category IN (category)", "FILTER_UNSUPPORTED", "a list holds values"},
      {"'x' IS NULL", "WRONG_TYPE", "IS NULL is asked of a property"},
      {"CASEI(count) = 'x'", "WRONG_TYPE", "CASEI is of text alone"},
      {"CASEI(CASEI(category)) = 'x'", "FILTER_SYNTAX", "not CASEI again"},
      {"S_WITHIN(geometry, POINT(0 0))", "FILTER_UNSUPPORTED", "character 1: \"S_WITHIN\""},
      {"sqrt(count) = 1", "FILTER_UNSUPPORTED", "\"sqrt\""},
      {"count + 1 = 2", "FILTER_SYNTAX", "character 7"},
      {"S_INTERSECTS(category, POINT(0 0))", "WRONG_TYPE", "category is text"},
      {"S_INTERSECTS(geometry, POINT(200 0))", "BAD_LITERAL", "character 24: the position 200 0 is none of degrees, longitude first"},
      {"S_INTERSECTS(geometry, BBOX(1,0,0,1))", "BAD_LITERAL", "lower corner comes first"},
      {"S_INTERSECTS(geometry, POLYGON((0 0,1 1,0 0)))", "BAD_LITERAL", "four positions or more"},
      {"S_INTERSECTS(geometry, POLYGON((0 0,1 1,1 0,0 1)))", "BAD_LITERAL", "the last the same as the first"},
      {"S_INTERSECTS(geometry, POLYGON(()))", "FILTER_SYNTAX", "a number is due"},
      {"datetime = DATE('2024-02-30')", "BAD_LITERAL", "character 12: \"2024-02-30\" is no time"},
      {"datetime = TIMESTAMP('2024-01-01T24:00:00Z')", "BAD_LITERAL", "no time"},
      {"datetime = TIMESTAMP('2024-01-01T10:00:00')", "BAD_LITERAL", "no time"},
      {"datetime = TIMESTAMP('2024-01-01T10:00:00+01:00')", "BAD_LITERAL", "no time"},
      {"datetime = INTERVAL('2024-01-01','2024-01-02')", "WRONG_TYPE", "intervals are compared by"},
      {"T_DURING(datetime, INTERVAL('2024-01-02','2024-01-01'))", "BAD_LITERAL", "ends before it begins"},
      {"T_AFTER(datetime, '2024-01-02')", "WRONG_TYPE", "this is text, where a time is due"},
      {"T_AFTER(datetime, DATE(2024))", "FILTER_SYNTAX", "a time in single quotes"},
      {"category = 'caf\xE9'", "FILTER_SYNTAX", "not UTF-8"},
  };
  for (const Refusal& refusal : kRefusals) {
    const auto filter = ParseFilterText(refusal.text, TownSchema());
    ASSERT_FALSE(filter) << refusal.text;
    EXPECT_EQ(filter.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(filter.error().field, "filter");
    EXPECT_EQ(filter.error().reason, refusal.reason) << refusal.text;
    EXPECT_THAT(filter.error().message, HasSubstr(refusal.message)) << refusal.text;
  }
  EXPECT_EQ(ParseFilterText(std::string("category = 'a\0b'", 16), TownSchema()).error().reason, "FILTER_SYNTAX");
}

TEST(ParseFilterText, LimitsAreExact) {
  const auto reason = [](const std::string& text) {
    const auto filter = ParseFilterText(text, TownSchema());
    return filter ? std::string("taken") : filter.error().reason;
  };
  EXPECT_EQ(reason(Repeat("(", 16) + "count = 1" + Repeat(")", 16)), "taken");
  EXPECT_EQ(reason(Repeat("(", 17) + "count = 1" + Repeat(")", 17)), "FILTER_TOO_DEEP");
  EXPECT_EQ(reason(Repeat("NOT ", 16) + "count = 1"), "taken");
  EXPECT_EQ(reason(Repeat("NOT ", 17) + "count = 1"), "FILTER_TOO_DEEP");
  // An operator and two values each, and the chain itself.
  EXPECT_EQ(reason("count=1" + Repeat(" OR count=1", 84)), "taken");
  EXPECT_EQ(reason("count=1" + Repeat(" OR count=1", 85)), "FILTER_TOO_LARGE");
  EXPECT_EQ(reason("count IN (1" + Repeat(",1", 99) + ")"), "taken");
  EXPECT_EQ(reason("count IN (1" + Repeat(",1", 100) + ")"), "FILTER_TOO_LARGE");
  EXPECT_EQ(reason("category LIKE '" + std::string(50, '%') + "'"), "taken");
  EXPECT_EQ(reason("category LIKE '" + std::string(51, '%') + "'"), "FILTER_TOO_LARGE");
  EXPECT_EQ(reason("S_INTERSECTS(geometry, POLYGON((0 0" + Repeat(",1 1,0 1", 49) + ",0 0)))"), "taken");
  EXPECT_EQ(reason("S_INTERSECTS(geometry, POLYGON((0 0" + Repeat(",1 1,0 1", 49) + ",1 1,0 0)))"), "FILTER_TOO_LARGE");
  EXPECT_EQ(reason("count=1" + std::string(4'096 - 7, ' ')), "taken");
  EXPECT_EQ(reason("count=1" + std::string(4'096 - 6, ' ')), "FILTER_TOO_LONG");
}

// RELIABILITY O10: refused within 5 ms, both forms alike. Generous here for a busy machine; the point is that nothing grows.
TEST(ParseFilter, HostileShapesAreRefusedAtOnce) {
  std::string nested = "{\"property\":\"count\"}";
  std::string deep_json = "{\"op\":\"=\",\"args\":[{\"property\":\"count\"},1]}";
  for (int i = 0; i < 40; ++i) deep_json = "{\"op\":\"not\",\"args\":[" + deep_json + "]}";
  const std::string texts[] = {std::string(4'096, '('),
                               Repeat("NOT ", 1'024),
                               Repeat("(", 1'600) + "count=1" + Repeat(")", 1'600),
                               "count IN (" + Repeat("1,", 2'000) + "1)",
                               "category LIKE '" + Repeat("%a", 2'000) + "'",
                               std::string(4'096, '\''),
                               std::string(4'096, '"'),
                               std::string(4'096, '.'),
                               "CASEI(" + Repeat("(", 4'000)};
  const std::string jsons[] = {std::string(4'096, '['),
                               Repeat("{\"op\":", 600),
                               Repeat("[", 2'000) + Repeat("]", 2'000),
                               deep_json,
                               "{\"op\":\"in\",\"args\":[1,[" + Repeat("1,", 1'000) + "1]]}",
                               "\xFF",
                               "",
                               "nul",
                               "{\"op\":\"=\",\"args\":[1e999,1]}",
                               std::string(100'000, '{')};
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& text : texts) EXPECT_FALSE(ParseFilterText(text, TownSchema()));
  for (const std::string& json : jsons) EXPECT_FALSE(ParseFilterJson(json, TownSchema())) << json.substr(0, 60);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

// Examples of the standard, as it writes them.
TEST(ParseFilterJson, MeansWhatTheTextMeans) {
  const std::pair<const char*, const char*> kPairs[] = {
      {R"({"op":"=","args":[{"property":"category"},"theft"]})", "category = 'theft'"},
      {R"({"op":"and","args":[{"op":">=","args":[{"property":"count"},3]},{"op":"<>","args":[{"property":"count"},7.5]}]})", "count >= 3 AND count <> 7.5"},
      {R"({"op":"not","args":[{"op":"in","args":[{"property":"category"},["a","b'c"]]}]})", "category NOT IN ('a','b''c')"},
      {R"({"op":"between","args":[{"property":"count"},-1000,0.5]})", "count BETWEEN -1000 AND 0.5"},
      {R"({"op":"isNull","args":[{"property":"category"}]})", "category IS NULL"},
      {R"({"op":"like","args":[{"op":"casei","args":[{"property":"category"}]},{"op":"casei","args":["Th%"]}]})", "CASEI(category) LIKE CASEI('Th%')"},
      {R"({"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[0.4,51.3,0.6,51.5]}]})", "S_INTERSECTS(geometry, BBOX(0.4, 51.3, 0.6, 51.5))"},
      {R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]})",
       "S_INTERSECTS(geometry, POLYGON((0 0,1 0,1 1,0 0)))"},
      {R"({"op":"s_intersects","args":[{"type":"Point","coordinates":[0.5,51]},{"property":"geometry"}]})", "S_INTERSECTS(POINT(0.5 51), geometry)"},
      {R"({"op":"t_during","args":[{"property":"datetime"},{"interval":["2024-01-01",".."]}]})", "T_DURING(datetime, INTERVAL('2024-01-01','..'))"},
      {R"({"op":"t_intersects","args":[{"property":"datetime"},{"date":"2024-01-01"}]})", "T_INTERSECTS(datetime, DATE('2024-01-01'))"},
      {R"({"op":"<","args":[{"property":"datetime"},{"timestamp":"2024-01-01T00:00:00Z"}]})", "datetime < TIMESTAMP('2024-01-01T00:00:00Z')"},
      {R"(true)", "TRUE"},
  };
  for (const auto& [json, text] : kPairs) {
    const auto from_json = ParseFilterJson(json, TownSchema());
    const auto from_text = ParseFilterText(text, TownSchema());
    ASSERT_TRUE(from_json) << json << ": " << from_json.error().message;
    ASSERT_TRUE(from_text) << text << ": " << from_text.error().message;
    EXPECT_EQ(*from_json, *from_text) << json;
    EXPECT_EQ(FormatFilterText(*from_json), FormatFilterText(*from_text));
    EXPECT_EQ(*ParseFilterJson(FormatFilterJson(*from_text), TownSchema()), *from_text);
  }
}

TEST(ParseFilterJson, SaysWhatIsWrongAndWhere) {
  const Refusal kRefusals[] = {
      {"[", "FILTER_SYNTAX", "not JSON"},
      {"3", "FILTER_SYNTAX", "filter, /: an expression is"},
      {R"({"op":"=","op":"<>","args":[{"property":"count"},1]})", "FILTER_SYNTAX", "an object has \"op\" twice"},
      {R"({"op":"=","args":[{"property":"count"},1],"args":[{"property":"count"},2]})", "FILTER_SYNTAX", "\"args\" twice"},
      {R"({"op":"=","args":[{"property":"count","property":"category"},1]})", "FILTER_SYNTAX", "\"property\" twice"},
      {R"({"op":"=","\u006fp":"<>","args":[{"property":"count"},1]})", "FILTER_SYNTAX", "\"op\" twice"},
      {R"({"op":"="})", "FILTER_SYNTAX", "a list \"args\""},
      {R"({"op":"=","args":[1,1],"x":1})", "FILTER_SYNTAX", "nothing else"},
      {R"({"op":"=","args":[1]})", "FILTER_SYNTAX", "/args: 1 arguments, where \"=\" takes 2"},
      {R"({"op":"and","args":[true]})", "FILTER_SYNTAX", "takes two or more"},
      {R"({"op":"s_within","args":[1,2]})", "FILTER_UNSUPPORTED", "/op: \"s_within\""},
      {R"({"op":"and","args":[true,{"op":"=","args":[{"property":"street"},1]}]})", "UNKNOWN_PROPERTY", "/args/1/args/0: \"street\""},
      {R"({"op":"=","args":[{"property":"count"},"x"]})", "WRONG_TYPE", "/args/1: this is text"},
      {R"({"op":"=","args":[{"property":"count"},null]})", "FILTER_SYNTAX", "/args/1"},
      {R"({"op":"=","args":[{"property":"count"},{"function":"f"}]})", "FILTER_UNSUPPORTED", "\"function\""},
      {R"({"op":"=","args":[{"property":7},1]})", "FILTER_SYNTAX", "\"property\" is a text"},
      {R"({"op":"in","args":[{"property":"count"},[]]})", "FILTER_SYNTAX", "/args/1"},
      {R"({"op":"in","args":[{"property":"count"},[1,"x"]]})", "WRONG_TYPE", "/args/1/1"},
      {R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"LineString","coordinates":[]}]})", "FILTER_UNSUPPORTED", "Point and Polygon"},
      {R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0]]]}]})", "FILTER_SYNTAX", "a ring is a list"},
      {R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[]}]})", "FILTER_SYNTAX", "list of rings"},
      {R"({"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[0,0,1]}]})", "FILTER_SYNTAX", "four numbers"},
      {R"({"op":"=","args":[{"property":"category"},"\u0000"]})", "FILTER_SYNTAX", "control characters"},
      {R"({"op":"=","args":[{"op":"casei","args":[{"date":"2024-01-01"}]},"x"]})", "FILTER_SYNTAX", "casei takes"},
  };
  for (const Refusal& refusal : kRefusals) {
    const auto filter = ParseFilterJson(refusal.text, TownSchema());
    ASSERT_FALSE(filter) << refusal.text;
    EXPECT_EQ(filter.error().reason, refusal.reason) << refusal.text;
    EXPECT_THAT(filter.error().message, HasSubstr(refusal.message)) << refusal.text;
  }
}

TEST(FilterCrs, KnownAndUnknown) {
  EXPECT_EQ(*ParseFilterCrs("http://www.opengis.net/def/crs/EPSG/0/27700"), FilterCrs::kBritishGrid);
  EXPECT_EQ(*ParseFilterCrs("[EPSG:4326]"), FilterCrs::kEpsg4326);
  const auto unknown = ParseFilterCrs("http://www.opengis.net/def/crs/EPSG/0/3857<x>\r\nSet-Cookie: a");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().reason, "UNKNOWN_CRS");
  EXPECT_EQ(unknown.error().message.find('\n'), std::string::npos);
  EXPECT_EQ(unknown.error().message.find('<'), std::string::npos);
}

}  // namespace
}  // namespace geo
