// Laws of ParseRows over rows that are good, bad and strange.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "geo/sources/number_text.h"
#include "geo/sources/row_digest.h"
#include "tests/support/fixed_seed.h"
#include "tests/support/police_rows.h"

namespace geo {
namespace {

rc::Gen<std::string> AnyRow() {
  const auto one_of = [](std::vector<std::string> choices) { return rc::gen::elementOf(choices); };
  return rc::gen::map(rc::gen::tuple(one_of({"", "id1", "id2"}), one_of({"2022-08", "2022-09", "2022-13", "", "2031-01"}),
                                     one_of({"0.5", "", "0", "NaN", "1e400", "\"0,1\"", "+1"}), one_of({"51.4", "", "0", "0x1F"}),
                                     one_of({"Burglary", "Anti-social behaviour", "burglary", ""}), one_of({"", ",extra", "\"", " \"x\""})),
                      [](const auto& t) {
                        return std::get<0>(t) + "," + std::get<1>(t) + ",K,K," + std::get<2>(t) + "," + std::get<3>(t) + ",Place,E,M," + std::get<4>(t) + ",," +
                               std::get<5>(t) + "\n";
                      });
}

// rows in = kept + rejected; every line is told once; what is kept is whole; a row's fate does not hang on its neighbours.
RC_GTEST_PROP(ParseRowsLaws, EveryRowIsKeptOrRejected, ()) {
  const auto lines = *rc::gen::container<std::vector<std::string>>(AnyRow());
  std::string text = support::kPoliceHeader;
  for (const std::string& line : lines) text += line;
  const auto rows = support::Parse(text, support::PoliceSource());
  if (!rows) {
    // Only a quote left open at the end of a field may take the file with it.
    RC_ASSERT(rows.error().reason == "UNCLOSED_QUOTE");
    return;
  }
  RC_ASSERT(rows->rows_in == static_cast<std::int64_t>(rows->x.size() + rows->rejected.size()));
  std::set<std::uint32_t> told(rows->line.begin(), rows->line.end());
  for (const RejectedRow& row : rows->rejected) {
    RC_ASSERT(!row.reason.empty() && !row.message.empty());
    told.insert(row.line);
  }
  RC_ASSERT(static_cast<std::int64_t>(told.size()) == rows->rows_in);
  for (std::size_t i = 0; i < rows->x.size(); ++i) RC_ASSERT(rows->from_minute[i] < rows->to_minute[i]);
  const std::size_t n = rows->x.size();
  for (const std::size_t size : {rows->y.size(), rows->from_minute.size(), rows->to_minute.size(), rows->category.size(), rows->line.size(), rows->place.size(),
                                 rows->reference.size(), rows->content.size()}) {
    RC_ASSERT(size == n);
  }
}

RC_GTEST_PROP(ParseRowsLaws, ARowsFateIsItsOwn, ()) {
  const auto lines = *rc::gen::container<std::vector<std::string>>(AnyRow());
  std::vector<std::string> alone;
  std::vector<std::string> whole;
  std::string text = support::kPoliceHeader;
  for (const std::string& line : lines) {
    const auto one = support::Parse(support::kPoliceHeader + line, support::PoliceSource());
    if (!one) continue;  // an open quote: not one row's affair
    alone.push_back(one->rejected.empty() ? "" : one->rejected.front().reason);
    text += line;
  }
  const auto rows = support::Parse(text, support::PoliceSource());
  RC_ASSERT(rows.has_value());
  whole.resize(alone.size());
  for (const RejectedRow& row : rows->rejected) whole.at(row.line - 2) = row.reason;
  RC_ASSERT(whole == alone);
}

RC_GTEST_PROP(RowDigestLaws, FieldsDoNotRunTogether, (const std::string& a, const std::string& b)) {
  const auto digest = [](std::initializer_list<std::string> fields) {
    RowDigester digester;
    for (const std::string& field : fields) digester.add(field);
    return digester.digest();
  };
  RC_ASSERT(digest({a, b}) == digest({a, b}));
  RC_ASSERT(digest({a, b}) != digest({a + b}));
  RC_ASSERT(digest({a, b}) != digest({a, b, ""}));
  RC_ASSERT(digest({a + std::string(1, '\0'), b}) != digest({a, b}));
  if (a != b) RC_ASSERT(digest({a, b}) != digest({b, a}));
  if (!a.empty() && !b.empty()) RC_ASSERT(digest({a + b.substr(0, 1), b.substr(1)}) != digest({a, b}));
}

// A million near-identical texts: no two digests alike, in either half.
TEST(RowDigestLaws, NoCollisionAmongNeighbours) {
  std::vector<std::uint64_t> high;
  std::vector<std::uint64_t> low;
  for (int i = 0; i < 1'000'000; ++i) {
    const RowDigest digest = DigestReference(std::to_string(i));
    high.push_back(digest.high);
    low.push_back(digest.low);
  }
  for (auto* half : {&high, &low}) {
    std::sort(half->begin(), half->end());
    EXPECT_EQ(std::adjacent_find(half->begin(), half->end()), half->end());
  }
  EXPECT_EQ(DigestReference(""), RowDigest{});
}

// What a double prints as, it is read as.
RC_GTEST_PROP(NumberTextLaws, PrintedAndReadBack, ()) {
  const double value = *rc::gen::arbitrary<double>();
  char text[64];
  std::snprintf(text, sizeof text, "%.17g", value);
  const NumberText read = ReadNumber(text);
  RC_ASSERT(read.fault == nullptr);
  RC_ASSERT(read.value == value);
}

}  // namespace
}  // namespace geo
