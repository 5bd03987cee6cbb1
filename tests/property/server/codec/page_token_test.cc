#include "server/codec/page_token.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "server/codec/incident_codec.h"
#include "server/codec/refusal.h"
#include "tests/support/fixed_seed.h"

namespace server {
namespace {

// No text but a token parses, and none ends the process.
RC_GTEST_PROP(PageToken, AnyTextIsRefusedOrATokenOfOurs, (const std::string& text)) {
  const PageTicket ticket{"00112233445566778899aabbccddeeff", "0123456789abcdef"};
  const auto parsed = ParsePageToken(text, ticket);
  if (parsed && !text.empty()) RC_ASSERT(FormatPageToken(ticket, *parsed) == text);
}

RC_GTEST_PROP(PageToken, ComesBack, (std::size_t offset)) {
  const PageTicket ticket{"00112233445566778899aabbccddeeff", "0123456789abcdef"};
  RC_ASSERT(ParsePageToken(FormatPageToken(ticket, offset), ticket) == offset);
}

// A cell that FindHotspots writes is read as the same cell, for any size to the millimetre.
RC_GTEST_PROP(Cell, ComesBack, ()) {
  const auto shape = *rc::gen::element(geo::CellShape::kSquare, geo::CellShape::kHexagon);
  const auto size_mm = *rc::gen::inRange(10'000, 1'000'000);
  const auto at = geo::GridPoint{*rc::gen::inRange(0, 700'000'000), *rc::gen::inRange(0, 1'300'000'000)};
  const geo::CellGrid grid(shape, size_mm);
  const std::string text = grid.format(grid.cell_of(at));
  const auto decoded = DecodeCell(text, "cell");
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(decoded->grid == grid);
  RC_ASSERT(decoded->cell == grid.cell_of(at));
}

// Whatever is sent, what is accepted lies in the range, and what is refused names the field.
RC_GTEST_PROP(DecodeNumber, AcceptsNothingOutsideTheRange, (double sent)) {
  const auto decoded = DecodeNumber("f", sent, {10, 5000, 500, "m"});
  if (decoded) {
    RC_ASSERT(*decoded >= 10 && *decoded <= 5000);
    RC_ASSERT(sent == 0 || *decoded == sent);
  } else {
    RC_ASSERT(decoded.error().field == "f");
  }
}

}  // namespace
}  // namespace server
