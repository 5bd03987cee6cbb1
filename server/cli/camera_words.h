// The words of answers about cameras, the same in every format.
#pragma once

#include <cstdint>
#include <string>

#include "wardwatch/v1/camera.pb.h"
#include "wardwatch/v1/camera_review.pb.h"

namespace server {

const char* StateWord(wardwatch::v1::CameraState state);    // "working", "faulty", "out"
const char* GradeWord(wardwatch::v1::EvidenceGrade grade);  // "strong", "no effect found"
const char* ReviewWord(wardwatch::v1::ReviewClass review);  // "keep", "repair first", "redeploy", "need not shown", "not judged"
std::string PoundsText(std::int64_t pence);                 // "4,500", "4,500.50"; the unit is said beside it
// "12 home, 0 school" at the level or finer; "none known" where the dataset holds no such places.
std::string PlacesText(const google::protobuf::RepeatedPtrField<wardwatch::v1::PlacesInView>& places, const std::string& level);
// Of every kind together.
std::int64_t PlacesAt(const google::protobuf::RepeatedPtrField<wardwatch::v1::PlacesInView>& places, const std::string& level);
// Hours of the week by their clock alone: "06:00-14:00 31 %, 22:00-06:00 69 %", then the unknown.
std::string BlocksText(const google::protobuf::RepeatedPtrField<wardwatch::v1::BlockWeight>& blocks);

}  // namespace server
