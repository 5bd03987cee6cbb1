// The table of one instruction set's loops. Included by lanes_*.cc alone.
#pragma once

#include "geo/density/lane_products.h"

void ExpOf(const double* x, double* out) {
  for (std::ptrdiff_t i = 0; i < 8; i += Lanes::kWidth) Lanes::Store(out + i, Exp(Lanes::Load(x + i)));
}

inline constexpr geo::LaneEngine kEngine = {kTileRows,
                                            static_cast<int>(kTileVectors* Lanes::kWidth),
                                            &LayAbove,
                                            {{&GatherTiles<0, false>, &GatherTiles<0, true>},
                                             {&GatherTiles<1, false>, &GatherTiles<1, true>},
                                             {&GatherTiles<2, false>, &GatherTiles<2, true>},
                                             {&GatherTiles<3, false>, &GatherTiles<3, true>},
                                             {&GatherTiles<4, false>, &GatherTiles<4, true>},
                                             {&GatherTiles<5, false>, &GatherTiles<5, true>}},
                                            {&SpreadMoments<0>, &SpreadMoments<1>, &SpreadMoments<2>, &SpreadMoments<3>},
                                            Lanes::kWidth,
                                            &LayFactors,
                                            &GatherProduct,
                                            {&SumAt<0>, &SumAt<1>, &SumAt<2>, &SumAt<3>, &SumAt<4>, &SumAt<5>, &SumAt<6>},
                                            &ExpOf};
