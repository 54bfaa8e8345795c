#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "core/ledger/ledger.hpp"
#include "core/model/element_json.hpp"
#include "core/model/programme_json.hpp"
#include "core/roadshow/camera.hpp"
#include "core/roadshow/edit_deck.hpp"
#include "core/roadshow/figure.hpp"
#include "core/roadshow/generate_deck.hpp"
#include "tests/core/ledger/boards.hpp"

namespace tc::roadshow {
namespace {

using nlohmann::json;

std::string read(const std::string& path) {
  std::ifstream file(std::string(TONGCHENG_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const Programme& demo() {
  static const Programme programme = *load_programme(read("assets/programmes/demo.json")).value;
  return programme;
}

const matching::Taxonomy& taxonomy() {
  static const matching::Taxonomy words =
      *matching::load_taxonomy(read("assets/taxonomy/clusters.json")).value;
  return words;
}

/// The demonstration programme with another deck, as text; the deck is given as JSON.
Result<Programme> with_deck(const json& deck) {
  json document = json::parse(read("assets/programmes/demo.json"));
  document["decks"] = json::array({deck});
  return load_programme(document.dump());
}

std::set<std::pair<ErrorCode, std::string>> faults(const json& deck) {
  std::set<std::pair<ErrorCode, std::string>> places;
  for (const Error& error : with_deck(deck).errors) places.emplace(error.code, error.pointer);
  return places;
}

TEST(deck, every_fault_has_its_place) {
  const json good = {{"id", "d"},
                     {"title", {{"zh", "演示"}}},
                     {"slides", {{{"id", "a"}, {"kind", "text"}, {"text", {{"zh", "文"}}}}}}};
  EXPECT_TRUE(with_deck(good));
  const auto with_slide = [&good](json slide) {
    json deck = good;
    deck["slides"].push_back(std::move(slide));
    return faults(deck);
  };
  using Set = std::set<std::pair<ErrorCode, std::string>>;
  const std::string at = "/decks/0/slides/1";
  EXPECT_EQ(with_slide({{"id", "a"}, {"kind", "text"}, {"text", {{"zh", "文"}}}}),
            (Set{{ErrorCode::duplicate_id, at + "/id"}}));
  EXPECT_EQ(with_slide({{"id", "b"}, {"kind", "film"}}),
            (Set{{ErrorCode::bad_name, at + "/kind"}, {ErrorCode::missing_member, at}}));
  for (const char* kind : {"view", "title", "text", "figure", "pitch"}) {
    EXPECT_EQ(with_slide({{"id", "b"}, {"kind", kind}}), (Set{{ErrorCode::missing_member, at}}))
        << kind;
  }
  EXPECT_EQ(with_slide({{"id", "b"}, {"kind", "figure"}, {"indicator", "none"}}),
            (Set{{ErrorCode::dangling_reference, at + "/indicator"}}));
  EXPECT_EQ(with_slide({{"id", "b"}, {"kind", "pitch"}, {"result", "R999"}, {"need", "N999"}}),
            (Set{{ErrorCode::dangling_reference, at + "/result"},
                 {ErrorCode::dangling_reference, at + "/need"}}));
  EXPECT_EQ(
      with_slide({{"id", "b"},
                  {"kind", "view"},
                  {"seconds", -1},
                  {"view",
                   {{"page", "any-page"},
                    {"item", "K99"},
                    {"language", "fr"},
                    {"highlights", {1}},
                    {"filters",
                     {{"area", "x"}, {"city", "y"}, {"department", "z"}, {"status", "done"}}}}}}),
      (Set{{ErrorCode::out_of_range, at + "/seconds"},
           {ErrorCode::dangling_reference, at + "/view/item"},
           {ErrorCode::bad_name, at + "/view/language"},
           {ErrorCode::wrong_type, at + "/view/highlights/0"},
           {ErrorCode::bad_name, at + "/view/filters/status"},
           {ErrorCode::dangling_reference, at + "/view/filters/area"},
           {ErrorCode::dangling_reference, at + "/view/filters/city"},
           {ErrorCode::dangling_reference, at + "/view/filters/department"}}));
  json session = good;
  session["session"] = {
      {"pitches", {{{"id", "P"}, {"slide", "a"}}, {{"id", "P"}, {"slide", "none"}}}}};
  EXPECT_EQ(faults(session),
            (Set{{ErrorCode::duplicate_id, "/decks/0/session/pitches/1/id"},
                 {ErrorCode::dangling_reference, "/decks/0/session/pitches/1/slide"}}));
}

TEST(deck, interest_is_in_something_that_is_there) {
  json document = json::parse(read("assets/programmes/demo.json"));
  document["interests"] = {{{"id", "I1"}},
                           {{"id", "I1"}, {"result", "R999"}},
                           {{"id", "I3"}, {"need", "N001"}, {"deck", "thrown-away"}, {"count", 0}}};
  std::set<std::pair<ErrorCode, std::string>> places;
  for (const Error& error : load_programme(document.dump()).errors) {
    places.emplace(error.code, error.pointer);
  }
  EXPECT_EQ(places, (std::set<std::pair<ErrorCode, std::string>>{
                        {ErrorCode::missing_member, "/interests/0"},
                        {ErrorCode::duplicate_id, "/interests/1/id"},
                        {ErrorCode::dangling_reference, "/interests/1/result"},
                        {ErrorCode::out_of_range, "/interests/2/count"}}));
}

TEST(deck, is_written_as_it_was_read) {
  ASSERT_FALSE(demo().decks.empty());
  const Programme again = *load_programme(save_programme(demo())).value;
  EXPECT_TRUE(again.decks == demo().decks);
  EXPECT_TRUE(again.interests == demo().interests);
}

TEST(deck, the_schema_has_the_same_members_and_names) {
  const json schema = json::parse(read("assets/schema/programme.schema.json"));
  const auto names = [&schema](const char* object, const char* member) {
    return schema["$defs"][object]["properties"][member]["enum"].get<std::vector<std::string>>();
  };
  std::vector<std::string> kinds, figures;
  for (const SlideKind kind : kSlideKinds) kinds.emplace_back(name_of(kind));
  for (const ComputedFigure figure : kComputedFigures) figures.emplace_back(name_of(figure));
  EXPECT_EQ(names("slide", "kind"), kinds);
  EXPECT_EQ(names("slide", "computed"), figures);
  // An unknown member's error lists those that are known.
  const auto known = [](const std::string& pointer) {
    json document = json::parse(read("assets/programmes/demo.json"));
    document["decks"] = {{{"id", "d"},
                          {"title", {{"zh", "演"}}},
                          {"slides",
                           {{{"id", "s"},
                             {"kind", "view"},
                             {"view", {{"page", "items"}, {"filters", json::object()}}},
                             {"steps", {json::object()}}}}},
                          {"session", {{"pitches", {{{"id", "p"}, {"slide", "s"}}}}}}}};
    document["interests"] = {{{"id", "i"}, {"need", "N001"}}};
    document[json::json_pointer(pointer)]["nonsense"] = 1;
    const Result<Programme> loaded = load_programme(document.dump());
    for (const Error& error : loaded.errors) {
      if (error.code != ErrorCode::unknown_member) continue;
      std::set<std::string> names;
      std::size_t begin = 0;
      while (begin < error.expected.size()) {
        const std::size_t end = std::min(error.expected.find(", ", begin), error.expected.size());
        names.insert(error.expected.substr(begin, end - begin));
        begin = end + 2;
      }
      return names;
    }
    return std::set<std::string>{};
  };
  for (const auto& [object, pointer] : std::vector<std::pair<const char*, const char*>>{
           {"deck", "/decks/0"},
           {"slide", "/decks/0/slides/0"},
           {"savedView", "/decks/0/slides/0/view"},
           {"viewFilters", "/decks/0/slides/0/view/filters"},
           {"buildStep", "/decks/0/slides/0/steps/0"},
           {"pitchSession", "/decks/0/session"},
           {"pitch", "/decks/0/session/pitches/0"},
           {"interest", "/interests/0"}}) {
    std::set<std::string> described;
    for (const auto& [name, value] : schema["$defs"][object]["properties"].items())
      described.insert(name);
    EXPECT_EQ(described, known(pointer)) << object;
  }
}

// ---------------------------------------------------------------- edits and the ledger

std::vector<std::string> order(const Programme& programme) {
  std::vector<std::string> ids;
  for (const Slide& slide : programme.decks.front().slides) ids.push_back(slide.id);
  return ids;
}

Programme small_board() {
  Programme programme = test::good_programme();
  Deck deck;
  deck.id = "d";
  deck.title = {"演", "demo"};
  for (const char* id : {"a", "b", "c", "d"}) {
    Slide slide;
    slide.id = id;
    slide.title = {id, id};
    slide.text = {"文", "text"};
    deck.slides.push_back(slide);
  }
  deck.session.emplace();
  for (const char* id : {"b", "c"}) {
    Pitch pitch;
    pitch.id = std::string("P-") + id;
    pitch.slide = id;
    deck.session->pitches.push_back(pitch);
  }
  programme.decks.push_back(deck);
  return programme;
}

bool commit(Ledger& board, const Signature& who, std::vector<Change> changes) {
  Draft draft = test::draft_of(who);
  draft.changes = std::move(changes);
  const Result<std::size_t> done = board.commit(std::move(draft));
  for (const Error& error : done.errors)
    ADD_FAILURE() << error.pointer << message(error, Language::en);
  return static_cast<bool>(done);
}

using Ids = std::vector<std::string>;

TEST(deck_edits, slides_move_to_any_place_and_back_by_undo) {
  const Ids original = {"a", "b", "c", "d"};
  for (std::size_t from = 0; from < 4; ++from) {
    for (std::size_t to = 0; to < 4; ++to) {
      if (from == to) continue;
      Ledger board = *Ledger::create(small_board()).value;
      Ids wanted = original;
      wanted.erase(wanted.begin() + static_cast<std::ptrdiff_t>(from));
      wanted.insert(wanted.begin() + static_cast<std::ptrdiff_t>(to), original[from]);
      // A slide that a pitch refers to may leave and come back within one entry.
      ASSERT_TRUE(commit(board, test::hohhot(1), move_slide(board.state().decks[0], from, to)));
      EXPECT_EQ(order(board.state()), wanted) << from << " → " << to;
      EXPECT_TRUE(order(board.state()) == order(test::reopened(board).state()));
      ASSERT_TRUE(board.undo(test::hohhot(2)));
      EXPECT_EQ(order(board.state()), original) << from << " → " << to;
    }
  }
}

TEST(deck_edits, each_touches_only_what_it_changes) {
  Ledger board = *Ledger::create(small_board()).value;
  const auto deck = [&board]() -> const Deck& { return board.state().decks.front(); };
  Slide after = deck().slides[1];
  after.title.en = "better";
  after.seconds = 90;
  const std::vector<Change> changes = change_slide(deck(), 1, after);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].pointer, "/decks/d/slides/b/title");
  EXPECT_EQ(changes[1].pointer, "/decks/d/slides/b/seconds");
  ASSERT_TRUE(commit(board, test::hohhot(1), changes));
  EXPECT_TRUE(deck().slides[1] == after);

  Slide fresh;
  fresh.id = free_slide_id(deck(), "a");
  EXPECT_EQ(fresh.id, "a-2");
  fresh.text = {"新", "new"};
  ASSERT_TRUE(commit(board, test::hohhot(2), add_slide(deck(), fresh, 0)));
  EXPECT_EQ(order(board.state()), (Ids{"a", "a-2", "b", "c", "d"}));
  ASSERT_TRUE(commit(board, test::hohhot(3), remove_slide(deck(), 2)));
  EXPECT_EQ(order(board.state()), (Ids{"a", "a-2", "c", "d"}));
  ASSERT_TRUE(deck().session);
  ASSERT_EQ(deck().session->pitches.size(), 1U);
  ASSERT_TRUE(commit(board, test::hohhot(4), remove_slide(deck(), 2)));
  EXPECT_FALSE(deck().session);
  ASSERT_TRUE(commit(board, test::hohhot(5), rename_deck(deck(), {"新名", ""})));
  EXPECT_EQ(deck().title.zh, "新名");
  ASSERT_TRUE(commit(board, test::hohhot(6), remove_deck(deck())));
  EXPECT_TRUE(board.state().decks.empty());
  while (board.next_undo("Sarana")) ASSERT_TRUE(board.undo(test::hohhot(7)));
  EXPECT_TRUE(board.state() == small_board());
}

TEST(deck_edits, two_people_work_on_one_deck) {
  const Ledger start = *Ledger::create(small_board()).value;
  Ledger ours = start;
  Ledger theirs = start;
  Slide title = start.state().decks[0].slides[0];
  title.title.en = "ours";
  ASSERT_TRUE(commit(ours, test::hohhot(1), change_slide(start.state().decks[0], 0, title)));
  ASSERT_TRUE(commit(ours, test::hohhot(2), move_slide(ours.state().decks[0], 3, 1)));
  Slide notes = start.state().decks[0].slides[0];
  notes.notes.en = "theirs";
  ASSERT_TRUE(commit(theirs, test::baotou(1), change_slide(start.state().decks[0], 0, notes)));
  Interest interest;
  interest.id = "I1";
  Programme with_result = small_board();
  const Result<Ledger> joint = Ledger::merge(ours, theirs);
  ASSERT_TRUE(joint);
  EXPECT_TRUE(joint.value->conflicts().empty());
  const Deck& deck = joint.value->state().decks.front();
  EXPECT_EQ(deck.slides[0].title.en, "ours");
  EXPECT_EQ(deck.slides[0].notes.en, "theirs");
  EXPECT_EQ(order(joint.value->state()), (Ids{"a", "d", "b", "c"}));
}

TEST(deck_edits, interest_is_an_entry_that_matching_can_count) {
  Ledger board = *Ledger::create(demo()).value;
  const int before = interest_in_result(board.state(), "R004");
  Interest interest;
  interest.id = free_interest_id(board.state(), "demo-1");
  EXPECT_EQ(interest.id, "demo-1-2");
  interest.result = "R004";
  interest.need = "N004";
  interest.count = 2;
  interest.deck = "demo-talk";
  interest.party = {"演示企业 40", ""};
  ASSERT_TRUE(commit(board, {"主持人", "hohhot", test::minute(1)}, add_interest(interest)));
  EXPECT_EQ(interest_in_result(board.state(), "R004"), before + 2);
  EXPECT_EQ(interest_in_need(board.state(), "N004"), 1 + 2);
  EXPECT_EQ(board.history("/interests/demo-1-2").size(), 1U);
  interest.id = "dangling";
  interest.result = "R999";
  Draft draft = test::draft_of({"主持人", "hohhot", test::minute(2)});
  draft.changes = add_interest(interest);
  const Result<std::size_t> refused = board.commit(draft);
  ASSERT_EQ(refused.errors.size(), 1U);
  EXPECT_EQ(refused.errors[0].pointer, "/interests/dangling/result");
}

// ---------------------------------------------------------------- generated decks

void expect_valid(Programme programme, const Deck& deck) {
  programme.decks.push_back(deck);
  for (const Error& error : validate(programme)) {
    ADD_FAILURE() << error.pointer << ": " << message(error, Language::en);
  }
  EXPECT_EQ(deck.slides.front().kind, SlideKind::title);
  EXPECT_FALSE(deck.title.zh.empty());
  EXPECT_FALSE(deck.title.en.empty());
}

const Slide* find(const Deck& deck, std::string_view id) {
  const auto found = std::find_if(deck.slides.begin(), deck.slides.end(),
                                  [id](const Slide& slide) { return slide.id == id; });
  return found == deck.slides.end() ? nullptr : &*found;
}

TEST(generate_deck, status_of_the_quarter) {
  DeckOptions options;
  options.as_of = *demo().as_of;
  const Result<Deck> made = generate_deck(demo(), DeckTemplate::quarter_status, options);
  ASSERT_TRUE(made);
  const Deck& deck = *made.value;
  expect_valid(demo(), deck);
  EXPECT_EQ(deck.title.en, "Fourth quarter of 2024: status (demonstration data)");
  EXPECT_NE(deck.title.zh.find("演示数据"), std::string::npos);
  ASSERT_NE(find(deck, "completed"), nullptr);
  EXPECT_EQ(find(deck, "completed")->title.en, "Completed: 4");
  ASSERT_NE(find(deck, "late"), nullptr);
  // The number in the title is what the figure counts.
  Slide late;
  late.computed = ComputedFigure::late;
  const double count = *figure_of(demo(), late, options.as_of)->value;
  EXPECT_EQ(find(deck, "late")->title.en, "Late: " + std::to_string(static_cast<int>(count)));
  ASSERT_NE(find(deck, "next"), nullptr);
  EXPECT_EQ(find(deck, "next")->steps.size(), 5U);
}

TEST(generate_deck, what_a_programme_does_not_say_makes_no_slide) {
  const Programme sourced = *load_programme(read("assets/programmes/hubao-2024.json")).value;
  DeckOptions options;
  options.as_of = *sourced.as_of;
  const Result<Deck> made = generate_deck(sourced, DeckTemplate::quarter_status, options);
  ASSERT_TRUE(made);
  expect_valid(sourced, *made.value);
  for (const char* id : {"late", "next", "roadmap", "schedule"})
    EXPECT_EQ(find(*made.value, id), nullptr) << id;
  EXPECT_EQ(made.value->title.zh.find("演示"), std::string::npos);
  options.taxonomy = &taxonomy();
  const Result<Deck> pitches = generate_deck(sourced, DeckTemplate::ten_results, options);
  ASSERT_EQ(pitches.errors.size(), 1U);
  EXPECT_EQ(pitches.errors[0].code, ErrorCode::empty_value);
  options.alliance = "dairy";
  const Result<Deck> alliance = generate_deck(sourced, DeckTemplate::alliance, options);
  ASSERT_TRUE(alliance);
  expect_valid(sourced, *alliance.value);
}

TEST(generate_deck, one_alliance) {
  DeckOptions options;
  options.as_of = *demo().as_of;
  options.alliance = "new-energy";
  const Result<Deck> made = generate_deck(demo(), DeckTemplate::alliance, options);
  ASSERT_TRUE(made);
  expect_valid(demo(), *made.value);
  const Slide* chain = find(*made.value, "chain");
  ASSERT_NE(chain, nullptr);
  EXPECT_EQ(chain->steps.size(), 6U);
  EXPECT_EQ(find(*made.value, "network")->view->highlights, Ids{"new-energy"});
  for (const Slide& slide : made.value->slides) {
    if (slide.kind != SlideKind::pitch) continue;
    const auto result =
        std::find_if(demo().results.begin(), demo().results.end(),
                     [&slide](const ResearchResult& each) { return each.id == slide.result; });
    EXPECT_EQ(result->cluster, IndustryCluster::new_energy);
  }
  options.alliance = "no-such";
  const Result<Deck> none = generate_deck(demo(), DeckTemplate::alliance, options);
  ASSERT_EQ(none.errors.size(), 1U);
  EXPECT_EQ(none.errors[0].code, ErrorCode::dangling_reference);
}

TEST(generate_deck, ten_results_to_ten_firms) {
  DeckOptions options;
  options.as_of = *demo().as_of;
  options.taxonomy = &taxonomy();
  const Result<Deck> made = generate_deck(demo(), DeckTemplate::ten_results, options);
  ASSERT_TRUE(made);
  const Deck& deck = *made.value;
  expect_valid(demo(), deck);
  ASSERT_TRUE(deck.session);
  ASSERT_EQ(deck.session->pitches.size(), 10U);
  std::set<std::string> results, firms;
  for (const Pitch& pitch : deck.session->pitches) {
    const Slide* slide = find(deck, pitch.slide);
    ASSERT_NE(slide, nullptr);
    results.insert(slide->result);
    const auto need = std::find_if(demo().needs.begin(), demo().needs.end(),
                                   [slide](const Need& each) { return each.id == slide->need; });
    ASSERT_NE(need, demo().needs.end());
    EXPECT_TRUE(is_open(need->posted, need->deadline, options.as_of)) << need->id;
    firms.insert(need->firm.zh);
  }
  EXPECT_EQ(results.size(), 10U);
  EXPECT_EQ(firms.size(), 10U);
}

TEST(figure, computed_and_reported_figures) {
  Slide slide;
  slide.kind = SlideKind::figure;
  const auto value = [&slide](ComputedFigure figure) {
    slide.computed = figure;
    return *figure_of(demo(), slide, *demo().as_of)->value;
  };
  EXPECT_EQ(value(ComputedFigure::items), 30);
  EXPECT_EQ(value(ComputedFigure::completed), 4);
  EXPECT_EQ(value(ComputedFigure::staged_results), 26);
  EXPECT_EQ(value(ComputedFigure::results), 120);
  EXPECT_EQ(value(ComputedFigure::interest), 4);
  slide.computed.reset();
  slide.indicator = "instruments";
  const std::optional<Figure> reported = figure_of(demo(), slide, *demo().as_of);
  ASSERT_TRUE(reported);
  EXPECT_EQ(reported->value, 136);
  EXPECT_FALSE(reported->computed);
  slide.indicator = "gone";
  EXPECT_FALSE(figure_of(demo(), slide, *demo().as_of));
}

// ---------------------------------------------------------------- cameras

TEST(camera, moves_numbers_and_keeps_the_rest) {
  EXPECT_EQ(between("from=0 to=100 by=area", "from=10 to=200 by=city", 0.5),
            "from=5 to=150 by=city");
  EXPECT_EQ(between("", "from=10", 0.5), "from=10");
  EXPECT_EQ(between("a=1", "a=2", 2), "a=2");
  EXPECT_TRUE(can_move("from=0 by=area", "from=9 by=area"));
  EXPECT_FALSE(can_move("from=0 by=area", "from=9 by=city"));
  EXPECT_FALSE(can_move("", "from=9"));
  EXPECT_FALSE(can_move("from=0", "from=9 to=1"));
  Camera camera;
  put(camera, "x", 20000.125);
  put(camera, "y", -3);
  camera.emplace_back("month", "2025-01");
  const std::string text = write_camera(camera);
  EXPECT_EQ(text, "x=20000.125 y=-3 month=2025-01");
  const Camera again = parse_camera("  " + text + " junk =1 ");
  EXPECT_EQ(again, camera);
  EXPECT_EQ(number_in(again, "x"), 20000.125);
  EXPECT_FALSE(number_in(again, "month"));
  EXPECT_EQ(text_in(again, "month"), "2025-01");
  EXPECT_EQ(ease(0), 0);
  EXPECT_EQ(ease(0.5), 0.5);
  EXPECT_EQ(ease(1), 1);
}

}  // namespace
}  // namespace tc::roadshow
