#include "server/codec/surface_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "server/codec/place_codec.h"
#include "server/limits.h"
#include "tests/service/drawn_town.h"

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;
using ::testing::HasSubstr;

const geo::Snapshot& Town() {
  static const auto town = service_test::DrawnTown().build();
  return *town;
}

template <class Request>
Request Parsed(const std::string& text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

const std::string kBase = "dataset: 'datasets/town' period { calendar_year: 2023 } ";

v1::ComputeSurfaceRequest Asked(const std::string& more) { return Parsed<v1::ComputeSurfaceRequest>(kBase + more); }

// A surface of so many columns and rows: value i at cell i, every third cell not shown.
geo::SurfaceAnswer Drawn(std::int32_t columns, std::int32_t rows, bool mask) {
  geo::SurfaceAnswer answer;
  answer.frame = {100'000, {-3, 5}, columns, rows};
  for (std::size_t i = 0; i < answer.frame.size(); ++i) {
    answer.shown.push_back(!mask || i % 3 != 0);
    answer.values.push_back(answer.shown.back() != 0 ? static_cast<double>(i) + 0.5 : 0);
    answer.shown_cells += answer.shown.back();
  }
  return answer;
}

std::vector<v1::ComputeSurfaceResponse> PiecesOf(geo::SurfaceAnswer answer) {
  auto call = DecodeComputeSurface(Asked(""), Town());
  EXPECT_TRUE(call) << call.error().message;
  SurfacePieces pieces(std::move(*call), geo::Disclose(std::move(answer), geo::Role::kAnalyst));
  std::vector<v1::ComputeSurfaceResponse> all;
  while (true) {
    const auto more = pieces.next(all.emplace_back(), geo::NeverStop());
    EXPECT_TRUE(more);
    if (!more || !*more) return all;
  }
}

void ExpectWhole(const geo::SurfaceAnswer& answer) {
  const auto pieces = PiecesOf(answer);
  ASSERT_GE(pieces.size(), 2U);
  ASSERT_TRUE(pieces.front().has_header());
  EXPECT_EQ(pieces.front().header().columns(), answer.frame.columns);
  EXPECT_EQ(pieces.front().header().rows(), answer.frame.rows);
  ASSERT_TRUE(pieces.back().has_context());
  std::size_t at = 0;
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    EXPECT_LE(pieces[i].ByteSizeLong(), limits::kStreamChunkBytes);
    const v1::SurfaceRows& rows = pieces[i].rows();
    EXPECT_EQ(static_cast<std::size_t>(rows.first_row()) * static_cast<std::size_t>(answer.frame.columns), at);
    EXPECT_EQ(rows.values_size() % answer.frame.columns, 0);
    for (int k = 0; k < rows.values_size(); ++k, ++at) {
      ASSERT_LT(at, answer.values.size());
      const bool shown = rows.shown().empty() || (static_cast<unsigned char>(rows.shown()[static_cast<std::size_t>(k) / 8]) >> (k % 8) & 1) != 0;
      ASSERT_EQ(rows.values(k), answer.values[at]);
      ASSERT_EQ(shown, answer.shown[at] != 0) << at;
    }
  }
  EXPECT_EQ(at, answer.values.size());
  // The hash can be made again by whoever holds the pieces.
  geo::Sha256 hash;
  auto last = pieces.back();
  last.mutable_context()->clear_answer_hash();
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) hash.update(DeterministicBytes(pieces[i]));
  hash.update(DeterministicBytes(last));
  EXPECT_EQ(pieces.back().context().answer_hash(), hash.hex());
}

