#include "server/codec/evidence_forms.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/change/verdict.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr const char* kPassport = "Passport to Compliance, stage 1";
constexpr const char* kAssessment = "Data protection impact assessment";
constexpr const char* kCode = "Surveillance Camera Code";

std::string Percent(double share) { return fmt::format("{:.1f} %", 100 * share); }  // 499 of 500 is not 100 %

class Forms {
 public:
  Forms(const SiteEvidenceCall& call, const GatheredEvidence& gathered, google::protobuf::RepeatedPtrField<v1::FormField>& out)
      : call_(call), scene_(gathered.asked.scene), answer_(gathered.answer), out_(out) {}

  void fill() {
    purpose();
    add(kPassport, "What is the nature, scale and extent of the problem?", need());
    add(kPassport, "Is it already occurring, and does it last?", lasting());
    add(kPassport, "When does it occur; is it short-term, seasonal or long-term?", hours());
    to_fill(kPassport, "What causes it?", "counts of incidents do not tell causes; the requester and the police have to");
    add(kPassport, "How severe is it, and who is affected?", categories());
    add(kAssessment, "Whom would the camera take in?", intrusion());
    add(kAssessment, "Is it necessary and proportionate; is there a less intrusive way?", alternatives());
    add(kAssessment, "How sure is it that the camera sees what it is for?", robustness());
    to_fill(kAssessment, "Who was consulted?", "residents and the data protection officer have to be; the answer is theirs");
    add(kCode, "Does a camera work for this?", evidence());
    add(kCode, "Is somebody watching?", watched());
    add(kCode, "When is the need reviewed?", fmt::format("on {}", geo::FormatDay(answer_.certificate.review_on)));
  }

 private:
  void add(const char* form, const char* question, std::string text, bool open = false) {
    v1::FormField& field = *out_.Add();
    field.set_form(form);
    field.set_question(question);
    field.set_answer(std::move(text));
    field.set_to_be_filled_in(open);
  }
  void to_fill(const char* form, const char* question, const char* who) { add(form, question, std::string("To be filled in: ") + who, true); }

  void purpose() {
    if (call_.stated_purpose.empty()) to_fill(kCode, "What is the specified purpose?", "the requester has to state it, and the pressing need that it meets");
    else add(kCode, "What is the specified purpose?", call_.stated_purpose);
  }

  std::string need() const {
    return fmt::format(
        "{:.1f} incidents in view at {} in {} (95 % {:.1f} to {:.1f}); more than at {} of {} comparable places; {:.1f} of them in view of no working "
        "camera; {:.1f} more lie within reach, behind buildings",
        answer_.need, answer_.certificate.level, geo::FormatPeriod(call_.question.question.filter.period), answer_.need_interval.low,
        answer_.need_interval.high, Percent(answer_.need_percentile), answer_.compared, answer_.marginal, answer_.blind);
  }

  std::string lasting() const {
    if (answer_.years.empty()) return "No whole year of the data was asked about.";
    std::string text = fmt::format("In {} of {} years among the tenth of comparable places with most:", answer_.years_in_top_tenth, answer_.years.size());
    for (const auto& year : answer_.years) text += fmt::format(" {:.1f} in {};", year.need, year.title);
    if (answer_.change) text += fmt::format(" the last against the one before: {}", geo::VerdictWord(answer_.change->verdict));
    return text;
  }

  std::string hours() const {
    const geo::HourFit& fit = answer_.certificate.hours;
    std::size_t most = 0;
    for (std::size_t i = 0; i < fit.by_block.size(); ++i) most = fit.by_block[i] > fit.by_block[most] ? i : most;
    if (fit.by_block.empty() || fit.by_block[most] <= 0) return "The hour of nothing in view is known.";
    return fmt::format("Most of what is in view with a known hour falls on {} ({:.1f}); the hour of {} of it is known", scene_.demand.blocks[most],
                       fit.by_block[most], Percent(fit.known_share));
  }

  std::string categories() const {
    std::string text;
    for (const auto& row : answer_.certificate.evidence.rows)
      text += fmt::format("{}{} {:.1f}", text.empty() ? "In view: " : ", ", scene_.demand.categories[static_cast<std::size_t>(row.category)], row.weight);
    return text.empty() ? "Nothing is in view." : text + ". Incidents do not tell who was affected; the police have to.";
  }

  std::string intrusion() const {
    if (scene_.places.empty()) return "No homes, schools or places of worship are known to the data: somebody has to look.";
    const auto levels = geo::LevelsOf(scene_.table);
    const int level = *geo::FindLevel(scene_.table, call_.query.level, "level");
    std::string text;
    for (std::size_t kind = 0; kind < scene_.place_kinds.size(); ++kind) {
      text += fmt::format("{}{} places of kind \"{}\" at {} or finer, {} in view at all", text.empty() ? "" : "; ",
                          answer_.certificate.intrusion.at(level, static_cast<std::int32_t>(kind)), scene_.place_kinds[kind],
                          levels[static_cast<std::size_t>(level)].name, answer_.certificate.intrusion.at(0, static_cast<std::int32_t>(kind)));
    }
    return text;
  }

  std::string alternatives() const {
    std::string text = answer_.alternatives.empty() ? fmt::format("No other site within {:.0f} m would add more.", call_.query.alternatives_within_m)
                                                    : "Other sites would add more:";
    for (const auto& other : answer_.alternatives) text += fmt::format(" {} ({:.0f} m away) {:.1f};", other.id, other.away_m, other.marginal);
    return text + " Lighting and people are compared by CompareResponses; repair of a standing camera by ReviewCameras.";
  }

  std::string robustness() const {
    if (answer_.draws == 0) return "Not tested.";
    return fmt::format(
        "Positions are known to {:.0f} m (median). Moved within that {} times, the camera adds {:.1f} to {:.1f} (90 %), and no site nearby more in {} of them",
        answer_.certificate.median_precision_m, answer_.draws, answer_.marginal_low, answer_.marginal_high, Percent(answer_.first_share));
  }

  std::string evidence() const {
    if (scene_.evidence.empty()) return "No table of evidence is in force.";
    std::string text =
        fmt::format("{} of what is in view is of kinds for which studies support cameras.", Percent(answer_.certificate.evidence.responsive_share));
    for (const auto& row : answer_.certificate.evidence.rows) {
      text += fmt::format(" {}: {}{};", scene_.demand.categories[static_cast<std::size_t>(row.category)], geo::GradeWord(row.grade),
                          row.caution.empty() ? "" : " (" + row.caution + ")");
    }
    return text;
  }

  std::string watched() const {
    const auto& share = answer_.certificate.hours.monitored_share;
    return share ? fmt::format("In {} of what is in view with a known hour", Percent(*share)) : "It is not stated when somebody watches.";
  }

  const SiteEvidenceCall& call_;
  const geo::CameraScene& scene_;
  const geo::SiteEvidenceAnswer& answer_;
  google::protobuf::RepeatedPtrField<v1::FormField>& out_;
};

}  // namespace

void EncodeForms(const SiteEvidenceCall& call, const GatheredEvidence& gathered, google::protobuf::RepeatedPtrField<v1::FormField>& out) {
  Forms(call, gathered, out).fill();
}

}  // namespace server
