// The kinds of collections, each of one file.
#pragma once

#include "server/layers/collection.h"

namespace server {

const CollectionKind& WardCollections();      // the areas of a vintage with their counts, rates and verdicts
const CollectionKind& CellCollections();      // every cell with an incident
const CollectionKind& HotspotCollections();   // the hot cells
const CollectionKind& ContourCollections();   // named regions of the density surface
const CollectionKind& ClusterCollections();   // neighbouring cells that are more than chance, as one shape
const CollectionKind& IncidentCollections();  // the rows themselves
const CollectionKind& CameraCollections();    // the register of cameras
const CollectionKind& ViewCollections();      // the ground that each camera sees, by level of detail

}  // namespace server
