// Who asks, and why.
#pragma once

#include <string>

#include "geo/disclosure/disclosed.h"
#include "geo/types/result.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

struct Caller {
  geo::Role role = geo::Role::kAnalyst;  // the only one until access control comes; that is why only loopback addresses are served
  std::string purpose;
};

// Error: kInvalidArgument for a purpose over 200 characters.
geo::Result<Caller> DecodeCaller(const wardwatch::v1::Caller& caller);

// Of any request, also of one that holds another; the default where the request has no such field.
template <class Request>
geo::Result<Caller> CallerOf(const Request& request) {
  if constexpr (requires { request.caller(); }) {
    return DecodeCaller(request.caller());
  } else if constexpr (requires { request.question(); }) {
    return CallerOf(request.question());
  } else if constexpr (requires { request.surface(); }) {
    return CallerOf(request.surface());
  } else {
    return Caller{};
  }
}

}  // namespace server
