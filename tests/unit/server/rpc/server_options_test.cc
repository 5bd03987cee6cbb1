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

TEST(ServerOptions, TheGatewaysKeys) {
  const auto file = ParseConfig("http = \"127.0.0.1:8080\"\npublic_url = \"https://maps.example/wardwatch\"\ncors_origins = [\"https://a.example\", \"*\"]\n");
  ASSERT_TRUE(file) << file.error().message;
  ServerOptions options = Merge({}, *file);
  options.store = "a.gpkg";
  EXPECT_EQ(options.http, "127.0.0.1:8080");
  EXPECT_EQ(options.cors_origins.size(), 2U);
  EXPECT_TRUE(CheckOptions(options));
  ServerOptions other = options;
  other.http = "127.0.0.1:8081";
  other.cors_origins.clear();
  EXPECT_EQ(KeysForRestart(options, other), (std::vector<std::string>{"http", "cors_origins"}));
  other = options;
  other.http = "0.0.0.0:80";
  EXPECT_EQ(CheckOptions(other).error().reason, "NOT_LOOPBACK");
  EXPECT_EQ(CheckOptions(other).error().field, "http");
  for (const char* bad : {"maps.example", "ftp://maps.example", "https://", "https://maps.example/", "https://a b", "https://a\"b", "https://a/<b>"}) {
    other = options;
    other.public_url = bad;
    EXPECT_EQ(CheckOptions(other).error().field, "public_url") << bad;
  }
  for (const char* bad : {"maps.example", "https://a/path", "null", ""}) {
    other = options;
    other.cors_origins = {bad};
    EXPECT_EQ(CheckOptions(other).error().field, "cors_origins") << bad;
  }
  EXPECT_EQ(ParseConfig("cors_origins = \"https://a\"").error().field, "cors_origins");
  EXPECT_EQ(ParseConfig("cors_origins = [1]").error().field, "cors_origins");
  EXPECT_EQ(ParseConfig("http = 8080").error().field, "http");
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
