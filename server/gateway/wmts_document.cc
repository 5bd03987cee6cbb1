// WMTS 1.0.0: the raster layers for tools that know no other way to pictures.
#include <fmt/format.h>

#include "server/gateway/html_page.h"
#include "server/gateway/tile_documents.h"

namespace server {
namespace {

std::string LayerOf(const GatewayRequest& request, const RasterLayer& layer) {
  const std::string id = http::PercentEncoded(layer.id);
  return fmt::format(
      "<Layer><ows:Title>{title}</ows:Title><ows:Abstract>{about}</ows:Abstract><ows:WGS84BoundingBox><ows:LowerCorner>{west} {south}</ows:LowerCorner>"
      "<ows:UpperCorner>{east} {north}</ows:UpperCorner></ows:WGS84BoundingBox><ows:Identifier>{name}</ows:Identifier><Style isDefault=\"true\">"
      "<ows:Identifier>default</ows:Identifier><LegendURL format=\"image/svg+xml\" xlink:href=\"{base}/legends/{id}.svg\"/></Style><Format>image/png</Format>"
      "<TileMatrixSetLink><TileMatrixSet>WebMercatorQuad</TileMatrixSet></TileMatrixSetLink><ResourceURL format=\"image/png\" resourceType=\"tile\" "
      "template=\"{base}/tiles/{id}/{{TileMatrix}}/{{TileCol}}/{{TileRow}}.png\"/></Layer>\n",
      fmt::arg("title", Escaped(layer.title)), fmt::arg("about", Escaped(layer.description)), fmt::arg("west", layer.bbox_deg[0]),
      fmt::arg("south", layer.bbox_deg[1]), fmt::arg("east", layer.bbox_deg[2]), fmt::arg("north", layer.bbox_deg[3]), fmt::arg("name", Escaped(layer.id)),
      fmt::arg("id", id), fmt::arg("base", Escaped(request.base)));
}

std::string Matrices() {
  std::string out;
  for (int zoom = 0; zoom <= kDeepestListedZoom; ++zoom) {
    const geo::TileMatrix matrix = geo::MatrixOf(zoom);
    out += fmt::format(
        "<TileMatrix><ows:Identifier>{}</ows:Identifier><ScaleDenominator>{}</ScaleDenominator><TopLeftCorner>{} {}</TopLeftCorner><TileWidth>256</TileWidth>"
        "<TileHeight>256</TileHeight><MatrixWidth>{}</MatrixWidth><MatrixHeight>{}</MatrixHeight></TileMatrix>\n",
        zoom, matrix.scale_denominator, geo::kTileOriginX_m, geo::kTileOriginY_m, matrix.tiles, matrix.tiles);
  }
  return out;
}

std::string Operation(std::string_view name, const std::string& base) {
  return fmt::format(
      "<ows:Operation name=\"{}\"><ows:DCP><ows:HTTP><ows:Get xlink:href=\"{}/wmts?\"><ows:Constraint name=\"GetEncoding\"><ows:AllowedValues><ows:Value>KVP"
      "</ows:Value></ows:AllowedValues></ows:Constraint></ows:Get></ows:HTTP></ows:DCP></ows:Operation>",
      name, Escaped(base));
}

}  // namespace

std::string WmtsCapabilities(const GatewayRequest& request) {
  std::string layers;
  for (const RasterLayer& layer : request.catalogue->rasters) layers += LayerOf(request, layer);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Capabilities xmlns=\"http://www.opengis.net/wmts/1.0\" xmlns:ows=\"http://www.opengis.net/ows/1.1\" "
      "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.0.0\">\n<ows:ServiceIdentification><ows:Title>Wardwatch</ows:Title><ows:ServiceType>OGC WMTS"
      "</ows:ServiceType><ows:ServiceTypeVersion>1.0.0</ows:ServiceTypeVersion></ows:ServiceIdentification>\n<ows:OperationsMetadata>{}{}"
      "</ows:OperationsMetadata>\n<Contents>\n{}<TileMatrixSet><ows:Identifier>WebMercatorQuad</ows:Identifier><ows:SupportedCRS>"
      "urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS><WellKnownScaleSet>urn:ogc:def:wkss:OGC:1.0:GoogleMapsCompatible</WellKnownScaleSet>\n{}</TileMatrixSet>\n"
      "</Contents>\n<ServiceMetadataURL xlink:href=\"{}/wmts/1.0.0/WMTSCapabilities.xml\"/>\n</Capabilities>\n",
      Operation("GetCapabilities", request.base), Operation("GetTile", request.base), layers, Matrices(), Escaped(request.base));
}

}  // namespace server
