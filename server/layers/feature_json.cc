#include "server/layers/feature_json.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "geo/sources/text_check.h"
#include "server/codec/position_codec.h"

namespace server {
namespace {

void AppendEscaped(unsigned char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
  }
}

struct ValueWriter {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool flag) const { out += flag ? "true" : "false"; }
  void operator()(std::int64_t whole) const { fmt::format_to(std::back_inserter(out), "{}", whole); }
  void operator()(double number) const {
    // JSON has no infinity: what has no bound is not said.
    std::isfinite(number) ? static_cast<void>(fmt::format_to(std::back_inserter(out), "{}", number)) : static_cast<void>(out += "null");
  }
  void operator()(const std::string& text) const { AppendJsonText(text, out); }
};

}  // namespace

void AppendJsonText(std::string_view text, std::string& out) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
      AppendEscaped(c, out);
      ++i;
    } else if (c < 0x80) {
      out += text[i++];
    } else if (const std::size_t length = geo::SequenceLength(text.substr(i)); length > 0) {
      out.append(text, i, length);
      i += length;
    } else {
      out += "\xEF\xBF\xBD";
      ++i;
    }
  }
  out += '"';
}

FeatureJson::FeatureJson(const Schema& schema, LayerCrs crs) : schema_(schema), crs_(crs) {
  for (const Property& property : schema.properties) {
    std::string name;
    AppendJsonText(property.name, name);
    names_.push_back(name + ":");
  }
}

geo::Result<void> FeatureJson::append(const Feature& feature, std::string_view members, std::string& out) const {
  out += R"({"type":"Feature","id":)";
  AppendJsonText(feature.id, out);
  out += R"(,"geometry":)";
  const CoordinateForm form{crs_ == LayerCrs::kCrs84, schema_.degree_decimals};
  geo::Result<void> written;
  if (const auto* point = std::get_if<geo::GridPoint>(&feature.geometry)) {
    written = AppendGeometry(*point, form, out);
  } else if (const auto* shape = std::get_if<std::shared_ptr<const geo::MultiPolygon>>(&feature.geometry)) {
    written = AppendGeometry(**shape, form, out);
  } else {
    out += "null";
  }
  if (!written) return written;
  out += R"(,"properties":{)";
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (i > 0) out += ',';
    out += names_[i];
    std::visit(ValueWriter{out}, feature.values[i]);
  }
  out += '}';
  out += members;
  out += '}';
  return {};
}

}  // namespace server
