#include "server/http/connection_book.h"

#include <gtest/gtest.h>

namespace server::http {
namespace {

TEST(ConnectionBook, CapsEachAddressAndEvictsItsLongestIdle) {
  ConnectionBook book({10, 2});
  const auto first = book.enter("192.0.2.1"), second = book.enter("192.0.2.1");
  EXPECT_TRUE(first.admitted && second.admitted);
  EXPECT_FALSE(book.enter("192.0.2.1").admitted);
  EXPECT_TRUE(book.enter("192.0.2.2").admitted);
  book.set_idle(second.number, true);
  book.set_idle(first.number, true);
  const auto third = book.enter("192.0.2.1");
  EXPECT_TRUE(third.admitted);
  EXPECT_EQ(third.evict, second.number);
  EXPECT_EQ(book.stats().open, 3);
  EXPECT_EQ(book.stats().refused, 1);
  EXPECT_EQ(book.stats().evicted, 1);
  book.leave(second.number);  // what was evicted leaves later, and is not counted twice
  EXPECT_EQ(book.stats().open, 3);
}

TEST(ConnectionBook, LoopbackHasTheTotalCapAlone) {
  ConnectionBook book({5, 2});
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(book.enter("127.0.0.1").admitted);
  EXPECT_FALSE(book.enter("127.0.0.1").admitted);
  EXPECT_FALSE(book.enter("192.0.2.9").admitted);
}

TEST(ConnectionBook, AFullBookMakesRoomForAnyoneByTheLongestIdle) {
  ConnectionBook book({2, 2});
  const auto first = book.enter("::1");
  book.enter("::1");
  book.set_idle(first.number, true);
  const auto third = book.enter("192.0.2.1");
  EXPECT_EQ(third.evict, first.number);
  EXPECT_EQ(book.stats().open, 2);
}

}  // namespace
}  // namespace server::http
