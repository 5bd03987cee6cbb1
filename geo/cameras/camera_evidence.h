// What studies say of an answer to a kind of crime: a table that the partnership signs, with its sources and its version. Nothing of it is built in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace geo {

enum class EvidenceGrade : std::uint8_t { kNotStudied, kNoEffect, kWeak, kModerate, kStrong };
const char* GradeWord(EvidenceGrade grade);  // "not studied", "no effect found", "weak", "moderate", "strong"

struct EvidenceRow {
  std::string category;
  EvidenceGrade camera = EvidenceGrade::kNotStudied, lighting = EvidenceGrade::kNotStudied, people = EvidenceGrade::kNotStudied;
  std::string caution;  // "detection only: no effect on drug offences"; may be empty
  std::string source;
  friend bool operator==(const EvidenceRow&, const EvidenceRow&) = default;
};

struct EvidenceTable {
  std::string id;  // "toolkit-2026"
  std::string title;
  std::string version;
  std::string source;             // who put it together, from what
  std::vector<EvidenceRow> rows;  // sorted by category, each once, at least one
  friend bool operator==(const EvidenceTable&, const EvidenceTable&) = default;
};

}  // namespace geo
