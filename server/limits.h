// Every cap of the server in one table, each with its reason. A number that bounds a request lives here and nowhere else.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace server::limits {

// Messages. A request names things, and 1 MiB holds 10,000 area codes many times over; only drafts of boundaries are data, with a cap of their own. Answers are
// pages, and a page of 10,000 cells is 3 MiB.
inline constexpr int kRequestBytes = 1 << 20;
inline constexpr int kResponseBytes = 16 << 20;
inline constexpr std::size_t kStreamChunkBytes = 1 << 20;          // never passed
inline constexpr std::size_t kStreamChunkTargetBytes = 256 << 10;  // a chunk is closed here: the first rows reach the client early
inline constexpr std::size_t kPageTargetBytes = 8 << 20;           // a page with shapes is closed here, half of what the wire takes
inline constexpr int kHeaderBytes = 8192;                          // ours are under 1 KiB

// Time. No request may hold a worker for ever: without a deadline it gets the default, and a longer one than the maximum is cut.
inline constexpr std::chrono::seconds kDefaultDeadline{10};
inline constexpr std::chrono::seconds kMaxDeadline{60};
inline constexpr std::chrono::seconds kDrain{30};                // what service managers allow between SIGTERM and SIGKILL
inline constexpr std::chrono::milliseconds kQuiet{50};           // the listener closes when no client has knocked for so long, and no later than
inline constexpr std::chrono::milliseconds kQuietLimit{500};     // this after the last answer
inline constexpr std::chrono::milliseconds kShutdownGrace{250};  // after the drain: for health watchers to hang up
inline constexpr std::chrono::milliseconds kRetryAfterMin{50};
inline constexpr std::chrono::milliseconds kRetryAfterMax{5000};

// Connections. Idle ones are closed and old ones renewed, so that a forgotten client costs nothing; a dead peer is found within 15 s.
inline constexpr int kStreamsPerConnection = 100;
inline constexpr std::chrono::seconds kIdle{300};
inline constexpr std::chrono::hours kConnectionAge{1};
inline constexpr std::chrono::seconds kConnectionAgeGrace{30};
inline constexpr std::chrono::seconds kKeepalive{10};
inline constexpr std::chrono::seconds kKeepaliveTimeout{5};
inline constexpr int kHandshakeMs = 5000;
inline constexpr std::uint64_t kOpenFiles = 8192;  // four times the 2,000 connections that an edge in front may open

// HTTP. Connections: what an edge may open; 64 from one address are many browsers. Clients that send or take a byte at a time hold no more than a connection.
inline constexpr int kHttpThreads = 1;  // carries bytes only; a thread moves far more than two cores can compute
inline constexpr int kHttpConnections = 2000, kHttpConnectionsPerAddress = 64;
inline constexpr int kHttpStreams = 256;                         // answers in pieces; each holds a piece
inline constexpr std::size_t kHttpReadBytes = 64 << 10;          // of one connection, unread
inline constexpr std::size_t kHttpFirstRead = 2048;              // most requests are smaller, and an idle connection costs no more
inline constexpr std::size_t kQueryParameters = 64;
inline constexpr std::size_t kGzipLeast = 1024;                  // under it compression gains nothing
inline constexpr std::chrono::seconds kHttpHeaderTime{5};        // as a handshake
inline constexpr std::chrono::seconds kHttpBodyTime{30};         // 1 MiB over a poor line
inline constexpr std::chrono::milliseconds kHttpLinger{1000};    // for a refused client to read why
inline constexpr std::chrono::milliseconds kAcceptPause{100};

// Work. Refused before it starts, not after.
inline constexpr int kMaxThreads = 256;
inline constexpr int kQueue = 64;                                // about half a second of the slowest usual question on two cores
inline constexpr int kLiveStreams = 32;                          // each holds its row list between chunks
inline constexpr int kLiveSurfaces = 8;                          // each holds up to 36 MB of values between chunks
inline constexpr int kAnswerThreads = 4;                         // of one answer; more would only take them from the answers beside it
inline constexpr std::chrono::milliseconds kProgressEvery{100};  // ten times a second looks smooth, and costs nothing beside the work

// How long before the deadline a search that has an answer at any time ends: what follows it takes 30 ms for a town, and 400 ms for the largest question allowed.
inline constexpr std::chrono::milliseconds kLeastAnswerMargin{100}, kMostAnswerMargin{1000};

inline constexpr std::uintmax_t kMaxConfigBytes = 1 << 20;  // five keys; a device or a log given by mistake must not be read for ever

