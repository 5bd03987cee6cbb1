// Numbers in sentences, as English writes them.
#pragma once

#include <cstdint>
#include <string>

namespace geo {

// 32564 -> "32,564".
std::string Grouped(std::int64_t number);

}  // namespace geo
