// Flags, location roles, time windows and workstreams of a manifest: what is taken, and every way to be refused by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/sources/manifest.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

using testing::ElementsAre;

const std::string kHead =
    "[dataset]\nid = 'm'\ntitle = 'M'\nas_at = 2023-01-31\n[[dictionaries]]\nid = 'd'\n"
    "categories = [{id = 'asb', title = 'ASB', crime = false}, {id = 'robbery', title = 'Robbery'}]\n"
    "entries = [{value = 'Noise', category = 'asb'}, {value = 'Robbery', category = 'robbery'}]\n";
const std::string kFlags = "[[flags]]\nid = 'alcohol'\ntitle = 'Drink'\n[[flags]]\nid = 'domestic'\ntitle = 'At home'\n";
const std::string kSource =
    "[[sources]]\nid = 'p'\ntitle = 'P'\nformat = 'csv'\ncrs = 'EPSG:27700'\nfiles = ['a.csv']\ndictionary = 'd'\n"
    "[sources.columns]\ncategory = 'What'\nx = 'E'\ny = 'N'\ndate = 'Date'\n";
const std::string kTold = "[sources.flags]\nalcohol = {column = 'Drink', yes = ['Y'], no = ['N', '']}\ndomestic = false\n";
const std::string kEvening = "[[time_windows]]\nid = 'evening'\ntitle = 'Evening'\nhours = '18:00-24:00'\n";

class ManifestWorkstreams : public testing::Test {
 protected:
  ManifestWorkstreams() { scratch_.write("a.csv", "x\n"); }
  Result<Manifest> parse(const std::string& toml) const { return ParseManifest(toml, scratch_.path()); }
  std::string refusal(const std::string& toml) const {
    const auto parsed = parse(toml);
    return parsed ? "" : parsed.error().reason + (parsed.error().field.empty() ? "" : " ") + parsed.error().field;
  }
  // One workstream with these lines instead of, or beside, sound ones.
  std::string stream(const std::string& lines, const std::string& categories = "robbery = 2\n") const {
    return refusal(kHead + kFlags + kSource + kTold + kEvening + "[[workstreams]]\nid = 'w'\ntitle = 'W'\npriority = 'One'\n" + lines + "\n[workstreams.categories]\n" +
                   categories);
  }
  support::ScratchFolder scratch_;
};

TEST_F(ManifestWorkstreams, FlagsAreNumberedInOrderOfId) {
  const auto manifest = parse(kHead + kFlags + kSource + "location_role = 'incident'\n" + kTold);
  ASSERT_FALSE(manifest);  // the role stands inside [sources.columns]
  EXPECT_EQ(manifest.error().reason, "UNKNOWN_KEY");
  const auto good = parse(kHead + kFlags + kSource + kTold + "[sources.location_role]\ncolumn = 'Whose'\ncomplainant = ['home']\nincident = ['site', '']\n");
  ASSERT_TRUE(good) << good.error().message;
  ASSERT_EQ(good->flags.size(), 3U);
  EXPECT_EQ(good->flags[1].id, kComplainantFlag);
  ASSERT_EQ(good->sources[0].flags.size(), 3U);
  EXPECT_EQ(good->sources[0].flags[0].flag, "alcohol");
  EXPECT_EQ(good->sources[0].flags[0].bit, 0);
  EXPECT_TRUE(good->sources[0].flags[1].drops_position);
  EXPECT_EQ(good->sources[0].flags[2].flag, "domestic");
  EXPECT_EQ(good->sources[0].flags[2].bit, 2);
}

