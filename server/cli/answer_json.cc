#include "server/cli/answer_json.h"

#include <google/protobuf/util/json_util.h>

#include "geo/types/check.h"

namespace server {

std::string AnswerJson(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  options.add_whitespace = indented;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  WARDWATCH_CHECK(status.ok(), "{}", status.ToString());
  return json;
}

}  // namespace server
