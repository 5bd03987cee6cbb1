// Answers as protobuf JSON.
#pragma once

#include <string>

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace server {

// The canonical JSON mapping with the names of the .proto files and every field, set or not; 64-bit integers are strings, as the mapping says. Ends in '\n'
// when `indented`.
std::string AnswerJson(const google::protobuf::Message& message, bool indented);

}  // namespace server