TEST_F(ManifestWorkstreams, BadFlagsAreRefused) {
  const auto flags = [&](const std::string& text) { return refusal(kHead + kFlags + kSource + text); };
  EXPECT_EQ(flags(kTold), "");
  EXPECT_EQ(flags("[sources.flags]\nweapon = true\n"), "UNKNOWN_FLAG sources[0].flags.weapon");
  EXPECT_EQ(flags("[sources.flags]\nalcohol = {column = 'Drink'}\n"), "MISSING_KEY sources[0].flags.alcohol.yes");
  EXPECT_EQ(flags("[sources.flags]\nalcohol = {yes = ['Y']}\n"), "MISSING_KEY sources[0].flags.alcohol.column");
  EXPECT_EQ(flags("[sources.flags]\nalcohol = {column = 'Drink', yes = ['Y'], no = ['Y']}\n"), "NOT_TOGETHER sources[0].flags.alcohol.no");
  EXPECT_EQ(flags("[sources.flags]\nalcohol = 3\n"), "WRONG_TYPE sources[0].flags.alcohol");
  EXPECT_EQ(refusal(kHead + kFlags + kFlags + kSource), "REPEATED_ID flags[2].id");
  EXPECT_EQ(refusal(kHead + "[[flags]]\nid = 'complainant-location'\ntitle = 'X'\n" + kSource), "RESERVED flags[0].id");
  std::string many;
  for (int i = 0; i < 16; ++i) many += "[[flags]]\nid = 'f" + std::to_string(i) + "'\ntitle = 'F'\n";
  EXPECT_EQ(refusal(kHead + many + kSource), "TOO_MANY flags[15]");
  const std::string police = "[[sources]]\nid = 'p'\ntitle = 'P'\nformat = 'police-uk'\nfiles = ['a.csv']\ndictionary = 'd'\n";
  EXPECT_EQ(refusal(kHead + kFlags + police + "[sources.flags]\nalcohol = false\n"), "");
  EXPECT_EQ(refusal(kHead + kFlags + police + "[sources.flags]\nalcohol = {column = 'Drink', yes = ['Y']}\n"), "UNKNOWN_KEY sources[0].flags.alcohol.column");
  EXPECT_EQ(refusal(kHead + police + "location_role = 'complainant'\n"), "");
  EXPECT_EQ(refusal(kHead + police + "location_role = 'offender'\n"), "UNKNOWN_VALUE sources[0].location_role");
}

