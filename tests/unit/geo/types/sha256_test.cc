#include "geo/types/sha256.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

TEST(Sha256, PublishedVectors) {  // FIPS 180-4 examples
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, PartsEqualTheWhole) {
  Sha256 parts;
  parts.update("ab");
  parts.update("");
  parts.update("c");
  EXPECT_EQ(parts.hex(), Sha256Hex("abc"));
}

}  // namespace
}  // namespace geo
