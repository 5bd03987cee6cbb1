// Flags to requests. Text is judged here; ranges are judged by the server, which knows the limits.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "geo/types/result.h"
#include "server/cli/command_flags.h"

namespace wardwatch::v1 {
class ComputeSurfaceRequest;
class FindAreaHotspotsRequest;
class FindHotspotsRequest;
class FindPlacesRequest;
class IncidentFilter;
class ListIncidentsRequest;
}  // namespace wardwatch::v1

namespace server {

// "medway" and "datasets/medway" are the same.
std::string DatasetName(std::string_view text);
// The part after "datasets/".
std::string DatasetId(std::string_view name);

// "500ms", "10s", "2m": 1 ms to 1 h.
geo::Result<std::chrono::milliseconds> ParseTimeout(std::string_view text);

// Errors name the flag: "--window".
geo::Result<wardwatch::v1::IncidentFilter> MakeFilter(const FilterFlags& flags);
geo::Result<wardwatch::v1::FindHotspotsRequest> MakeHotspotsRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::ComputeSurfaceRequest> MakeSurfaceRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::FindPlacesRequest> MakePlacesRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::FindAreaHotspotsRequest> MakeAreaHotspotsRequest(const CommandLine& line, const std::string& dataset);
geo::Result<wardwatch::v1::ListIncidentsRequest> MakeIncidentsRequest(const CommandLine& line, const std::string& dataset);

// The flag that sets a field of a request, "--cell-size" for "cells.cell_size_m"; empty when none does. Some commands take as a word what others take as a
// flag.
std::string FlagOfField(std::string_view field, Command command = Command::kNone);

}  // namespace server