TEST(SurfacePieces, PutTogetherAreTheSurface) {
  ExpectWhole(Drawn(7, 3, true));
  ExpectWhole(Drawn(1, 1, false));
  ExpectWhole(Drawn(1000, 250, true));  // several pieces
  ExpectWhole(Drawn(1, 100'000, true));
  ExpectWhole(Drawn(limits::kSurfaceColumns, 4, true));  // a row in each
}

TEST(SurfacePieces, ASurfaceWithoutCellsHasAHeaderAndAContext) { ExpectWhole(Drawn(0, 0, false)); }

TEST(SurfacePieces, AStopEndsThem) {
  struct Stopped final : geo::StopSignal {
    bool stop_requested() const override { return true; }
    geo::Error reason() const override { return {geo::ErrorCode::kCancelled, "", "CANCELLED", "stopped"}; }
  };
  auto call = DecodeComputeSurface(Asked(""), Town());
  SurfacePieces pieces(std::move(*call), geo::Disclose(Drawn(3, 3, false), geo::Role::kAnalyst));
  v1::ComputeSurfaceResponse piece;
  const auto more = pieces.next(piece, Stopped());
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().reason, "CANCELLED");
}

TEST(SurfacePieces, TheHashIsOfTheValues) {
  auto other = Drawn(7, 3, true);
  other.values[1] += 1e-9;
  EXPECT_NE(PiecesOf(Drawn(7, 3, true)).back().context().answer_hash(), PiecesOf(other).back().context().answer_hash());
}

TEST(SurfaceCodec, Defaults) {
  const auto call = DecodeComputeSurface(Asked(""), Town());
  ASSERT_TRUE(call);
  EXPECT_EQ(call->query.cell_mm, 100'000);
  EXPECT_FALSE(call->query.extent || call->query.comparison || call->query.unmasked);
  EXPECT_EQ(call->question.vintage, 1U);
}

TEST(SurfaceCodec, TheExtentIsHalfOpenToTheNorthAndEast) {
  const auto call = DecodeComputeSurface(Asked("extent { min_easting_m: 1000 min_northing_m: 2000 max_easting_m: 1500 max_northing_m: 2000.001 }"), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.extent->low, (geo::GridPoint{1'000'000, 2'000'000}));
  EXPECT_EQ(call->query.extent->high, (geo::GridPoint{1'499'999, 2'000'000}));
  const auto frame = geo::FrameAround(*call->query.extent, 0, call->query.cell_mm, 100);
  EXPECT_EQ(frame->columns, 5);
  EXPECT_EQ(frame->rows, 1);
}

TEST(SurfaceCodec, AComparison) {
  const auto usual = DecodeComputeSurface(Asked("comparison { before { calendar_year: 2022 } }"), Town());
  ASSERT_TRUE(usual) << usual.error().message;
  EXPECT_EQ(usual->query.comparison->measure, geo::SurfaceComparison::kDifference);
  EXPECT_EQ(usual->query.comparison->floor_per_km2_year, 0.1);
  const auto zero =
      DecodeComputeSurface(Asked("comparison { before { calendar_year: 2020 } measure: SURFACE_MEASURE_LOG_RATIO floor_per_km2_per_year: 0 }"), Town());
  ASSERT_TRUE(zero);
  EXPECT_EQ(zero->query.comparison->measure, geo::SurfaceComparison::kLogRatio);
  EXPECT_EQ(zero->query.comparison->floor_per_km2_year, 0);
}

TEST(PlaceCodec, LevelsAreAsAsked) {
  const auto call =
      DecodeFindPlaces(Parsed<v1::FindPlacesRequest>("surface { " + kBase +
                                                     "cell_size_m: 50 } levels { density_per_km2_per_year: 12.5 } "
                                                     "levels { volume_share: 1 } levels { incident_share: 0.25 } peaks: 2000 peak_distance_m: 100000"),
                       Town());
  ASSERT_TRUE(call) << call.error().message;
  using Kind = geo::PlaceQuery::Level::Kind;
  ASSERT_EQ(call->query.levels.size(), 3U);
  EXPECT_EQ(call->query.levels[0].kind, Kind::kDensity);
  EXPECT_EQ(call->query.levels[0].value, 12.5);
  EXPECT_EQ(call->query.levels[1].kind, Kind::kVolumeShare);
  EXPECT_EQ(call->query.levels[2].kind, Kind::kIncidentShare);
  EXPECT_EQ(call->query.peaks, 1000);  // clamped
  EXPECT_EQ(call->query.surface.cell_mm, 50'000);
  const auto usual = DecodeFindPlaces(Parsed<v1::FindPlacesRequest>("surface { " + kBase + " }"), Town());
  ASSERT_TRUE(usual);
  ASSERT_EQ(usual->query.levels.size(), 1U);
  EXPECT_EQ(usual->query.levels[0].kind, Kind::kIncidentShare);
  EXPECT_EQ(usual->query.levels[0].value, 0.5);
  EXPECT_EQ(usual->query.peaks, 20);
  EXPECT_EQ(usual->query.peak_distance_m, 0);
}

}  // namespace
}  // namespace server
