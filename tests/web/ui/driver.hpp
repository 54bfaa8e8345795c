#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "imgui.h"
#include "web/ui/app.hpp"
#include "web/ui/strings.gen.hpp"

namespace tc::ui::test {

/// Stands in for the browser and remembers what the interface asked of it.
class FakeHost : public Host {
 public:
  void choose_file() override { ++files_chosen; }
  void load_shipped(std::string_view id) override { shipped.emplace_back(id); }
  void opened() override { ++opened_files; }
  void give_up() override { ++given_up; }
  void save_file(std::string_view name, std::string_view, std::string_view bytes) override {
    saved[std::string(name)] = std::string(bytes);
  }
  void save_board(std::string_view name, std::string_view text) override {
    boards_saved[std::string(name)] = std::string(text);
  }
  void save_workbook(std::string_view name, std::string_view workbook) override {
    saved[std::string(name)] = std::string(workbook);
  }
  void save_picture(std::string_view name, std::string_view svg) override {
    pictures[std::string(name)] = std::string(svg);
  }
  void open_link(std::string_view url) override { links.emplace_back(url); }
  void remember(std::string_view key, std::string_view value) override {
    preferences[std::string(key)] = std::string(value);
  }
  void show_address(std::string_view link, bool step) override {
    addresses.emplace_back(link, step);
  }
  void copy_address(std::string_view link) override { addresses_copied.emplace_back(link); }
  std::int64_t now() override { return now_ms += 60'000; }
  void keep(std::string_view board, std::string_view, std::string_view text, bool whole) override {
    std::string& file = kept[std::string(board)];
    if (whole) file.clear();
    file += text;
  }
  void open_kept(std::string_view board) override { kept_opened.emplace_back(board); }
  Date today() override { return *make_date(2024, 6, 30); }
  void load_initials() override { ++initials_asked; }
  void capture(std::string_view, std::size_t slide, std::size_t, std::string_view) override {
    if (on_capture) on_capture(slide);
  }
  void set_page(std::string_view title, Language) override { page_title = title; }
  std::vector<std::uint32_t> collate(const std::vector<std::string_view>& texts, Language) override;

  std::int64_t now_ms = 1'735'603'200'000;  ///< 2024-12-31T00:00:00Z
  std::map<std::string, std::string> kept;
  std::vector<std::string> kept_opened;
  int files_chosen = 0;
  int opened_files = 0;
  int given_up = 0;
  int initials_asked = 0;
  int collations = 0;
  std::vector<std::string> shipped;
  std::map<std::string, std::string> saved;
  std::map<std::string, std::string> boards_saved;
  std::map<std::string, std::string> pictures;
  std::vector<std::string> links;
  std::vector<std::pair<std::string, bool>> addresses;  ///< and whether they are a step
  std::vector<std::string> addresses_copied;
  std::map<std::string, std::string> preferences;
  std::string page_title;
  std::function<void(std::size_t slide)> on_capture;
};

/// Runs the real interface, frame by frame, with simulated input and nothing that draws.
class Driver {
 public:
  explicit Driver(float width = 1440, float height = 900, float scale = 1);
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  App& app() {
    io();
    return *app_;
  }
  FakeHost& host() { return host_; }

  void frames(int count = 3);
  int pieces = 100;  ///< of work, that the host finds time for between two frames
  void resize(float width, float height, float scale = 1);
  /// Opens a programme of the repository by its id.
  void open_shipped(const std::string& id);

  /// The node, or null. Names may be given as texts of the interface.
  const Node* find(Role role, std::string_view name) const;
  const Node* find(Role role, Str name) const { return find(role, text(name)); }
  /// First node of the role whose name begins with `prefix`.
  const Node* find_prefix(Role role, std::string_view prefix) const;
  std::vector<Node> all(Role role) const;
  /// True when any node's name or value contains the text.
  bool shows(std::string_view text) const;
  std::string text(Str text) const { return text_of(text, app_->language()); }

  /// Presses and lets go in the middle of the node; false when it is not there.
  bool click(Role role, std::string_view name);
  bool click(Role role, Str name) { return click(role, text(name)); }
  void click(const Node& node);
  void move(float x, float y);
  void wheel(float lines);
  void type(std::string_view text);
  void key(ImGuiKey key, ImGuiKey modifier = ImGuiKey_None);

  std::size_t vertices() const { return vertices_; }

 private:
  FakeHost host_;
  /// Makes this one's context the current one: several windows may be open at a time.
  ImGuiIO& io();

  ImGuiContext* outer_;  ///< current before
  ImGuiContext* context_;
  std::unique_ptr<App> app_;
  std::size_t vertices_ = 0;
  std::string clipboard_;
};

/// The one board that was kept, as it would be read again. Throws if there is none.
Ledger kept_board(const FakeHost& host);

/// The bytes of a file below the repository's root.
std::string read_file(const std::string& path);

}  // namespace tc::ui::test
