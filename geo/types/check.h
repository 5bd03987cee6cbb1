// WARDWATCH_CHECK: our own broken invariant. Prints file, line and values, and aborts; never used for bad input, which is a Result.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#define WARDWATCH_CHECK(condition, ...)                                                                           \
  do {                                                                                                            \
    if (!(condition)) [[unlikely]] {                                                                              \
      std::fprintf(stderr, "%s:%d: broken invariant: %s: %s\n", __FILE__, __LINE__, #condition,                   \
                   fmt::format(__VA_ARGS__).c_str());                                                             \
      std::abort();                                                                                               \
    }                                                                                                             \
  } while (false)
