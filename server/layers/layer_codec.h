// LayerService, between the wire and the layers.
#pragma once

#include <memory>

#include "geo/disclosure/disclosed.h"
#include "geo/types/sha256.h"
#include "server/codec/page_token.h"
#include "server/layers/draw_tile.h"
#include "server/layers/feature_selection.h"
#include "wardwatch/v1/layer_service.pb.h"

namespace server {

// What the calls have in common. They hold the snapshot that they were decoded against.
struct LayerCall {
  std::shared_ptr<const geo::Snapshot> snapshot;
  std::shared_ptr<const Catalogue> catalogue;
  AnyLayer layer;
  LayerQuestion question;
};

struct LayersCall {
  LayerCall layers;
  std::vector<AnyLayer> listed;
  PageWindow page;
};
geo::Result<LayersCall> DecodeListLayers(LayerStore& store, const wardwatch::v1::ListLayersRequest& request, const geo::Snapshot& snapshot);
geo::Result<std::vector<AnyLayer>> ComputeLayers(const LayersCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeListLayers(const LayersCall& call, const geo::Disclosed<std::vector<AnyLayer>>& layers,
                                           wardwatch::v1::ListLayersResponse& response);

struct TileCall {
  LayerCall layer;
  geo::TileId tile;
  int size_px = 256;
};
geo::Result<TileCall> DecodeGetTile(LayerStore& store, const wardwatch::v1::GetTileRequest& request, const geo::Snapshot& snapshot);
geo::Result<DrawnTile> ComputeTile(LayerStore& store, const TileCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeGetTile(const TileCall& call, const geo::Disclosed<DrawnTile>& tile, wardwatch::v1::GetTileResponse& response);

struct FeaturesCall {
  LayerCall layer;
  FeatureSelection selection;
  LayerCrs crs = LayerCrs::kCrs84;
  std::int64_t limit = 0;  // 0: none
};
struct FeatureListing {
  TablePtr table;
  std::vector<std::uint32_t> matched;
};
geo::Result<FeaturesCall> DecodeStreamFeatures(LayerStore& store, const wardwatch::v1::StreamFeaturesRequest& request, const geo::Snapshot& snapshot);
geo::Result<FeatureListing> ComputeFeatures(LayerStore& store, const FeaturesCall& call, const geo::StopSignal& stop);
// The header with the first chunk, the context with the last.
class FeatureChunks {
 public:
  FeatureChunks(FeaturesCall call, geo::Disclosed<FeatureListing> listing) : call_(std::move(call)), listing_(std::move(listing)) {}
  geo::Result<bool> next(wardwatch::v1::StreamFeaturesResponse& chunk, const geo::StopSignal& stop);
  std::int64_t rows() const { return static_cast<std::int64_t>(next_); }

 private:
  geo::Result<void> Encode(std::size_t i, wardwatch::v1::LayerFeature& out) const;

  FeaturesCall call_;
  geo::Disclosed<FeatureListing> listing_;
  std::unique_ptr<geo::Sha256> hash_ = std::make_unique<geo::Sha256>();
  bool begun_ = false;
  std::size_t next_ = 0;
};

struct RasterFileAnswer {
  std::string bytes;
  wardwatch::v1::AnswerContext context;
};
geo::Result<LayerCall> DecodeGetRaster(LayerStore& store, const wardwatch::v1::GetRasterRequest& request, const geo::Snapshot& snapshot);
geo::Result<RasterFileAnswer> ComputeRaster(LayerStore& store, const LayerCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeGetRaster(const LayerCall& call, const geo::Disclosed<RasterFileAnswer>& file, wardwatch::v1::GetRasterResponse& response);

}  // namespace server
