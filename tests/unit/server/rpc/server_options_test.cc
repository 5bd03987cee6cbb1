#include "server/server_options.h"

#include <gmock/gmock.h>

#include "server/caller.h"

namespace server {
namespace {

TEST(ServerOptions, FlagsWinOverTheFile) {
  const auto file = ParseConfig("store = \"a.gpkg\"\nlisten = \"127.0.0.1:1\"\nthreads = 3\nlog_json = true\n");
  ASSERT_TRUE(file);
  ConfigFile flags;
  flags.listen = "127.0.0.1:2";
  const ServerOptions options = Merge(flags, *file);
  EXPECT_EQ(options.store, "a.gpkg");
  EXPECT_EQ(options.listen, "127.0.0.1:2");
  EXPECT_EQ(options.threads, 3);
  EXPECT_TRUE(options.log_json);
  EXPECT_FALSE(options.allow_remote);
  EXPECT_TRUE(CheckOptions(options));
}

TEST(ServerOptions, ABadFileIsRefusedWithTheKeyOrTheLine) {
  EXPECT_EQ(ParseConfig("thraeds = 3").error().field, "thraeds");
  EXPECT_EQ(ParseConfig("threads = 0").error().field, "threads");
  EXPECT_EQ(ParseConfig("threads = 3.5").error().field, "threads");
  EXPECT_EQ(ParseConfig("store = 3").error().field, "store");
  EXPECT_EQ(ParseConfig("allow_remote = \"yes\"").error().field, "allow_remote");
  EXPECT_NE(ParseConfig("threads = 1\nthreads = 2").error().message.find("line 2"), std::string::npos);
  EXPECT_FALSE(ParseConfig("threads = "));
}

TEST(ServerOptions, OnlyThisMachineUnlessToldOtherwise) {
  ServerOptions options;
  options.store = "a.gpkg";
  for (const char* good : {"127.0.0.1:0", "127.8.8.8:65535", "localhost:50051", "[::1]:50051"}) {
    options.listen = good;
    EXPECT_TRUE(CheckOptions(options)) << good;
  }
  for (const char* remote : {"0.0.0.0:50051", "10.0.0.1:1", "[::]:1", "localhost.example.org:1"}) {
    options.listen = remote;
    const auto refused = CheckOptions(options);
    ASSERT_FALSE(refused) << remote;
    EXPECT_EQ(refused.error().reason, "NOT_LOOPBACK");
    options.allow_remote = true;
    EXPECT_TRUE(CheckOptions(options)) << remote;
    options.allow_remote = false;
  }
  for (const char* bad : {"", ":1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:1x", "127.0.0.1: 1"}) {
    options.listen = bad;
    EXPECT_FALSE(CheckOptions(options)) << bad;
  }
  options.listen = "127.0.0.1:1";
  options.store.clear();
  EXPECT_EQ(CheckOptions(options).error().field, "store");
}

TEST(Caller, APurposeIsCountedInCharacters) {
  wardwatch::v1::Caller caller;
  std::string purpose;
  for (int i = 0; i < 200; ++i) purpose += "\xC3\xA9";  // é
  caller.set_purpose(purpose);
  EXPECT_TRUE(DecodeCaller(caller));
  caller.set_purpose(purpose + "x");
  EXPECT_EQ(DecodeCaller(caller).error().field, "caller.purpose");
}

TEST(KeysForRestart, NamesWhatDiffersButNotTheStore) {
  ServerOptions running, told;
  running.store = "a.gpkg";
  told.store = "b.gpkg";
  EXPECT_THAT(KeysForRestart(running, told), ::testing::IsEmpty());
  told.listen = "127.0.0.1:1";
  told.threads = 2;
  told.log_json = told.allow_remote = true;
  EXPECT_THAT(KeysForRestart(running, told), ::testing::ElementsAre("listen", "threads", "log_json", "allow_remote"));
}

}  // namespace
}  // namespace server
