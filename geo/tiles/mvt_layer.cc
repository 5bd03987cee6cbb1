#include "geo/tiles/mvt_layer.h"

#include <bit>
#include <cstring>
#include <iterator>
#include <protozero/pbf_writer.hpp>
#include <protozero/varint.hpp>

#include "geo/types/check.h"

namespace geo {
namespace {

// Field numbers of vector_tile.proto.
constexpr protozero::pbf_tag_type kTileLayer = 3;
constexpr protozero::pbf_tag_type kLayerName = 1, kLayerFeature = 2, kLayerKey = 3, kLayerValue = 4, kLayerExtent = 5, kLayerVersion = 15;
constexpr protozero::pbf_tag_type kFeatureId = 1, kFeatureTags = 2, kFeatureType = 3, kFeatureGeometry = 4;
constexpr protozero::pbf_tag_type kValueText = 1, kValueDouble = 3, kValueUnsigned = 5, kValueSigned = 6, kValueBool = 7;
constexpr char kPointType = 1, kPolygonType = 3;
constexpr std::uint32_t kMoveToOne = (1u << 3) | 1u, kLineTo = 2, kClosePath = (1u << 3) | 7u;
constexpr std::uint32_t kExtent = 4096;

constexpr char Key(protozero::pbf_tag_type field, protozero::pbf_wire_type wire) { return static_cast<char>((field << 3) | static_cast<std::uint32_t>(wire)); }
constexpr auto kVarint = protozero::pbf_wire_type::varint;
constexpr auto kBytes = protozero::pbf_wire_type::length_delimited;

// Room before the layer for its own key and length, filled when the length is known.
constexpr std::size_t kFront = 1 + 5;
constexpr std::size_t kMostFront = 2 + protozero::max_varint_length;

char* PutVarint(char* at, std::uint64_t value) {
  if (value < 0x80) {
    *at = static_cast<char>(value);
    return at + 1;
  }
  return at + protozero::write_varint(at, value);
}

std::size_t BytesOf(std::uint64_t value) { return static_cast<std::size_t>(protozero::length_of_varint(value)); }

}  // namespace

LocalCodes::LocalCodes(std::size_t distinct, std::size_t uses) : direct_(distinct <= 4 * uses + 64) {
  if (direct_) {
    slots_.assign(distinct, 0);
    return;
  }
  const std::size_t size = std::bit_ceil(2 * uses + 16);
  mask_ = static_cast<std::uint32_t>(size - 1);
  slots_.assign(size, 0);
  slot_code_.resize(size);
}

std::uint32_t LocalCodes::of(TileTable::Code code) {
  std::size_t slot = code;
  if (!direct_) {
    // Fibonacci hashing; the table is at most half full as long as no more values come than were said to.
    slot = (code * 0x9E3779B1u >> 7) & mask_;
    while (slots_[slot] != 0 && slot_code_[slot] != code) slot = (slot + 1) & mask_;
    if (slots_[slot] == 0) slot_code_[slot] = code;
  }
  if (slots_[slot] == 0) {
    used_.push_back(code);
    WARDWATCH_CHECK(direct_ || used_.size() < slots_.size(), "{} values", used_.size());
    slots_[slot] = static_cast<std::uint32_t>(used_.size());
  }
  return slots_[slot] - 1;
}

MvtLayer::MvtLayer(std::string_view name, const TileTable& table, std::size_t expected)
    : table_(table), local_(table.distinct_values(), expected * table.columns()), key_(table.columns(), 0) {
  out_.resize(kFront + 64 + name.size() + expected * (16 + 4 * table.columns()));
  begin_ = end_ = kFront;
  char* at = room(2 + 1 + 5 + name.size());
  *at++ = Key(kLayerVersion, kVarint);
  *at++ = 2;
  *at++ = Key(kLayerName, kBytes);
  at = PutVarint(at, name.size());
  std::memcpy(at, name.data(), name.size());
  end_ = static_cast<std::size_t>(at + name.size() - out_.data());
  tail_bytes_ = 1 + BytesOf(kExtent) + kFront;
}

char* MvtLayer::room(std::size_t bytes) {
  if (out_.size() - end_ < bytes) out_.resize(2 * out_.size() + bytes);
  return out_.data() + end_;
}

char* MvtLayer::put_tags(std::uint32_t row, char* at) {
  const auto codes = table_.codes(row);
  // A length below 128 has one byte: true of up to twelve properties, and for more the rest is moved along.
  *at++ = Key(kFeatureTags, kBytes);
  char* const length_at = at++;
  char* const begin = at;
  for (std::size_t column = 0; column < codes.size(); ++column) {
    if (codes[column] == TileTable::kNoValue) continue;
    if (key_[column] == 0) {
      keys_used_.push_back(column);
      key_[column] = static_cast<std::uint32_t>(keys_used_.size());
      const std::size_t size = table_.column(column).size();
      tail_bytes_ += 1 + BytesOf(size) + size;
    }
    const std::size_t before = local_.used().size();
    const std::uint32_t value = local_.of(codes[column]);
    if (local_.used().size() != before) {
      const std::size_t size = table_.value_bytes(codes[column]).size();
      tail_bytes_ += 1 + BytesOf(size) + size;
    }
    at = PutVarint(at, key_[column] - 1);
    at = PutVarint(at, value);
  }
  const auto length = static_cast<std::size_t>(at - begin);
  if (length == 0) return length_at - 1;
  if (length < 128) {
    *length_at = static_cast<char>(length);
    return at;
  }
  std::memmove(begin + 1, begin, length);
  PutVarint(length_at, length);
  return at + 1;
}

// A feature lies at [begin, end) with two bytes free before it for its key and a length of one byte.
void MvtLayer::close_feature(char* begin, char* end) {
  const auto length = static_cast<std::size_t>(end - begin);
  char* const front = out_.data() + end_;
  *front = Key(kLayerFeature, kBytes);
  const std::size_t length_bytes = BytesOf(length);
  if (length_bytes > 1) std::memmove(begin + length_bytes - 1, begin, length);
  PutVarint(front + 1, length);
  end_ += 1 + length_bytes + length;
  ++features_;
}

void MvtLayer::add_point(std::uint32_t row, std::uint32_t x, std::uint32_t y) {
  char* const front = room(kMostFront + 11 + 12 + 10 * table_.columns() + 24);
  char* const begin = front + 2;
  char* at = begin;
  *at++ = Key(kFeatureId, kVarint);
  at = PutVarint(at, table_.id(row));
  at = put_tags(row, at);
  *at++ = Key(kFeatureType, kVarint);
  *at++ = kPointType;
  *at++ = Key(kFeatureGeometry, kBytes);
  char* const length_at = at++;
  *at++ = static_cast<char>(kMoveToOne);
  at = PutVarint(at, std::uint64_t{x} << 1);
  at = PutVarint(at, std::uint64_t{y} << 1);
  *length_at = static_cast<char>(at - length_at - 1);
  close_feature(begin, at);
}

void MvtLayer::add_polygon(std::uint32_t row, std::string_view packed) {
  char* const front = room(kMostFront + 11 + 12 + 10 * table_.columns() + 16 + packed.size());
  char* const begin = front + 2;
  char* at = begin;
  *at++ = Key(kFeatureId, kVarint);
  at = PutVarint(at, table_.id(row));
  at = put_tags(row, at);
  *at++ = Key(kFeatureType, kVarint);
  *at++ = kPolygonType;
  *at++ = Key(kFeatureGeometry, kBytes);
  at = PutVarint(at, packed.size());
  std::memcpy(at, packed.data(), packed.size());
  close_feature(begin, at + packed.size());
}

std::int64_t MvtLayer::most_bytes_of(std::uint32_t row, std::string_view packed) const {
  std::size_t size = kMostFront + 11 + 12 + 16 + packed.size();
  const auto codes = table_.codes(row);
  for (std::size_t column = 0; column < codes.size(); ++column) {
    if (codes[column] != TileTable::kNoValue) size += 10 + 2 * kFront + table_.column(column).size() + table_.value_bytes(codes[column]).size();
  }
  return static_cast<std::int64_t>(size);
}

std::string MvtLayer::finish() && {
  if (features_ == 0) return {};
  out_.resize(end_);
  protozero::pbf_writer layer(out_);
  for (const std::size_t column : keys_used_) layer.add_string(kLayerKey, table_.column(column));
  for (const TileTable::Code code : local_.used()) layer.add_message(kLayerValue, table_.value_bytes(code));
  layer.add_uint32(kLayerExtent, kExtent);
  const std::size_t length = out_.size() - begin_;
  const std::size_t unused = kFront - 1 - BytesOf(length);
  out_[unused] = Key(kTileLayer, kBytes);
  PutVarint(out_.data() + unused + 1, length);
  out_.erase(0, unused);
  return std::move(out_);
}

void PackRings(const LatticeRings& rings, LatticePoint origin, std::string& packed) {
  // At most five bytes a number: two a vertex, three a ring.
  packed.resize(10 * rings.at.size() + 15 * rings.rings());
  char* at = packed.data();
  LatticePoint last = origin;
  const auto step = [&](LatticePoint to) {
    const auto zigzag = [](std::int32_t d) { return (static_cast<std::uint32_t>(d) << 1) ^ static_cast<std::uint32_t>(d >> 31); };
    at = PutVarint(at, zigzag(to.x - last.x));
    at = PutVarint(at, zigzag(to.y - last.y));
    last = to;
  };
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    const auto ring = rings.ring(r);
    *at++ = static_cast<char>(kMoveToOne);
    step(ring[0]);
    at = PutVarint(at, (ring.size() - 1) << 3 | kLineTo);
    for (std::size_t i = 1; i < ring.size(); ++i) step(ring[i]);
    *at++ = static_cast<char>(kClosePath);
  }
  packed.resize(static_cast<std::size_t>(at - packed.data()));
}