TEST_F(ManifestWorkstreams, TimeWindows) {
  const auto window = [&](const std::string& lines) { return refusal(kHead + kSource + "[[time_windows]]\nid = 't'\ntitle = 'T'\n" + lines); };
  EXPECT_EQ(window("hours = '20:00-06:00'\ndays = ['thu', 'fri']\nlight = 'dark'\n"), "");
  EXPECT_EQ(window("hours = '20:00'\n"), "BAD_WINDOW time_windows[0].hours");
  EXPECT_EQ(window("hours = '20:00-20:00'\n"), "EMPTY_WINDOW time_windows[0].hours");
  EXPECT_EQ(window("days = []\n"), "EMPTY_WINDOW time_windows[0].days");
  EXPECT_EQ(window("days = ['friday']\n"), "BAD_DAY time_windows[0].days");
  EXPECT_EQ(window("light = 'dim'\n"), "UNKNOWN_VALUE time_windows[0].light");
  EXPECT_EQ(window("dates = []\n"), "OUT_OF_RANGE time_windows[0].dates");
  EXPECT_EQ(window("dates = [{from = 2023-01-09, to = 2023-02-11}]\n"), "");
  EXPECT_EQ(window("dates = [{from = 2023-02-11, to = 2023-02-11}]\n"), "EMPTY_WINDOW time_windows[0].dates[0].to");
  EXPECT_EQ(window("dates = [{from = 2023-01-09, to = 2023-02-11}, {from = 2023-02-10, to = 2023-03-01}]\n"), "OUT_OF_ORDER time_windows[0].dates[1].from");
  EXPECT_EQ(window("dates = [{from = 2023-01-09, to = 2023-02-11}]\nknown_from = 2023-01-10\n"), "BAD_INTERVAL time_windows[0].known_from");
  EXPECT_EQ(refusal(kHead + kSource + kEvening + kEvening), "REPEATED_ID time_windows[1].id");
  const auto read = parse(kHead + kSource + "[[time_windows]]\nid = 't'\ntitle = 'T'\ndates = [{from = 2023-01-09, to = 2023-02-11}]\nknown_to = 2023-04-01\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->time_windows[0].window.dates_known, (Period{DayOf(2023, 1, 9), DayOf(2023, 4, 1)}));
}

TEST_F(ManifestWorkstreams, WorkstreamsAreRefusedByName) {
  EXPECT_EQ(stream(""), "");
  EXPECT_EQ(stream("flags = ['alcohol']\nwithout_flags = ['domestic']\nviews = ['evening']\nlocation_roles = ['incident', 'complainant']"), "");
  EXPECT_EQ(stream("", "piracy = 1\n"), "UNKNOWN_CATEGORY workstreams[0].categories.piracy");
  EXPECT_EQ(stream("", "robbery = -1\n"), "OUT_OF_RANGE workstreams[0].categories.robbery");
  EXPECT_EQ(stream("", "robbery = 0\n"), "WEIGHTS_ARE_ZERO workstreams[0].categories");
  EXPECT_EQ(stream("targeting = false", "robbery = 0\n"), "");
  EXPECT_EQ(stream("", ""), "EMPTY workstreams[0].categories");
  EXPECT_EQ(stream("sources = ['q']"), "UNKNOWN_SOURCE workstreams[0].sources");
  EXPECT_EQ(stream("window = '18:00-18:00'"), "EMPTY_WINDOW workstreams[0].window");
  EXPECT_EQ(stream("time_window = 'evening'"), "");
  EXPECT_EQ(stream("time_window = 'noon'"), "UNKNOWN_TIME_WINDOW workstreams[0].time_window");
  EXPECT_EQ(stream("time_window = 'evening'\nwindow = '18:00-20:00'"), "NOT_TOGETHER workstreams[0].window");
  EXPECT_EQ(stream("views = ['noon']"), "UNKNOWN_TIME_WINDOW workstreams[0].views");
  EXPECT_EQ(stream("flags = ['weapon']"), "UNKNOWN_FLAG workstreams[0].flags");
  EXPECT_EQ(stream("without_flags = ['weapon']"), "UNKNOWN_FLAG workstreams[0].without_flags");
  EXPECT_EQ(stream("location_roles = []"), "EMPTY workstreams[0].location_roles");
  EXPECT_EQ(stream("location_roles = ['offender']"), "UNKNOWN_VALUE workstreams[0].location_roles");
  EXPECT_EQ(stream("denominators = ['dogs']"), "UNKNOWN_DENOMINATOR workstreams[0].denominators");
  EXPECT_EQ(stream("sensitivity = 'secret'"), "BAD_TIER workstreams[0].sensitivity");
  EXPECT_EQ(stream("cell_size_m = 10"), "OUT_OF_RANGE workstreams[0].cell_size_m");
  EXPECT_EQ(stream("minimum_count = 0"), "OUT_OF_RANGE workstreams[0].minimum_count");
  EXPECT_EQ(stream("concern = {share = 0.5}"), "MISSING_KEY workstreams[0].concern.low");
  EXPECT_EQ(stream("concern = {share = 0.5, low = 0.6, high = 0.7}"), "BAD_INTERVAL workstreams[0].concern");
  EXPECT_EQ(stream("colour = 'red'"), "UNKNOWN_KEY workstreams[0].colour");
}

TEST_F(ManifestWorkstreams, IncludesAreTakenInAndNotInCircles) {
  const auto two = [&](const std::string& one, const std::string& other) {
    const auto table = [](const std::string& id, const std::string& lines) { return "[[workstreams]]\nid = '" + id + "'\ntitle = 'T'\npriority = 'One'\n" + lines; };
    return kHead + kSource + table("a", one) + table("b", other);
  };
  EXPECT_EQ(refusal(two("includes = ['b']\n", "includes = ['a']\n")), "CIRCULAR workstreams[1].includes");
  EXPECT_EQ(refusal(two("includes = ['a']\n", "[workstreams.categories]\nrobbery = 1\n")), "CIRCULAR workstreams[0].includes");
  EXPECT_EQ(refusal(two("includes = ['c']\n", "[workstreams.categories]\nrobbery = 1\n")), "UNKNOWN_WORKSTREAM workstreams[0].includes");
  const auto taken = parse(two("includes = ['b']\n[workstreams.categories]\nasb = 1\n", "[workstreams.categories]\nrobbery = 3\nasb = 9\n"));
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_THAT(taken->workstreams[0].entries, ElementsAre(Workstream::Entry{"asb", 1}, Workstream::Entry{"robbery", 3})) << "its own weight stands";
}

}  // namespace
}  // namespace geo
