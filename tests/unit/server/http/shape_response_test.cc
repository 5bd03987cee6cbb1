#include "server/http/shape_response.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "geo/types/stop_signal.h"
#include "server/http/byte_range.h"
#include "server/http/gzip.h"

namespace server::http {
namespace {

std::string Unzipped(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(10 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

Response Text(std::string text) {
  Response response;
  response.body = MakeBytes(std::move(text));
  response.etag = "tag";
  response.compressible = true;
  response.ranges = true;
  return response;
}

std::string HeaderOf(const Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(ByteRange, ReadsOneRange) {
  const auto part = [](const char* text, std::uint64_t size) {
    const auto parsed = ParseRange(text, size);
    const auto* bytes = std::get_if<PartOfBody>(&parsed);
    return bytes ? std::pair(bytes->first, bytes->last) : std::pair<std::uint64_t, std::uint64_t>(99, 99);
  };
  EXPECT_EQ(part("bytes=0-3", 10), std::pair(0UL, 3UL));
  EXPECT_EQ(part("bytes=8-", 10), std::pair(8UL, 9UL));
  EXPECT_EQ(part("bytes=-4", 10), std::pair(6UL, 9UL));
  EXPECT_EQ(part("bytes=-40", 10), std::pair(0UL, 9UL));
  EXPECT_EQ(part("bytes=2-999999999999", 10), std::pair(2UL, 9UL));
}

TEST(ByteRange, IgnoresWhatItDoesNotUnderstandAndRefusesWhatIsNotThere) {
  for (const char* text :
       {"", "bytes", "bytes=", "bytes=a-b", "bytes=3-1", "bytes=1-2,4-5", "lines=1-2", "bytes=1-2x", "bytes=--1", "bytes=-", "bytes=99999999999999999999-"}) {
    EXPECT_TRUE(std::holds_alternative<WholeBody>(ParseRange(text, 10))) << text;
  }
  for (const char* text : {"bytes=10-", "bytes=10-20", "bytes=-0"}) EXPECT_TRUE(std::holds_alternative<NoSuchPart>(ParseRange(text, 10))) << text;
}

TEST(ShapeResponse, KnowsWhatTheClientHas) {
  Request request;
  for (const char* known : {"\"tag\"", "W/\"tag\"", "\"other\", \"tag\"", "\"tag-gz\"", "*"}) {
    request.if_none_match = known;
    const auto shaped = ShapeResponse(Text("x"), request);
    EXPECT_EQ(shaped.status, 304) << known;
    EXPECT_EQ(shaped.body, nullptr);
  }
  for (const char* unknown : {"", "tag", "\"ta\"", "\"tagg\""}) {
    request.if_none_match = unknown;
    EXPECT_EQ(ShapeResponse(Text("x"), request).status, 200) << unknown;
  }
}

TEST(ShapeResponse, CutsAPart) {
  Request request;
  request.range = "bytes=2-4";
  request.accept_encoding = "gzip";
  auto shaped = ShapeResponse(Text("0123456789"), request);
  EXPECT_EQ(shaped.status, 206);
  EXPECT_EQ(*shaped.body, "234");
  EXPECT_EQ(HeaderOf(shaped, "Content-Range"), "bytes 2-4/10");
  request.range = "bytes=10-";
  shaped = ShapeResponse(Text("0123456789"), request);
  EXPECT_EQ(shaped.status, 416);
  EXPECT_EQ(HeaderOf(shaped, "Content-Range"), "bytes */10");
  request.range = "bytes=2-4";
  request.if_range = "\"older\"";
  EXPECT_EQ(ShapeResponse(Text("0123456789"), request).status, 200);
  request.if_range = "\"tag\"";
  EXPECT_EQ(ShapeResponse(Text("0123456789"), request).status, 206);
}

TEST(ShapeResponse, CompressesForThoseWhoTakeIt) {
  const std::string text(5000, 'x');
  Request request;
  request.accept_encoding = "br, gzip;q=0.5";
  const auto shaped = ShapeResponse(Text(text), request);
  EXPECT_EQ(HeaderOf(shaped, "Content-Encoding"), "gzip");
  EXPECT_EQ(shaped.etag, "tag-gz");
  EXPECT_EQ(Unzipped(*shaped.body), text);
  for (const char* refused : {"", "br", "gzip;q=0", "identity", "*;q=0"}) {
    request.accept_encoding = refused;
    EXPECT_EQ(*ShapeResponse(Text(text), request).body, text) << refused;
  }
  EXPECT_TRUE(TakesGzip("*"));
  EXPECT_FALSE(TakesGzip("gzip;q=0, *"));
}

class Count final : public BodySource {
 public:
  geo::Result<bool> next(std::string& piece, const geo::StopSignal&) override {
    piece += std::string(100'000, static_cast<char>('a' + made_));
    return ++made_ < 5;
  }

 private:
  int made_ = 0;
};

TEST(ShapeResponse, CompressesAStreamAsItIsMade) {
  Request request;
  request.accept_encoding = "gzip";
  Response response;
  response.compressible = true;
  response.stream = std::make_unique<Count>();
  auto shaped = ShapeResponse(std::move(response), request);
  std::string bytes, expected;
  for (char c = 'a'; c < 'f'; ++c) expected += std::string(100'000, c);
  const geo::NeverStop never;
  while (*shaped.stream->next(bytes, never)) {
  }
  EXPECT_LT(bytes.size(), 5000U);
  EXPECT_EQ(Unzipped(bytes), expected);
}

}  // namespace
}  // namespace server::http
