#include "server/cli/camera_drawing.h"

#include "wardwatch/v1/camera_review.pb.h"
#include "wardwatch/v1/siting.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

char ReviewMark(api::ReviewClass review) {
  switch (review) {
    case api::REVIEW_CLASS_KEEP:
      return 'k';
    case api::REVIEW_CLASS_REPAIR_FIRST:
      return 'r';
    case api::REVIEW_CLASS_REDEPLOY:
      return 'm';
    case api::REVIEW_CLASS_NEED_NOT_SHOWN:
      return 'n';
    default:
      return '?';
  }
}

}  // namespace

CameraMap MapOf(const api::SitingAnswer& answer) {
  CameraMap map;
  map.cells = &answer.cells();
  map.views = &answer.views();
  map.cell_size_m = answer.cell_size_m();
  map.legend = "1-9 picks in their order, + later ones, c cameras that stand";
  for (const api::CameraView& view : answer.views()) {
    if (view.existing()) map.cameras.push_back({view.position().easting_m(), view.position().northing_m(), 'c'});
  }
  // The first pick is drawn last, over the others.
  for (int i = answer.picks_size() - 1; i >= 0; --i) {
    const api::Position& at = answer.picks(i).position();
    map.cameras.push_back({at.easting_m(), at.northing_m(), i < 9 ? static_cast<char>('1' + i) : '+'});
  }
  return map;
}

CameraMap MapOf(const api::ReviewCamerasResponse& answer) {
  CameraMap map;
  map.cells = &answer.cells();
  map.views = &answer.views();
  map.cell_size_m = answer.cell_size_m();
  map.legend = "k keep, r repair first, m redeploy, n need not shown, ? not judged";
  for (const api::CameraReview& camera : answer.cameras()) {
    map.cameras.push_back({camera.position().easting_m(), camera.position().northing_m(), ReviewMark(camera.review())});
  }
  return map;
}

}  // namespace server
