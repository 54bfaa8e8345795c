#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "web/ui/host.hpp"

namespace tc::web {

/// The page around the canvas, as the interface sees it. Everything is handed on to host.js.
class BrowserHost final : public ui::Host {
 public:
  void choose_file() override;
  void load_shipped(std::string_view id) override;
  void save_file(std::string_view name, std::string_view mime, std::string_view bytes) override;
  void save_board(std::string_view name, std::string_view text) override;
  void save_workbook(std::string_view name, std::string_view workbook) override;
  void save_picture(std::string_view name, std::string_view svg) override;
  void open_link(std::string_view url) override;
  void remember(std::string_view key, std::string_view value) override;
  std::int64_t now() override;
  void keep(std::string_view board, std::string_view title, std::string_view text,
            bool whole) override;
  void open_kept(std::string_view board) override;
  Date today() override;
  void set_page(std::string_view title, Language language) override;
  std::vector<std::uint32_t> collate(const std::vector<std::string_view>& texts,
                                     Language language) override;
};

}  // namespace tc::web
