// A second reader of vector tiles, written from the specification (MVT 2.1) and sharing nothing with the encoder. Throws std::runtime_error for bytes that the
// specification does not allow.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace support {

using ReadValue = std::variant<bool, std::int64_t, double, std::string>;
using MvtRing = std::vector<std::pair<std::int64_t, std::int64_t>>;  // closing vertex left out

struct ReadFeature {
  std::optional<std::uint64_t> id;
  int type = 0;  // 1 point, 3 polygon
  std::map<std::string, ReadValue> properties;
  std::vector<MvtRing> parts;  // a point: one ring of one vertex
};

struct ReadLayer {
  std::string name;
  std::uint32_t version = 0, extent = 4096;
  std::vector<ReadFeature> features;
  std::size_t keys = 0, values = 0;
};

class MvtReader {
 public:
  static std::vector<ReadLayer> Read(std::string_view tile) {
    std::vector<ReadLayer> layers;
    MvtReader reader(tile);
    while (!reader.rest_.empty()) {
      const auto [field, wire] = reader.key();
      Demand(field == 3 && wire == 2, "a tile holds layers alone");
      layers.push_back(Layer(reader.bytes()));
    }
    return layers;
  }

 private:
  explicit MvtReader(std::string_view bytes) : rest_(bytes) {}

