// The parts that requests about cameras share: for the camera request makers alone.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "server/cli/question_parts.h"
#include "wardwatch/v1/camera.pb.h"
#include "wardwatch/v1/site_evidence.pb.h"

namespace server {

geo::Result<void> FillSetting(const CameraFlags& flags, wardwatch::v1::CameraSetting& out);
// Reads the draft; a file that is not there, or over 384 KiB, is an Error.
geo::Result<void> FillSites(const CameraFlags& flags, wardwatch::v1::SiteChoice& out);
geo::Result<void> FillRequestedSite(const CameraFlags& flags, wardwatch::v1::RequestedSite& out);
// "20000" or "19999.50" pounds to pence. Errors: BAD_FLAG for what is no amount.
geo::Result<std::int64_t> PenceOf(double pounds, std::string_view flag);

// A proto3 number cannot tell 0 from "not said": the server would answer with its default.
template <class Number>
geo::Result<void> RefuseZero(const std::optional<Number>& value, const char* flag, const char* range) {
  if (!value || *value != 0) return {};
  return geo::Fail(BadFlag(flag, fmt::format("0 is out of range: {}", range)));
}

// Whether any flag of AddCameraSites was given.
bool SitesAreSaid(const CameraFlags& flags);

// Dataset, period, filter, vintage, caller and setting; the weight table where the request has one.
template <class Request>
geo::Result<void> FillCameraQuestion(const CommandLine& line, const std::string& dataset, Request& request) {
  if (auto filled = FillQuestion(line.question, dataset, request); !filled) return filled;
  if (auto filled = FillPeriod(line.cameras.period, "PERIOD", *request.mutable_period()); !filled) return filled;
  if constexpr (requires { request.set_weight_table(line.cameras.weight_table); }) request.set_weight_table(line.cameras.weight_table);
  return FillSetting(line.cameras, *request.mutable_setting());
}

}  // namespace server
