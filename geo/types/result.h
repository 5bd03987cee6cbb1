// Result<T>: a value or an Error. No exception crosses a public header of geo.
#pragma once

#include <tl/expected.hpp>

#include "geo/types/error.h"

namespace geo {

template <class T>
using Result = tl::expected<T, Error>;

// Return this from a function whose Result failed: `return Fail(InvalidArgument("share", "..."));`
inline tl::unexpected<Error> Fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace geo