std::string EncodeValue(const TileValue& value) {
  std::string bytes;
  protozero::pbf_writer writer(bytes);
  if (const auto* text = std::get_if<std::string>(&value)) writer.add_string(kValueText, *text);
  if (const auto* number = std::get_if<double>(&value)) writer.add_double(kValueDouble, *number == 0 ? 0.0 : *number);  // one zero
  if (const auto* flag = std::get_if<bool>(&value)) writer.add_bool(kValueBool, *flag);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    if (*whole >= 0) {
      writer.add_uint64(kValueUnsigned, static_cast<std::uint64_t>(*whole));
    } else {
      writer.add_sint64(kValueSigned, *whole);
    }
  }
  return bytes;
}

std::string EncodeCells(std::string_view name, std::span<const CountedCell> cells) {
  TileTable table = std::move(TileTable::Make({"cluster", "point_count", "per_km2_year"}).value());
  const TileTable::Code yes = table.code_of(true).value();
  for (const CountedCell& cell : cells) table.add(cell.id, std::vector{yes, table.code_of(cell.count).value(), table.code_of(cell.per_km2_year).value()});
  MvtLayer layer(name, table, cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) layer.add_point(static_cast<std::uint32_t>(i), cells[i].x, cells[i].y);
  return std::move(layer).finish();
}

std::string EncodeLimitNotice(std::string_view name, std::string_view layer, std::int64_t left_out) {
  TileTable table = std::move(TileTable::Make({"layer", "features_left_out"}).value());
  table.add(0, std::vector{table.code_of(std::string(layer)).value(), table.code_of(left_out).value()});
  MvtLayer notice(name, table, 1);
  notice.add_point(0, kExtent / 2, kExtent / 2);
  return std::move(notice).finish();
}

}  // namespace geo
