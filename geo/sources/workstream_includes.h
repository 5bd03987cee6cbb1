// Workstreams that are made of others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/incidents/workstream.h"
#include "geo/sources/toml_tree.h"

namespace geo {

// As it was written.
struct DraftWorkstream {
  Workstream workstream;              // with the categories of its own alone
  std::vector<std::string> includes;  // ids of others
  std::string path;                   // where it stands, "workstreams[2]."
  std::uint32_t line = 0;
};

// Categories of what a workstream includes become its own. Where it has the category itself, its own weight stands; of several included the greatest.
// Faults: UNKNOWN_WORKSTREAM, CIRCULAR; EMPTY without any category; WEIGHTS_ARE_ZERO where nothing weighs and it is no layer apart. Cost: each is visited once.
void ResolveIncludes(std::vector<DraftWorkstream>& drafts, TomlFaults& faults);

}  // namespace geo
