// How to read an answer: the lines under every table.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/cli/terminal.h"

namespace wardwatch::v1 {
class AnswerContext;
}  // namespace wardwatch::v1

namespace server {

using LabelledLine = std::pair<std::string, std::string>;

// Label at the left, text folded beside it; empty texts are left out.
std::string LabelledLines(const std::vector<LabelledLine>& lines, const Terminal& terminal);

// Data version and as-at day, what was asked, boundaries, precision, breaks crossed, tests made, disclosure rule, answer hash. `first` comes before them: what
// only the command knows, such as the number without a position.
std::string ContextFooter(const wardwatch::v1::AnswerContext& context, const std::vector<LabelledLine>& first, const Terminal& terminal);

// What was left out of a table, as a line for the footer; no text when nothing was.
LabelledLine LeftOutLine(const std::vector<std::string>& left_out);

// The first parameter of that name among those used; empty when there is none.
std::string ParameterUsed(const wardwatch::v1::AnswerContext& context, const std::string& name);

}  // namespace server
