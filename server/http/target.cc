#include "server/http/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "server/limits.h"

namespace server::http {
namespace {

geo::Error Bad(std::string_view what) { return {geo::ErrorCode::kInvalidArgument, "", "BAD_TARGET", fmt::format("the request target {}", what)}; }

int Digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> Decoded(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && form) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = Digit(text[i + 1]), low = Digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

// The length of the good UTF-8 sequence at the start (Unicode 15, table 3-7), or 0.
std::size_t Sequence(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto tail = [&](std::size_t i) { return at(i) >= 0x80 && at(i) <= 0xBF; };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return at(1) >= low && at(1) <= high && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return at(1) >= low && at(1) <= high && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

geo::Result<std::string> Segment(std::string_view raw) {
  auto text = Decoded(raw, false);
  if (!text) return geo::Fail(Bad("holds a '%' that two hexadecimal digits do not follow"));
  if (text->empty() || *text == "." || *text == "..") return geo::Fail(Bad("has an empty, \".\" or \"..\" segment; write the path out"));
  if (text->find_first_of("/\\") != std::string::npos) return geo::Fail(Bad("has a slash inside a segment, which no name here has"));
  if (!IsPlainText(*text)) return geo::Fail(Bad("holds control characters, or bytes that are not UTF-8"));
  return *text;
}

geo::Result<void> AddParameters(std::string_view query, Target& target) {
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(part.size() + 1, query.size()));
    const auto equals = part.find('=');
    const auto name = Decoded(part.substr(0, equals), true);
    const auto value = Decoded(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1), true);
    if (!name || !value) return geo::Fail(Bad("holds a '%' that two hexadecimal digits do not follow"));
    if (name->empty()) return geo::Fail(Bad("has a parameter without a name"));
    if (!IsPlainText(*name) || !IsPlainText(*value)) return geo::Fail(Bad("holds control characters, or bytes that are not UTF-8"));
    const auto same = [&](const auto& known) { return known.first == *name; };
    if (std::any_of(target.parameters.begin(), target.parameters.end(), same)) {
      return geo::Fail({geo::ErrorCode::kInvalidArgument, name->substr(0, 40), "REPEATED", "is given twice; give each parameter once"});
    }
    if (target.parameters.size() == limits::kQueryParameters) {
      return geo::Fail(Bad(fmt::format("has more than {} parameters", limits::kQueryParameters)));
    }
    target.parameters.emplace_back(*name, *value);
  }
  return {};
}

}  // namespace

bool IsPlainText(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = Sequence(text);
    const auto first = static_cast<unsigned char>(text[0]);
    if (length == 0 || first < 0x20 || first == 0x7F) return false;
    text.remove_prefix(length);
  }
  return true;
}

geo::Result<Target> ParseTarget(std::string_view text) {
  if (text.empty() || text[0] != '/') return geo::Fail(Bad("does not begin with '/'"));
  if (text.find('#') != std::string_view::npos) return geo::Fail(Bad("holds a '#', which belongs to the client"));
  const std::size_t question = text.find('?');
  std::string_view path = text.substr(0, question);
  Target target;
  if (path != "/") {
    while (!path.empty()) {
      path.remove_prefix(1);
      const std::string_view raw = path.substr(0, path.find('/'));
      auto segment = Segment(raw);
      if (!segment) return geo::Fail(segment.error());
      target.segments.push_back(std::move(*segment));
      path.remove_prefix(raw.size());
    }
  }
  if (question != std::string_view::npos) {
    if (auto added = AddParameters(text.substr(question + 1), target); !added) return geo::Fail(added.error());
  }
  return target;
}

std::string PercentEncoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

}  // namespace server::http
