// What every answer about cameras carries besides its answer, from geo to the wire.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "geo/placement/certificate.h"
#include "geo/placement/demand_cells.h"
#include "geo/placement/outline_spots.h"
#include "geo/placement/street_scene.h"
#include "wardwatch/v1/camera.pb.h"

namespace server {

// "partners alone: ..."; in every answer about cameras.
extern const char* const kCameraHandling;

wardwatch::v1::CameraState EncodeCameraState(geo::CameraState state);
wardwatch::v1::EvidenceGrade EncodeGrade(geo::EvidenceGrade grade);
void EncodeEvidenceFit(const geo::EvidenceFit& fit, const std::vector<std::string>& categories, wardwatch::v1::EvidenceFit& out);
// `windows`: of the hour blocks.
void EncodeHourFit(const geo::HourFit& fit, const std::vector<geo::TimeOfWeek>& windows, wardwatch::v1::HourFit& out);
// Weights by block, the last of unknown hour; those of nothing are left out.
void EncodeBlocks(const std::vector<double>& weights, const std::vector<geo::TimeOfWeek>& windows, google::protobuf::RepeatedPtrField<wardwatch::v1::BlockWeight>& out);
void EncodeIntrusion(const geo::IntrusionCount& count, const geo::CameraScene& scene, google::protobuf::RepeatedPtrField<wardwatch::v1::PlacesInView>& out);
void EncodeLevels(const std::vector<double>& weights, geo::DensityTable table, google::protobuf::RepeatedPtrField<wardwatch::v1::LevelWeight>& out);
void EncodeRobustness(const geo::RobustnessNote& note, wardwatch::v1::RobustnessNote& out);
// With notes, handling and all.
void EncodeCertificate(const geo::CameraCertificate& certificate, const geo::CameraScene& scene, const std::vector<geo::TimeOfWeek>& windows,
                       const std::vector<geo::SceneNote>& notes, wardwatch::v1::CameraCertificate& out);
void EncodeNotes(const std::vector<geo::SceneNote>& notes, google::protobuf::RepeatedPtrField<wardwatch::v1::CameraNote>& out);
void EncodeLeftOut(const std::vector<geo::SpotLeftOut>& left_out, google::protobuf::RepeatedPtrField<wardwatch::v1::SiteLeftOut>& out);
// Errors: of EncodePosition.
geo::Result<void> EncodeDemandCells(const std::vector<geo::DemandCell>& cells, const geo::CellGrid& grid,
                                    google::protobuf::RepeatedPtrField<wardwatch::v1::DemandCell>& out);
geo::Result<void> EncodeView(const geo::CameraSpot& spot, bool existing, const geo::SpotOutlines& outlines, geo::DensityTable table, wardwatch::v1::CameraView& out);

}  // namespace server
