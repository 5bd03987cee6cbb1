// The rule on repeated references does not see the order of rows or files.
#include "geo/sources/duplicates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "tests/support/fixed_seed.h"
#include "tests/support/police_rows.h"

namespace geo {
namespace {

const std::string kHeader = "ref,month,what,x,y\n";

SourceSpec Source() {
  SourceSpec out = support::MappedSource();
  out.columns.month = "month";
  out.columns.reference = "ref";
  return out;
}

struct Outcome {
  std::map<std::string, int> kept;  // row text -> how often
  std::map<std::string, int> reasons;
  std::int64_t repeated = 0;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// Deals the rows to `files` files in turn, parses them, and applies the rule.
Outcome Judge(const std::vector<std::string>& rows, std::size_t files, RepeatedReference policy) {
  std::vector<std::string> texts(files, kHeader);
  std::vector<std::vector<std::string>> dealt(files);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    texts[i % files] += rows[i] + "\n";
    dealt[i % files].push_back(rows[i]);
  }
  std::vector<ParsedRows> parsed;
  for (const std::string& text : texts) {
    auto one = support::Parse(text, Source());
    RC_ASSERT(one.has_value() && one->rejected.empty());
    parsed.push_back(std::move(*one));
  }
  const Duplicates found = FindDuplicates(parsed, policy);
  Outcome out;
  out.repeated = found.repeated_references;
  for (const auto& file : dealt) {
    for (const std::string& row : file) ++out.kept[row];
  }
  for (const DroppedRow& drop : found.dropped) {
    ++out.reasons[drop.reason];
    const std::string& row = dealt[drop.file][drop.row];
    if (--out.kept[row] == 0) out.kept.erase(row);
  }
  return out;
}

rc::Gen<std::string> RowText() {
  return rc::gen::map(rc::gen::tuple(rc::gen::element<std::string>("", "", "r1", "r2", "r3"), rc::gen::element<std::string>("1", "2"),
                                     rc::gen::element<std::string>("Burglary", "Anti-social behaviour")),
                      [](const auto& parts) { return std::get<0>(parts) + ",2022-01," + std::get<2>(parts) + "," + std::get<1>(parts) + ",5"; });
}

// Row F9, 20 shuffles of each case.
RC_GTEST_PROP(DuplicatesLaws, F9_OrderDoesNotMatter, ()) {
  auto rows = *rc::gen::container<std::vector<std::string>>(RowText());
  const auto policy = *rc::gen::element(RepeatedReference::kKeep, RepeatedReference::kRefuse);
  const Outcome expected = Judge(rows, 1, policy);
  std::uint64_t state = *rc::gen::arbitrary<std::uint64_t>();
  for (int shuffle = 0; shuffle < 20; ++shuffle) {
    for (std::size_t i = rows.size(); i > 1; --i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      std::swap(rows[i - 1], rows[(state >> 33) % i]);
    }
    RC_ASSERT(Judge(rows, 1 + static_cast<std::size_t>(shuffle % 3), policy) == expected);
  }
}

// Against the rule said plainly.
RC_GTEST_PROP(DuplicatesLaws, F9_TheRuleInWords, ()) {
  const auto rows = *rc::gen::container<std::vector<std::string>>(RowText());
  const auto policy = *rc::gen::element(RepeatedReference::kKeep, RepeatedReference::kRefuse);
  std::map<std::string, std::map<std::string, int>> by_reference;
  Outcome expected;
  for (const std::string& row : rows) {
    const std::string reference = row.substr(0, row.find(','));
    if (reference.empty()) ++expected.kept[row];
    else ++by_reference[reference][row];
  }
  for (const auto& [reference, contents] : by_reference) {
    for (const auto& [row, times] : contents) {
      if (times > 1) expected.reasons["DUPLICATE_ROW"] += times - 1;
      if (contents.size() == 1) expected.kept[row] = 1;
      else if (policy == RepeatedReference::kRefuse) ++expected.reasons["CONFLICTING_REFERENCE"];
      else expected.kept[row] = 1;
    }
    if (contents.size() > 1 && policy == RepeatedReference::kKeep) expected.repeated += static_cast<std::int64_t>(contents.size());
  }
  RC_ASSERT(Judge(rows, 2, policy) == expected);
}

}  // namespace
}  // namespace geo
