// What went wrong, for a person and for a shell.
#pragma once

#include <string>

#include "geo/types/error.h"
#include "server/cli/command_flags.h"

namespace server {

inline constexpr int kExitAnswered = 0;
inline constexpr int kExitNoAnswer = 1;       // the server could not answer, or the answer could not be written
inline constexpr int kExitUsage = 2;          // the question was wrong: a flag here, or INVALID_ARGUMENT from the server
inline constexpr int kExitUnreachable = 3;    // nobody answers at that address
inline constexpr int kExitInterrupted = 130;  // stopped by Ctrl-C or SIGTERM, as shells say it

int ExitCodeOf(const geo::Error& error);

// One or two lines, each beginning "wardwatch: ": message, reason, the flag behind the server's field, and a hint when nobody answers.
std::string ErrorText(const geo::Error& error, Command command = Command::kNone);

}  // namespace server
