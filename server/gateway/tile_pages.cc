// Tiles: the bytes, under the two spellings of their address, and what describes them.
#include <fmt/format.h>

#include <array>

#include "geo/layers/palette_png.h"
#include "server/gateway/gateway.h"
#include "server/gateway/layer_params.h"
#include "server/gateway/pages.h"
#include "server/gateway/tile_documents.h"
#include "server/http/gzip.h"
#include "server/limits.h"

namespace server {
namespace {

constexpr std::string_view kMvtType = "application/vnd.mapbox-vector-tile";

// Drawn where a picture shows nothing: some clients take no answer for a fault.
const http::Bytes& ClearPicture(int size) {
  static const auto make = [](int side) {
    const std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    const std::array<geo::Rgb, 2> colours{};
    auto png = geo::PalettePng(side, side, pixels, colours, true);
    return http::MakeBytes(png ? std::move(*png) : std::string());
  };
  static const http::Bytes small = make(256), large = make(512);
  return size == 512 ? large : small;
}

http::Response TileResponse(const KeptBytes& kept, const TileQuestion& asked, const std::string& etag) {
  const bool picture = asked.layer.raster != nullptr;
  http::Response response;
  response.content_type = picture ? "image/png" : std::string(kMvtType);
  response.compressible = !picture;
  response.body = kept.plain ? kept.plain : picture ? ClearPicture(asked.size_px) : nullptr;
  response.gzipped = kept.gzipped;
  response.etag = etag;
  response.rows = kept.rows;
  if (!response.body) {
    response.status = 204;
    response.content_type.clear();
  }
  return response;
}

geo::Result<std::shared_ptr<const KeptBytes>> Draw(LayerStore& layers, const std::shared_ptr<const geo::Snapshot>& snapshot, const TileQuestion& asked,
                                                   const std::string& key, const geo::StopSignal& stop) {
  return layers.tiles.get(snapshot->id, key, stop, [&]() -> geo::Result<std::shared_ptr<const KeptBytes>> {
    auto drawn = DrawTile(layers, snapshot, asked, stop);
    if (!drawn) return geo::Fail(drawn.error());
    auto kept = std::make_shared<KeptBytes>();
    kept->rows = drawn->features;
    if (drawn->bytes.empty()) return std::shared_ptr<const KeptBytes>(std::move(kept));
    if (asked.layer.raster == nullptr && drawn->bytes.size() >= limits::kGzipLeast) kept->gzipped = http::MakeBytes(http::Gzipped(drawn->bytes));
    kept->plain = http::MakeBytes(std::move(drawn->bytes));
    return std::shared_ptr<const KeptBytes>(std::move(kept));
  });
}

// A tile that is kept is answered at once, whatever the workers do.
http::Plan TilePlan(const GatewayRequest& request, const TileQuestion& asked) {
  const std::string etag = EtagOf(request, asked.layer.raster != nullptr ? "png" : "mvt"), key = asked.key();
  if (const auto kept = request.parts.layers.tiles.peek(request.snapshot->id, key)) return Now(TileResponse(*kept, asked, etag), etag);
  http::Plan plan;
  plan.etag = etag;
  plan.work = [request, asked, key, etag](const geo::StopSignal& stop) -> geo::Result<http::Response> {
    const auto kept = Draw(request.parts.layers, request.snapshot, asked, key, stop);
    if (!kept) return geo::Fail(kept.error());
    return TileResponse(**kept, asked, etag);
  };
  return plan;
}

geo::Result<http::Plan> PlanOne(const GatewayRequest& request, QueryReader& query, const AnyLayer& layer, const std::string& zoom, const std::string& x,
                                const std::string& y) {
  TileQuestion asked{layer, {}, {}, 256};
  auto question = TakeLayerQuestion(query, layer);
  if (!question) return geo::Fail(question.error());
  asked.question = std::move(*question);
  if (layer.raster != nullptr) {
    const auto size = query.take_choice("size", {"256", "512"});
    if (!size) return geo::Fail(size.error());
    asked.size_px = *size == "512" ? 512 : 256;
  }
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const auto tile = geo::ParseTile(zoom, x, y);
  if (!tile) return geo::Fail(tile.error());
  asked.tile = *tile;
  return TilePlan(request, asked);
}

// What describes tiles refuses what they refuse, in the same words: a question of the caller's own is put to what the tiles are cut from, which whoever reads
// the description wants next anyway.
template <class Make>
geo::Result<http::Plan> DescriptionPlan(const GatewayRequest& request, QueryReader& query, const AnyLayer& layer, std::string_view medium, Make make) {
  auto question = TakeLayerQuestion(query, layer);
  if (!question) return geo::Fail(question.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const std::string etag = EtagOf(request, medium);
  if (LayerQueryOf(request).empty()) return Now(make(request, layer), etag);
  http::Plan plan;
  plan.etag = etag;
  plan.work = [request, layer, question = std::move(*question), etag, make](const geo::StopSignal& stop) -> geo::Result<http::Response> {
    if (auto open = OpenTiles(request.parts.layers, request.snapshot, layer, question, stop); !open) return geo::Fail(open.error());
    http::Response response = make(request, layer);
    response.etag = etag;
    return response;
  };
  return plan;
}

}  // namespace

geo::Result<http::Plan> PlanTile(const GatewayRequest& request, QueryReader& query) {
  const auto layer = FindLayer(*request.catalogue, request.captured[0], "layerId");
  if (!layer) return geo::Fail(layer.error());
  const std::string& file = request.captured[3];
  const auto row = WithoutEnding(file, layer->raster != nullptr ? ".png" : ".mvt");
  if (!row) return geo::Fail(row.error());
  return PlanOne(request, query, *layer, request.captured[1], request.captured[2], *row);
}

// OGC API - Tiles has the row before the column.
geo::Result<http::Plan> PlanOgcTile(const GatewayRequest& request, QueryReader& query) {
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  const auto medium = TakeMedium(query, request, {{"mvt", std::string(kMvtType), {}}});
  if (!medium) return geo::Fail(medium.error());
  return PlanOne(request, query, AnyLayer{*collection, nullptr}, request.captured[1], request.captured[3], request.captured[2]);
}

geo::Result<http::Plan> PlanTileJson(const GatewayRequest& request, QueryReader& query) {
  const auto layer = FindLayer(*request.catalogue, request.captured[0], "layerId");
  if (!layer) return geo::Fail(layer.error());
  return DescriptionPlan(request, query, *layer, "tilejson", [](const auto& asked, const auto& of) { return JsonResponse(TileJson(asked, of)); });
}

geo::Result<http::Plan> PlanStyle(const GatewayRequest& request, QueryReader& query) {
  const auto id = WithoutEnding(request.captured[0], ".json");
  if (!id) return geo::Fail(id.error());
  const auto layer = FindLayer(*request.catalogue, *id, "layerId");
  if (!layer) return geo::Fail(layer.error());
  return DescriptionPlan(request, query, *layer, "style", [](const auto& asked, const auto& of) { return JsonResponse(MapStyle(asked, of)); });
}

geo::Result<http::Plan> PlanLegend(const GatewayRequest& request, QueryReader& query) {
  const bool svg = request.captured[0].ends_with(".svg");
  const auto id = WithoutEnding(request.captured[0], svg ? ".svg" : ".json");
  if (!id) return geo::Fail(id.error());
  const auto layer = FindLayer(*request.catalogue, *id, "layerId");
  if (!layer) return geo::Fail(layer.error());
  return DescriptionPlan(request, query, *layer, svg ? "svg" : "legend",
                         [svg](const auto&, const auto& of) { return svg ? JsonResponse(LegendSvg(of), "image/svg+xml") : JsonResponse(LegendJson(of)); });
}

geo::Result<http::Plan> PlanMatrixSets(const GatewayRequest& request, QueryReader& query) {
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  return Now(JsonResponse(MatrixSets(request)), EtagOf(request, "json"));
}

geo::Result<http::Plan> PlanMatrixSet(const GatewayRequest& request, QueryReader& query) {
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  if (request.captured[0] != kMatrixSet) {
    return geo::Fail({geo::ErrorCode::kNotFound, "tileMatrixSetId", "UNKNOWN_TILE_MATRIX_SET", "there is one tile matrix set: WebMercatorQuad"});
  }
  return Now(JsonResponse(MatrixSet(request)), EtagOf(request, "json"));
}

geo::Result<http::Plan> PlanTileSets(const GatewayRequest& request, QueryReader& query) {
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  return DescriptionPlan(request, query, {*collection, nullptr}, "json",
                         [](const auto& asked, const auto& of) { return JsonResponse(TileSets(asked, *of.collection)); });
}

geo::Result<http::Plan> PlanTileSet(const GatewayRequest& request, QueryReader& query) {
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  return DescriptionPlan(request, query, {*collection, nullptr}, "json",
                         [](const auto& asked, const auto& of) { return JsonResponse(TileSet(asked, *of.collection)); });
}

geo::Result<http::Plan> PlanWmts(const GatewayRequest& request, QueryReader&) {
  // KVP names are of any case.
  http::Target plain = request.http->target;
  for (auto& [name, value] : plain.parameters) {
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  for (std::size_t i = 0; i < plain.parameters.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (plain.parameters[i].first != plain.parameters[k].first) continue;
      return geo::Fail({geo::ErrorCode::kInvalidArgument, plain.parameters[i].first, "REPEATED", "is given twice; give each parameter once"});
    }
  }
  QueryReader query(plain);
  if (const auto service = query.take("service"); service && *service != "WMTS") {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "service", "UNKNOWN_VALUE", "is not WMTS, which is what there is here"});
  }
  const auto asked = query.take_choice("request", {"GetCapabilities", "GetTile"});
  if (!asked) return geo::Fail(asked.error());
  query.take("version");
  if (*asked == "GetCapabilities") {
    query.take("acceptversions");
    query.take("sections");
    query.take("updatesequence");
    query.take("acceptformats");
    if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
    return Now(JsonResponse(WmtsCapabilities(request), "application/xml"), EtagOf(request, "xml"));
  }
  const auto layer = FindLayer(*request.catalogue, query.take_or_empty("layer"), "layer");
  if (!layer) return geo::Fail(layer.error());
  if (layer->raster == nullptr) return geo::Fail({geo::ErrorCode::kInvalidArgument, "layer", "WRONG_KIND", "has features; WMTS shows raster layers"});
  for (const auto& [name, wanted] : {std::pair{"style", "default"}, {"format", "image/png"}, {"tilematrixset", "WebMercatorQuad"}}) {
    const auto value = query.take(name);
    if (value && !value->empty() && *value != wanted) return geo::Fail(geo::InvalidArgument(name, fmt::format("has one value here: {}", wanted)));
  }
  const std::string zoom = query.take_or_empty("tilematrix"), row = query.take_or_empty("tilerow"), column = query.take_or_empty("tilecol");
  return PlanOne(request, query, *layer, zoom, column, row);
}

geo::Result<http::Plan> PlanWmtsDocument(const GatewayRequest& request, QueryReader& query) {
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  return Now(JsonResponse(WmtsCapabilities(request), "application/xml"), EtagOf(request, "xml"));
}

}  // namespace server
