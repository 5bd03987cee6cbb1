#include "geo/layers/palette_png.h"

#include <gtest/gtest.h>

#include "tests/support/png_reader.h"
#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

TEST(PalettePng, AnotherReaderSeesTheSame) {
  support::SplitMix random(9);
  for (const std::size_t colours : {1u, 2u, 14u, 16u, 17u, 256u}) {
    std::vector<Rgb> palette;
    for (std::size_t i = 0; i < colours; ++i)
      palette.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i), static_cast<std::uint8_t>(random.next())});
    for (const auto& [width, height] : {std::pair{1, 1}, {7, 3}, {256, 256}}) {
      std::vector<std::uint8_t> pixels;
      for (int i = 0; i < width * height; ++i) pixels.push_back(static_cast<std::uint8_t>(random.next() % colours));
      for (const bool clear : {false, true}) {
        const auto png = PalettePng(width, height, pixels, palette, clear);
        ASSERT_TRUE(png);
        const support::ReadPicture picture = support::ReadPng(*png);
        ASSERT_EQ(picture.width, width);
        ASSERT_EQ(picture.height, height);
        for (int i = 0; i < width * height; ++i) {
          const std::uint8_t* seen = picture.at(i % width, i / width);
          const std::uint8_t index = pixels[static_cast<std::size_t>(i)];
          if (clear && index == 0) {
            EXPECT_EQ(seen[3], 0);
            continue;
          }
          EXPECT_EQ((Rgb{seen[0], seen[1], seen[2]}), palette[index]);
          EXPECT_EQ(seen[3], 255);
        }
        EXPECT_EQ(*png, *PalettePng(width, height, pixels, palette, clear));
      }
    }
  }
}

TEST(PalettePng, Refusals) {
  const std::vector<Rgb> two{{0, 0, 0}, {9, 9, 9}};
  const std::vector<std::uint8_t> pixels{0, 1, 2};
  EXPECT_FALSE(PalettePng(3, 1, pixels, two, false)) << "a colour that there is not";
  EXPECT_FALSE(PalettePng(2, 1, pixels, two, false));
  EXPECT_FALSE(PalettePng(0, 1, {}, two, false));
  EXPECT_FALSE(PalettePng(4'097, 1, {}, two, false));
  EXPECT_FALSE(PalettePng(3, 1, pixels, {}, false));
}

}  // namespace
}  // namespace geo
