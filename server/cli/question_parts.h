// The parts that requests share: for request_options.cc and hotspot_requests.cc alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "geo/types/result.h"
#include "server/cli/command_flags.h"
#include "server/cli/request_options.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

geo::Error BadFlag(std::string flag, std::string message);
geo::Result<void> FillPeriod(const std::string& text, std::string_view flag, wardwatch::v1::Period& out);

// Dataset, filter, vintage and caller of any request.
template <class Request>
geo::Result<void> FillQuestion(const QuestionFlags& flags, const std::string& dataset, Request& request) {
  request.set_dataset(dataset);
  auto filter = MakeFilter(flags.filter);
  if (!filter) return geo::Fail(filter.error());
  if (filter->ByteSizeLong() > 0) *request.mutable_filter() = std::move(*filter);
  request.set_vintage(flags.vintage);
  if (!flags.purpose.empty()) request.mutable_caller()->set_purpose(flags.purpose);
  return {};
}

}  // namespace server
