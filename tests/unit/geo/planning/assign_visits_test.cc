#include "geo/planning/assign_visits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace geo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(AssignVisits, TakesTheBestUntilTheHoursAreUsed) {
  const std::vector<VisitOption> options{{0, 9}, {1, 8}, {2, 7}, {3, 6}};
  EXPECT_THAT(AssignVisits(options, 6, 2, 9, HourBlocks{}), ElementsAre(0, 1, 2));
  EXPECT_THAT(AssignVisits(options, 5.9, 2, 9, HourBlocks{}), ElementsAre(0, 1));
  EXPECT_THAT(AssignVisits(options, 1.9, 2, 9, HourBlocks{}), IsEmpty());
  EXPECT_THAT(AssignVisits(options, 0.3, 0.1, 1, HourBlocks{}), ElementsAre(0, 1, 2));
}

TEST(AssignVisits, ATeamIsInOnePlaceAtATime) {
  const std::vector<VisitOption> options{{5, 9}, {5, 8}, {5, 7}, {6, 6}, {5, 5}};
  EXPECT_THAT(AssignVisits(options, 1000, 4, 1, HourBlocks{}), ElementsAre(0, 1, 3));     // an eight-hour block holds two visits of four
  EXPECT_THAT(AssignVisits(options, 1000, 8, 2, HourBlocks{}), ElementsAre(0, 1, 3));     // or one of eight for each of two teams
  EXPECT_THAT(AssignVisits(options, 1000, 8.5, 2, HourBlocks{}), IsEmpty());              // longer than a block
  EXPECT_THAT(AssignVisits(std::vector<VisitOption>{{-1, 2}, {-1, 1}}, 1000, 100, 1, std::nullopt), ElementsAre(0));
}

TEST(AssignVisits, WhatHasNoScoreIsNotVisited) {
  EXPECT_THAT(AssignVisits(std::vector<VisitOption>{{0, 1}, {1, 0}}, 10, 1, 1, HourBlocks{}), ElementsAre(0));
}

// Every choice of up to ten options tried: none that fits scores more.
TEST(AssignVisits, NoOtherChoiceScoresMore) {
  std::mt19937 random(20);
  for (int round = 0; round < 200; ++round) {
    std::vector<VisitOption> options;
    for (int i = 0; i < 10; ++i) options.push_back({static_cast<int>(random() % 3), static_cast<double>(random() % 50)});
    std::sort(options.begin(), options.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    const double capacity = 4 * static_cast<double>(1 + random() % 6);
    double greedy = 0, best = 0;
    for (const std::size_t at : AssignVisits(options, capacity, 4, 1, HourBlocks{})) greedy += options[at].score;
    for (unsigned set = 0; set < 1024; ++set) {
      double score = 0, hours = 0;
      std::array<int, 3> visits{};
      for (std::size_t i = 0; i < 10; ++i) {
        if ((set >> i & 1) == 0) continue;
        score += options[i].score;
        hours += 4;
        ++visits[static_cast<std::size_t>(options[i].block)];
      }
      if (hours <= capacity && visits[0] <= 2 && visits[1] <= 2 && visits[2] <= 2) best = std::max(best, score);
    }
    EXPECT_EQ(greedy, best) << "round " << round;
  }
}

}  // namespace
}  // namespace geo
