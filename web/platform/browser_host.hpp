#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "web/ui/host.hpp"

namespace tc::web {

/// The page around the canvas, as the interface sees it. Everything is handed on to host.js.
class BrowserHost final : public ui::Host {
 public:
  void choose_file() override;
  void load_shipped(std::string_view id) override;
  void opened() override;
  void give_up() override;
  void save_file(std::string_view name, std::string_view mime, std::string_view bytes) override;
  void save_board(std::string_view name, std::string_view text) override;
  void save_workbook(std::string_view name, std::string_view workbook) override;
  void save_picture(std::string_view name, std::string_view svg) override;
  void open_link(std::string_view url) override;
  void remember(std::string_view key, std::string_view value) override;
  void show_address(std::string_view link, bool step) override;
  void copy_address(std::string_view link) override;
  std::int64_t now() override;
  void keep(std::string_view board, std::string_view title, std::string_view text,
            bool whole) override;
  void open_kept(std::string_view board) override;
  Date today() override;
  void load_initials() override;
  void set_page(std::string_view title, Language language) override;
  std::vector<std::uint32_t> collate(const std::vector<std::string_view>& texts,
                                     Language language) override;
  void full_screen(bool on) override;
  void begin_tour(std::string_view purpose) override;
  void presenting(std::string_view state) override;
  void capture(std::string_view purpose, std::size_t slide, std::size_t of,
               std::string_view about) override;
  void ring(int times) override;
  void save_page(std::string_view name, std::string_view board) override;

  /// Whether this frame is to be kept as a picture, so that it has to be drawn.
  bool take_captured() { return std::exchange(captured_, false); }

 private:
  bool captured_ = false;
};

}  // namespace tc::web
