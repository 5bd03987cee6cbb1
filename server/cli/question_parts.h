// The parts that requests share: for request_options.cc, hotspot_requests.cc and ward_requests.cc alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/types/result.h"
#include "server/cli/command_flags.h"
#include "server/cli/request_options.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

geo::Error BadFlag(std::string flag, std::string message);
geo::Result<void> FillPeriod(const std::string& text, std::string_view flag, wardwatch::v1::Period& out);

// "wards-2023:E05014449", then bare codes of the same vintage.
geo::Result<void> FillAreas(const std::vector<std::string>& areas, std::string_view flag, wardwatch::v1::AreaSelection& selection);

// Dataset, filter, caller and, where it has one, vintage of any request.
template <class Request>
geo::Result<void> FillQuestion(const QuestionFlags& flags, const std::string& dataset, Request& request) {
  request.set_dataset(dataset);
  auto filter = MakeFilter(flags.filter);
  if (!filter) return geo::Fail(filter.error());
  if (filter->ByteSizeLong() > 0) *request.mutable_filter() = std::move(*filter);
  if constexpr (requires { request.set_vintage(flags.vintage); }) request.set_vintage(flags.vintage);
  if (!flags.purpose.empty()) request.mutable_caller()->set_purpose(flags.purpose);
  return {};
}

}  // namespace server