  static void Demand(bool good, const char* what) {
    if (!good) throw std::runtime_error(what);
  }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int i = 0; i < 10; ++i) {
      Demand(!rest_.empty(), "cut varint");
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
      if (byte < 0x80) {
        Demand(i == 0 || byte != 0, "a varint longer than it need be");
        return value;
      }
    }
    throw std::runtime_error("endless varint");
  }
  std::pair<std::uint64_t, int> key() {
    const std::uint64_t key = varint();
    return {key >> 3, static_cast<int>(key & 7)};
  }
  std::string_view bytes() {
    const std::uint64_t length = varint();
    Demand(length <= rest_.size(), "cut bytes");
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return taken;
  }
  static std::vector<std::uint32_t> Packed(std::string_view bytes) {
    MvtReader reader(bytes);
    std::vector<std::uint32_t> numbers;
    while (!reader.rest_.empty()) {
      const std::uint64_t number = reader.varint();
      Demand(number <= 0xFFFFFFFFu, "over 32 bits");
      numbers.push_back(static_cast<std::uint32_t>(number));
    }
    return numbers;
  }

  static ReadValue Value(std::string_view bytes) {
    MvtReader reader(bytes);
    const auto [field, wire] = reader.key();
    ReadValue value = false;
    if (field == 1 && wire == 2) {
      value = std::string(reader.bytes());
    } else if (field == 3 && wire == 1) {
      Demand(reader.rest_.size() >= 8, "cut double");
      std::uint64_t bits = 0;
      for (int i = 7; i >= 0; --i) bits = bits << 8 | static_cast<unsigned char>(reader.rest_[static_cast<std::size_t>(i)]);
      value = std::bit_cast<double>(bits);
      reader.rest_.remove_prefix(8);
    } else if ((field == 4 || field == 5) && wire == 0) {
      value = static_cast<std::int64_t>(reader.varint());
    } else if (field == 6 && wire == 0) {
      const std::uint64_t number = reader.varint();
      value = static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
    } else if (field == 7 && wire == 0) {
      value = reader.varint() != 0;
    } else {
      throw std::runtime_error("a value of another kind");
    }
    Demand(reader.rest_.empty(), "a value holds one thing");
    return value;
  }

  static void Geometry(const std::vector<std::uint32_t>& commands, ReadFeature& feature) {
    std::int64_t x = 0, y = 0;
    std::size_t i = 0;
    const auto step = [&] {
      Demand(i + 2 <= commands.size(), "cut geometry");
      const auto zigzag = [](std::uint32_t n) { return static_cast<std::int64_t>(n >> 1) ^ -static_cast<std::int64_t>(n & 1); };
      x += zigzag(commands[i++]);
      y += zigzag(commands[i++]);
    };
    const auto command = [&](std::uint32_t id) {
      Demand(i < commands.size() && (commands[i] & 7) == id, "another command was due");
      return commands[i++] >> 3;
    };
    while (i < commands.size()) {
      Demand(command(1) == 1, "one MoveTo a part");
      step();
      feature.parts.push_back({{x, y}});
      if (feature.type == 1) continue;
      const std::uint32_t lines = command(2);
      Demand(lines >= 2, "a ring has three vertices");
      for (std::uint32_t k = 0; k < lines; ++k) {
        step();
        Demand(feature.parts.back().back() != std::pair(x, y), "a step of no length");
        feature.parts.back().emplace_back(x, y);
      }
      Demand(feature.parts.back().front() != feature.parts.back().back(), "the first vertex is repeated");
      Demand(command(7) == 1, "ClosePath once");
    }
    Demand(feature.type != 1 || feature.parts.size() == 1, "one point");
  }

  static ReadLayer Layer(std::string_view bytes) {
    MvtReader reader(bytes);
    ReadLayer layer;
    std::vector<std::string_view> features;
    std::vector<std::string> keys;
    std::vector<ReadValue> values;
    std::set<std::string> value_bytes;
    while (!reader.rest_.empty()) {
      const auto [field, wire] = reader.key();
      if (field == 15 && wire == 0) {
        layer.version = static_cast<std::uint32_t>(reader.varint());
      } else if (field == 5 && wire == 0) {
        layer.extent = static_cast<std::uint32_t>(reader.varint());
      } else if (field == 1 && wire == 2) {
        layer.name = reader.bytes();
      } else if (field == 2 && wire == 2) {
        features.push_back(reader.bytes());
      } else if (field == 3 && wire == 2) {
        keys.emplace_back(reader.bytes());
      } else if (field == 4 && wire == 2) {
        const std::string_view value = reader.bytes();
        Demand(value_bytes.insert(std::string(value)).second, "a value twice");
        values.push_back(Value(value));
      } else {
        throw std::runtime_error("an unknown field of a layer");
      }
    }
    Demand(layer.version == 2 && !layer.name.empty() && !features.empty(), "a layer has version 2, a name and a feature");
    Demand(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size(), "a key twice");
    layer.keys = keys.size();
    layer.values = values.size();
    for (const std::string_view feature : features) layer.features.push_back(Feature(feature, keys, values));
    return layer;
  }

  static ReadFeature Feature(std::string_view bytes, const std::vector<std::string>& keys, const std::vector<ReadValue>& values) {
    MvtReader reader(bytes);
    ReadFeature feature;
    std::vector<std::uint32_t> tags, geometry;
    while (!reader.rest_.empty()) {
      const auto [field, wire] = reader.key();
      if (field == 1 && wire == 0) {
        feature.id = reader.varint();
      } else if (field == 2 && wire == 2) {
        tags = Packed(reader.bytes());
      } else if (field == 3 && wire == 0) {
        feature.type = static_cast<int>(reader.varint());
      } else if (field == 4 && wire == 2) {
        geometry = Packed(reader.bytes());
      } else {
        throw std::runtime_error("an unknown field of a feature");
      }
    }
    Demand(feature.type == 1 || feature.type == 3, "a point or a polygon");
    Demand(tags.size() % 2 == 0, "an odd number of tags");
    for (std::size_t i = 0; i < tags.size(); i += 2) {
      Demand(tags[i] < keys.size() && tags[i + 1] < values.size(), "a tag beyond the table");
      Demand(feature.properties.emplace(keys[tags[i]], values[tags[i + 1]]).second, "a property twice");
    }
    Geometry(geometry, feature);
    Demand(!feature.parts.empty(), "a feature without geometry");
    return feature;
  }

  std::string_view rest_;
};

// Twice the surveyor's area with y downwards: positive for a shell.
inline std::int64_t TwiceAreaOf(const MvtRing& ring) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto &p = ring[i], &q = ring[(i + 1) % ring.size()];
    sum += p.first * q.second - q.first * p.second;
  }
  return sum;
}

}  // namespace support
