#include "server/cli/error_text.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "server/cli/connection.h"
#include "server/cli/output_sink.h"
#include "server/cli/request_options.h"
#include "server/cli/text_width.h"

namespace server {

int ExitCodeOf(const geo::Error& error) {
  if (error.reason == kReaderGone) return kExitAnswered;
  if (error.reason == kUnreachable) return kExitUnreachable;
  if (error.reason == kInterrupted) return kExitInterrupted;
  // A name that does not exist was a wrong question too; a store without any dataset was not.
  const bool wrong_question = error.code == geo::ErrorCode::kInvalidArgument || (error.code == geo::ErrorCode::kNotFound && error.reason != "NO_DATASET");
  return wrong_question ? kExitUsage : kExitNoAnswer;
}

std::string ErrorText(const geo::Error& error, Command command) {
  if (error.reason == kReaderGone) return {};
  if (error.reason == kInterrupted) return "wardwatch: stopped\n";
  std::string message = error.message.empty() ? std::string("no message came with the error") : error.message;
  if (!error.field.empty() && std::string_view(message).substr(0, error.field.size()) != error.field) message = error.field + ": " + message;
  std::vector<std::string> marks;
  if (!error.reason.empty() && error.reason != "BAD_FLAG" && error.reason != kUnreachable) marks.push_back(error.reason);
  if (const std::string flag = FlagOfField(error.field, command); !flag.empty()) marks.push_back("set by " + flag);
  std::string text = "wardwatch: " + Printable(message);
  if (!marks.empty()) text += Printable(fmt::format(" [{}]", fmt::join(marks, ", ")));
  text += '\n';
  if (error.reason == kUnreachable) text += "wardwatch: is wardwatchd running? server/run starts it\n";
  return text;
}

}  // namespace server
