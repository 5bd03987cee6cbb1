#include "server/codec/sound_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace {

using nlohmann::json;

// Walks the document before anything is built of it: bounds its depth, finds keys given twice (of which a reader would silently take one) and where it is
// unsound.
class Soundness final : public nlohmann::json_sax<json> {
 public:
  explicit Soundness(std::string field) : field_(std::move(field)) {}
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    return open_.back().insert(name).second || refuse("REPEATED", fmt::format("has the key {} twice in one object; give it once", Quoted(name)));
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& thrown) override {
    // The library's text quotes the document; its number says what is wrong.
    return refuse("BAD_JSON", fmt::format("is not sound JSON at byte {}: {}", position,
                                          thrown.id == 406 ? "a number is too large" : "it is cut, or not JSON (NaN is not)"));
  }
  geo::Error fault;

 private:
  bool open() {
    open_.emplace_back();
    return open_.size() <= static_cast<std::size_t>(limits::kDraftDepth) ||
           refuse("TOO_DEEP", fmt::format("is nested deeper than {}; leave such properties out", limits::kDraftDepth));
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  bool refuse(const char* reason, std::string message) {
    fault = {geo::ErrorCode::kInvalidArgument, field_, reason, std::move(message)};
    return false;
  }
  const std::string field_;
  std::vector<std::set<std::string>> open_;
};

}  // namespace

geo::Result<json> ReadSoundJson(std::string_view text, const std::string& field) {
  Soundness soundness(field);
  if (!json::sax_parse(text, &soundness)) return geo::Fail(soundness.fault);
  return json::parse(text, nullptr, false);
}

}  // namespace server