// Requests.
inline constexpr int kPeriodDays = 3653;  // ten years, three of them leap years
inline constexpr int kMinYear = 1900, kMaxYear = 2199;
inline constexpr int kCategories = 250;  // a category index is one byte
inline constexpr int kSources = 64;
inline constexpr int kAreaCodes = 10'000;  // more than any national set of wards
inline constexpr int kNameBytes = 128;     // [A-Za-z0-9._-]
inline constexpr int kPurposeCharacters = 200;
// Cells are sparse (only occupied ones exist), so their number is bounded by the incidents, not by the extent: only the size is capped.
inline constexpr double kMinCellM = 10, kMaxCellM = 100'000, kDefaultCellM = 250;
// Under 10 m a kernel shows the rounding of positions, over 5 km a district.
inline constexpr double kMinBandwidthM = 10, kMaxBandwidthM = 5000, kDefaultBandwidthM = 500;
// A raster holds every cell of its frame, empty or not: 4 million doubles are 32 MB, and a year of Kent at 50 m is 1.5 million. Its rows are sent whole:
// 100,000 columns keep one under the chunk's cap.
inline constexpr double kMinSurfaceCellM = 1, kMaxSurfaceCellM = 100'000, kDefaultSurfaceCellM = 100;
inline constexpr std::int64_t kSurfaceCells = 4'000'000;
inline constexpr int kSurfaceColumns = 100'000;
inline constexpr double kMaxGridM = 2'000'000;  // what a position in whole millimetres can hold
inline constexpr double kMaxComparisonFloor = 1e9, kDefaultComparisonFloor = 0.1;
// Contours and peaks: as many as a legend and a list can show. No density of incidents is near 1e12 per km2 per year.
inline constexpr int kMaxLevels = 20;
inline constexpr double kMaxContourDensity = 1e12;
inline constexpr int kMaxPeaks = 1000, kDefaultPeaks = 20;
inline constexpr double kMaxPeakDistanceM = 100'000;
// Neighbourhoods: 100 rings are 40,400 neighbours of each cell, where "local" has long ended.
inline constexpr int kMaxRings = 100;
inline constexpr double kMaxNeighbourDistanceM = 100'000;
// Permutations: 99 resolve a p of 0.02, 99,999 one of 0.00002.
inline constexpr int kMinPermutations = 99, kMaxPermutations = 99'999, kDefaultPermutations = 999;
inline constexpr std::int64_t kDefaultSeed = 1;
inline constexpr std::int64_t kKernelPairs = 5'000'000'000;  // points times cells: about 10 s of one core
inline constexpr double kDefaultShare = 0.25;
inline constexpr int kMaxPreviousYears = 10, kDefaultPreviousYears = 2;
inline constexpr double kDefaultFalseDiscoveryRate = 0.05, kMaxFalseDiscoveryRate = 0.5;
// Comparisons of areas. Twelve periods are a year of months or a decade and more of years; ten years of months are what a period may hold.
inline constexpr int kMinPeriods = 2, kMaxPeriods = 12;
inline constexpr int kMinTrendMonths = 3, kMaxTrendMonths = 120;
inline constexpr int kDenominators = 8;                                           // each makes a column of rates and ranks
inline constexpr int kMinDraws = 100, kMaxDraws = 100'000, kDefaultDraws = 2000;  // 100 place a 90 % interval of a rank to one in twenty
inline constexpr int kWorkstreams = 64;                                            // of one question; a plan has nine
inline constexpr double kMaxPlanWeight = 1e6;                                      // sums of weights times points stay exact to a billionth
inline constexpr int kMaxPriorities = 1000, kDefaultPriorities = 20, kDefaultPlanDraws = 1000;
inline constexpr double kMaxCapacityHours = 100'000, kMaxVisitHours = 168, kDefaultVisitHours = 8;  // 600 wardens; a week
inline constexpr int kMaxTeams = 1000, kMaxVisits = 2000;                          // each visit is told
inline constexpr double kDefaultWeightSpread = 0.2, kMaxWeightSpread = 0.9;
inline constexpr int kProfileCells = 1000;
inline constexpr int kWorkstreamNames = 64;                                        // in each list of a definition
inline constexpr int kMaxRevisionPage = 1000, kDefaultRevisionPage = 100;
inline constexpr int kPublishedCounts = 10'000;                                   // as area codes
inline constexpr double kMaxPublishedCount = 1e12;                                // far over every count published, and sums of 10,000 stay exact to 1e-3
inline constexpr double kMaxLeastShare = 0.2, kDefaultLeastShare = 0.005;         // a fifth of a ward is no drawing error
// Drafts travel in the request, which has to stay under 1 MiB with all its other fields; larger ones are loaded as a vintage.
inline constexpr std::size_t kDraftBytes = 768 << 10;
inline constexpr int kDraftAreas = 2000;      // 393 bytes each; a county has 300 wards
inline constexpr int kDraftDepth = 16;        // GeoJSON needs 7; the rest is for properties
// Laying areas over each other keeps every crossing of their outlines: 40,000 take a second and 100 MB. Outlines drawn twice cross once a vertex at most.
inline constexpr std::int64_t kDraftCrossings = 50'000;
inline constexpr int kDraftCodeBytes = 64;    // as the loader's
inline constexpr int kDraftTitleBytes = 256;  // as the loader's
// Where areas of Great Britain and the seas and islands around it can be, as the loader judges files.
inline constexpr double kMinLongitudeDeg = -11, kMaxLongitudeDeg = 4, kMinLatitudeDeg = 48, kMaxLatitudeDeg = 63;
inline constexpr double kSiteBeyondAreasM = 1'000;  // a requested site: beyond, next to nothing that is known can be in view
inline constexpr double kMinEastingM = -200'000, kMaxEastingM = 900'000, kMinNorthingM = -100'000, kMaxNorthingM = 1'400'000;
// Cameras. A town has 2,000 powered columns, which look 8 ways: 16,000 options, whose views take half a second. Three times that, and 300,000 incidents with their
// hour blocks, keep what each sees under 200 MB and a good choice within seconds.
inline constexpr std::size_t kCameraOptions = 50'000;
inline constexpr std::size_t kDemandPoints = 300'000;
inline constexpr int kBearings = 72;                                                // every 5 degrees
inline constexpr int kSiteIds = 5000;
inline constexpr int kPicks = 500;
inline constexpr std::int64_t kMaxCostPence = 100'000'000'000;                      // a thousand million pounds
inline constexpr double kMaxCameraHeightM = 100;
inline constexpr int kDefaultReviewMonths = 12, kMaxReviewMonths = 60;
inline constexpr int kMustCover = 50, kCoverTimes = 10;
inline constexpr int kAlternatives = 50, kFrontierPoints = 50;                      // each is a search of its own
inline constexpr double kMaxAlternativesShare = 0.5;
inline constexpr int kSitingDraws = 1000;                                           // beside a siting; a draw of a town takes 5 ms
inline constexpr int kTestDraws = 2000, kDefaultTestDraws = 200;
inline constexpr int kCameraYears = 10;
inline constexpr double kMinDemandCellM = 10, kMaxDemandCellM = 5000;
inline constexpr std::size_t kDemandCells = 2000;                                   // 400 KB; a town of 250 m squares has 1,500
inline constexpr int kComparablePlaces = 2000;
inline constexpr int kStatedPurposeBytes = 500;
inline constexpr int kRedeployUnits = 50, kQuarters = 8;
inline constexpr double kMaxNeedPerYear = 100'000, kMaxBetterBy = 1000;
inline constexpr int kResponseHotspots = 100, kDefaultResponseHotspots = 5;
inline constexpr std::size_t kDraftFeatureBytes = 384 << 10;                        // two of them, sites and buildings, fit a request
inline constexpr int kDraftSites = 2000;
inline constexpr int kDefaultCameraPage = 500;
inline constexpr int kLiveSearches = 8;                                             // each holds its scene; COIN-OR's solves take turns anyway
inline constexpr int kMaxPage = 10'000, kDefaultCellPage = 1000, kDefaultAreaPage = 500;
inline constexpr std::size_t kFileFeatures = 200'000;          // of a download, which is made in memory: about 100 MB of GeoJSON
inline constexpr int kDefaultItems = 1000, kDefaultHtmlRows = 100;  // of a collection's features; a page for people is read, not processed
inline constexpr int kMaxDatasetPage = 1000, kDefaultDatasetPage = 50;
inline constexpr std::size_t kPageTokenBytes = 256;

// Answers.
inline constexpr std::size_t kNamesInMessage = 20;            // of the things that exist, when one that does not was named
inline constexpr std::size_t kNamesInParameter = 250;         // every category; of area codes the first so many and how many more
// What layers are kept between requests: a year of Kent in cells is 10 MB as a table and as much again to cut tiles from; a surface of Kent at 100 m 10 MB.
inline constexpr std::size_t kTableCacheBytes = 96 << 20, kTileSourceCacheBytes = 96 << 20, kRasterCacheBytes = 96 << 20;
inline constexpr std::size_t kTileCacheBytes = 64 << 20, kFileCacheBytes = 96 << 20;
inline constexpr std::size_t kGeometryCacheBytes = 32 << 20;  // GeoJSON of one national vintage at 20 m detail

}  // namespace server::limits
