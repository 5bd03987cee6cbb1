// ListIncidents as a table and as csv, chunk by chunk.
#pragma once

#include <string>
#include <vector>

#include "server/cli/csv_writer.h"
#include "server/cli/terminal.h"
#include "server/cli/text_table.h"

namespace wardwatch::v1 {
class AnswerContext;
class Incident;
}  // namespace wardwatch::v1

namespace server {

// When it happened, no finer than known: "2024-03", "2024-03-09", "2024-03-09 23:10", "2024-03-09 23:10 to 03-10 07:00" (the date of the end as far as it
// differs).
std::string WhenText(const std::string& from_local, const std::string& to_local);

class IncidentTable {
 public:
  IncidentTable();
  void add(const wardwatch::v1::Incident& incident);
  int rows() const { return rows_; }
  // `limited`: there may be more than were asked for.
  std::string format(const wardwatch::v1::AnswerContext& context, bool limited, const Terminal& terminal) const;

 private:
  TextTable table_;
  int rows_ = 0;
  int unlocated_ = 0;
};

void IncidentCsvHeader(CsvWriter& csv);
void IncidentCsvRecord(const wardwatch::v1::Incident& incident, const wardwatch::v1::AnswerContext& context, CsvWriter& csv);

}  // namespace server
