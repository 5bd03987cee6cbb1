// The kinds that tell what stands: which datasets have them, what their words and ids are, and that a time finds all of them or none.
#include <gmock/gmock.h>

#include <algorithm>

#include "geo/cameras/density_levels.h"
#include "server/codec/position_codec.h"
#include "server/layers/kind_parts.h"
#include "server/layers/kinds.h"
#include "server/layers/layer_store.h"
#include "tests/service/street_town.h"

namespace server {
namespace {

using ::testing::HasSubstr;

const geo::NeverStop kToTheEnd;
constexpr LayerStore::Budgets kBudgets{1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20};

LayerQuestion OfYear(int year) {
  LayerQuestion question;
  question.period = geo::Period::CalendarYear(year);
  return question;
}

TEST(CameraCollections, AreOfDatasetsThatHaveCameras) {
  geo::DrawnDataset bare;
  const auto without = bare.build();
  EXPECT_TRUE(CameraCollections().list(without->datasets[0]).empty());
  EXPECT_TRUE(ViewCollections().list(without->datasets[0]).empty());
  const auto street = service_test::StreetTown().build();
  for (const CollectionKind* kind : {&CameraCollections(), &ViewCollections()}) {
    const auto listed = kind->list(street->datasets[0]);
    ASSERT_EQ(listed.size(), 1u);
    EXPECT_THAT(listed[0].description, HasSubstr("partners alone"));
  }
}

TEST(CameraCollections, HaveOneTimeAndAColourByWholeNumbers) {
  for (const CollectionKind* kind : {&CameraCollections(), &ViewCollections()}) {
    const Schema& schema = kind->schema();
    EXPECT_EQ(std::count_if(schema.properties.begin(), schema.properties.end(), [](const Property& one) { return one.type == ValueType::kTime; }), 1);
    EXPECT_EQ(schema.properties[schema.time].name, "as_at");
    ASSERT_LT(kind->coloured(), schema.properties.size());
    EXPECT_EQ(schema.properties[kind->coloured()].type, ValueType::kWhole);
  }
}

TEST(CameraCollections, TheLegendOfViewsHasTheNamesOfTheStandard) {
  const auto legend = geo::LegendOf(geo::LayerScaleOf(ViewCollections().measure()));
  const auto levels = geo::LevelsOf(geo::DensityTable::k2014);
  ASSERT_EQ(legend.size(), levels.size());
  for (std::size_t i = 0; i < legend.size(); ++i) EXPECT_EQ(legend[i].label, levels[i].name);
}

TEST(CameraCollections, IdsOfSuppliersStayApartInPaths) {
  EXPECT_EQ(FeatureIdOfSuppliers("High St 12"), "High St 12");
  EXPECT_EQ(FeatureIdOfSuppliers("a/b"), "a~1b");
  EXPECT_EQ(FeatureIdOfSuppliers("a~1b"), "a~01b");
}

TEST(CameraCollections, StandingIsOneTableWhateverTimeFindsIt) {
  LayerStore store(kBudgets, 1);
  const auto street = service_test::StreetTown().build();
  const auto catalogue = store.catalogue(street);
  for (const char* id : {"street.cameras", "street.views"}) {
    const auto collection = catalogue->find(id);
    ASSERT_TRUE(collection) << id;
    const auto asked = [&](const char* datetime) { return *MakeLayerQuestion(datetime, "", "", street->datasets[0], true); };
    const auto table = store.open(street, **collection, asked(""), kToTheEnd), later = store.open(street, **collection, asked("2023-01-01/.."), kToTheEnd);
    ASSERT_TRUE(table && later) << id;
    EXPECT_EQ(table->get(), later->get()) << id;
    EXPECT_EQ((*table)->value(0, (*collection)->kind->schema().time), FeatureValue(std::string("2023-12-31T00:00:00Z")));
    const auto never = store.open(street, **collection, asked("2023-06-01"), kToTheEnd);
    ASSERT_TRUE(never) << id;
    EXPECT_EQ((*never)->size(), 0u) << "not the day that they are as at";
    EXPECT_EQ(DaysOf(**collection), (geo::Period{geo::DayOf(2023, 12, 31), geo::DayOf(2024, 1, 1)}));
  }
}

TEST(CameraCollections, IncidentsChooseNoCameras) {
  LayerStore store(kBudgets, 1);
  const auto street = service_test::StreetTown().build();
  const auto catalogue = store.catalogue(street);
  LayerQuestion robbery = OfYear(2023), disorder = OfYear(2023);
  robbery.categories = {"robbery"};
  disorder.workstream = "disorder";
  for (const char* id : {"street.cameras", "street.views"}) {
    const Collection& collection = **catalogue->find(id);
    EXPECT_EQ(store.open(street, collection, robbery, kToTheEnd).error().field, "category");
    EXPECT_EQ(store.open(street, collection, disorder, kToTheEnd).error().field, "workstream");
  }
}

TEST(CameraCollections, ViewsShrinkByLevelAndLieInTheBoxOfTheDataset) {
  LayerStore store(kBudgets, 1);
  const auto street = service_test::StreetTown().build();
  const auto catalogue = store.catalogue(street);
  const Collection& collection = **catalogue->find("street.views");
  const auto opened = store.open(street, collection, OfYear(2023), kToTheEnd);
  ASSERT_TRUE(opened) << opened.error().message;
  const FeatureTable& table = **opened;
  const Schema& schema = collection.kind->schema();
  const auto number = [&](std::size_t i, const char* name) { return std::get<double>(table.value(i, schema.find(name))); };
  ASSERT_GT(table.size(), 4u);
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_GT(number(i, "area_m2"), 0);
    if (i > 0 && table.value(i, 0) == table.value(i - 1, 0)) {
      EXPECT_LE(number(i, "area_m2"), number(i - 1, "area_m2") * (1 + 1e-9));
      EXPECT_GT(number(i, "pixels_per_m"), number(i - 1, "pixels_per_m"));
    }
    for (const geo::GridPoint corner : {table.bounds(i).low, table.bounds(i).high}) {
      const auto degrees = DegreesOf(corner);
      ASSERT_TRUE(degrees);
      EXPECT_TRUE(degrees->longitude_deg > collection.bbox_deg[0] && degrees->longitude_deg < collection.bbox_deg[2]);
      EXPECT_TRUE(degrees->latitude_deg > collection.bbox_deg[1] && degrees->latitude_deg < collection.bbox_deg[3]);
    }
    EXPECT_TRUE(table.find(table.feature(i)->id));
  }
  EXPECT_THAT(table.context().method(), HasSubstr("EN IEC 62676-4:2014"));
  EXPECT_THAT(table.context().method(), HasSubstr("of 1 of 2 cameras the bearing is not known"));
}

}  // namespace
}  // namespace server
