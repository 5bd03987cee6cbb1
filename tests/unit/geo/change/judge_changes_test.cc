#include "geo/change/judge_changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/change/change_of_counts.h"
#include "geo/rates/student_p_value.h"

namespace geo {
namespace {

TestedChange Between(std::int64_t before, std::int64_t after) {
  TestedChange change;
  change.before = before;
  change.after = after;
  change.before_days = change.after_days = 365;
  change.p_value = ChangeOf(before, 365, after, 365).p_value;
  return change;
}

// Twelve areas that differ from each other far more than Poisson counts: by +-30 of 100.
std::vector<TestedChange> Restless() {
  std::vector<TestedChange> changes;
  for (int i = 0; i < 12; ++i) changes.push_back(Between(100 + (i % 3 - 1) * 30, 100 - (i % 3 - 1) * 30));
  return changes;
}

TEST(JudgeChanges, TellsTheHandMadeCasesApart) {
  std::vector<TestedChange> changes{Between(443, 444), Between(301, 199), Between(1360, 1040), Between(6, 2), Between(199, 301)};
  const JudgedChanges judged = JudgeChanges(changes, 0.05, Spread::kWidened);
  EXPECT_EQ(changes[0].verdict, Verdict::kNoClearChange);
  EXPECT_EQ(changes[1].verdict, Verdict::kLower);
  EXPECT_EQ(changes[2].verdict, Verdict::kLower);
  EXPECT_EQ(changes[3].verdict, Verdict::kTooFewToSay);
  EXPECT_EQ(changes[4].verdict, Verdict::kHigher);
  EXPECT_EQ(judged.tests_made, 4);
  EXPECT_EQ(changes[3].q_value, 1);
  EXPECT_FALSE(judged.widened) << "four areas cannot tell overdispersion";
  EXPECT_EQ(changes[1].widened_p_value, changes[1].p_value);
}

TEST(JudgeChanges, WidensWhereAreasVaryMoreThanPoisson) {
  std::vector<TestedChange> wide = Restless(), poisson = Restless();
  const JudgedChanges widened = JudgeChanges(wide, 0.05, Spread::kWidened);
  const JudgedChanges plain = JudgeChanges(poisson, 0.05, Spread::kPoisson);
  EXPECT_TRUE(widened.widened);
  EXPECT_FALSE(plain.widened);
  // z is 0 or 60 / sqrt(200): 4 of 12 areas 0, the others 18, and none beyond 2.5 of their root mean square: 144 / 11, over what 2.5 leaves of a normal square.
  EXPECT_NEAR(*widened.dispersion.factor, 144.0 / 11 / 0.911257, 1e-4);
  EXPECT_EQ(widened.dispersion.factor, plain.dispersion.factor) << "shown either way";
  EXPECT_EQ(widened.dispersion.areas, 12);
  for (std::size_t i = 0; i < wide.size(); ++i) {
    EXPECT_EQ(poisson[i].widened_p_value, poisson[i].p_value);
    EXPECT_TRUE(wide[i].widened_p_value > wide[i].p_value || wide[i].p_value == 1);
    EXPECT_EQ(wide[i].verdict, Verdict::kNoClearChange);
  }
  EXPECT_EQ(poisson[0].verdict, Verdict::kHigher);
}

TEST(JudgeChanges, MeasuresDispersionAroundWhatAGroupShares) {
  // All fell by half: a common change is no dispersion. A second group that doubled shares another.
  std::vector<TestedChange> changes;
  for (int i = 0; i < 12; ++i) changes.push_back(Between(400, 200));
  for (int i = 0; i < 12; ++i) changes.push_back(Between(200, 400));
  for (std::size_t i = 12; i < changes.size(); ++i) changes[i].group = 1;
  EXPECT_NEAR(*DispersionOfChanges(changes).factor, 0, 1e-9);
  for (TestedChange& change : changes) change.group = 0;
  EXPECT_GT(*DispersionOfChanges(changes).factor, 10);
  // A group of one is its own mean, and tells nothing.
  const std::vector<TestedChange> one{Between(400, 200)};
  EXPECT_EQ(DispersionOfChanges(one).areas, 0);
  EXPECT_FALSE(DispersionOfChanges(one).factor.has_value());
}

TEST(JudgeChanges, KeepsWhatIsAloneAndWhatIsNotComparableApart) {
  std::vector<TestedChange> changes{Between(100, 160), Between(100, 100), Between(100, 160), Between(300, 420)};
  changes[2].comparable = false;
  changes[3].alone = true;
  const JudgedChanges judged = JudgeChanges(changes, 0.05, Spread::kPoisson);
  EXPECT_EQ(judged.tests_made, 3);
  EXPECT_DOUBLE_EQ(changes[0].q_value, 2 * changes[0].p_value) << "corrected over the two comparable ones";
  EXPECT_EQ(changes[2].q_value, changes[2].p_value) << "the only one across a break";
  EXPECT_EQ(changes[2].verdict, Verdict::kNotComparable);
  EXPECT_EQ(changes[3].q_value, changes[3].p_value);
  EXPECT_EQ(changes[3].verdict, Verdict::kHigher);
}

TEST(JudgeChanges, BearsTheVeryLargeAndTheNone) {
  std::vector<TestedChange> changes = Restless();
  changes.push_back(Between(1'000'000, 2'000'000));
  changes.push_back(Between(0, 0));
  changes.push_back(Between(0, 50));
  JudgeChanges(changes, 0.05, Spread::kWidened);
  for (const TestedChange& change : changes) {
    EXPECT_TRUE(std::isfinite(change.widened_p_value) && std::isfinite(change.q_value));
    EXPECT_GE(change.widened_p_value, change.p_value);
    EXPECT_LE(change.widened_p_value, 1);
  }
  EXPECT_EQ(changes[13].verdict, Verdict::kTooFewToSay);
  std::vector<TestedChange> none;
  EXPECT_EQ(JudgeChanges(none, 0.05, Spread::kWidened).tests_made, 0);
}

TEST(TwoSidedStudentPValue, HoldsTabledQuantiles) {
  EXPECT_NEAR(TwoSidedStudentPValue(12.7062, 1), 0.05, 1e-6);
  EXPECT_NEAR(TwoSidedStudentPValue(2.22814, 10), 0.05, 1e-6);
  EXPECT_NEAR(TwoSidedStudentPValue(3.64596, 30), 0.001, 1e-7);
  EXPECT_EQ(TwoSidedStudentPValue(0, 5), 1);
  // Many degrees of freedom: the normal.
  EXPECT_NEAR(TwoSidedStudentPValue(1.959963985, 1e9), 0.05, 1e-7);
}

}  // namespace
}  // namespace geo
