#include "web/platform/browser_host.hpp"

#include <emscripten/emscripten.h>

#include <algorithm>
#include <string>

// clang-format off
EM_JS(void, host_choose_file, (), { Module.host.chooseFile(); })
EM_JS(void, host_load_shipped, (const char* id, std::size_t length), {
  Module.host.loadShipped(Module.host.text(id, length));
})
EM_JS(void, host_give_up, (), { Module.host.giveUp(); })
EM_JS(void, host_opened, (), { Module.host.hasOpened(); })
EM_JS(void, host_save_file, (const char* name, std::size_t name_length,
                             const char* mime, std::size_t mime_length,
                             const char* bytes, std::size_t length), {
  Module.host.saveFile(Module.host.text(name, name_length), Module.host.text(mime, mime_length),
                       Module.host.bytes(bytes, length));
})
EM_JS(void, host_save_board, (const char* name, std::size_t name_length,
                              const char* text, std::size_t length), {
  Module.host.saveBoard(Module.host.text(name, name_length), Module.host.bytes(text, length));
})
EM_JS(void, host_save_workbook, (const char* name, std::size_t name_length,
                                 const char* workbook, std::size_t length), {
  Module.host.saveWorkbook(Module.host.text(name, name_length),
                           Module.host.text(workbook, length));
})
EM_JS(void, host_save_picture, (const char* name, std::size_t name_length,
                                const char* svg, std::size_t length), {
  Module.host.savePicture(Module.host.text(name, name_length), Module.host.text(svg, length));
})
EM_JS(void, host_open_link, (const char* url, std::size_t length), {
  Module.host.openLink(Module.host.text(url, length));
})
EM_JS(void, host_remember, (const char* key, std::size_t key_length,
                            const char* value, std::size_t length), {
  Module.host.remember(Module.host.text(key, key_length), Module.host.text(value, length));
})
EM_JS(void, host_load_initials, (), { Module.host.loadInitials(); })
EM_JS(void, host_show_address, (const char* link, std::size_t length, int step), {
  Module.host.showAddress(Module.host.text(link, length), step !== 0);
})
EM_JS(void, host_copy_address, (const char* link, std::size_t length), {
  Module.host.copyAddress(Module.host.text(link, length));
})
EM_JS(double, host_now, (), { return Module.host.now(); })
EM_JS(void, host_keep, (const char* board, std::size_t board_length,
                        const char* title, std::size_t title_length,
                        const char* text, std::size_t length, int whole), {
  Module.host.keep(Module.host.text(board, board_length), Module.host.text(title, title_length),
                   Module.host.bytes(text, length).slice(), whole !== 0);
})
EM_JS(void, host_open_kept, (const char* board, std::size_t length), {
  Module.host.openKept(Module.host.text(board, length));
})
EM_JS(int, host_today, (), { return Module.host.today(); })
EM_JS(void, host_set_page, (const char* title, std::size_t length, int chinese), {
  Module.host.setPage(Module.host.text(title, length), chinese !== 0);
})
EM_JS(void, host_collate, (const char* texts, std::size_t length, int chinese,
                           std::uint32_t* ranks, std::size_t count), {
  Module.host.collate(texts, length, chinese !== 0, ranks, count);
})
EM_JS(void, host_full_screen, (int on), { Module.host.fullScreen(on !== 0); })
EM_JS(void, host_begin_tour, (const char* purpose, std::size_t length), {
  Module.host.beginTour(Module.host.text(purpose, length));
})
EM_JS(void, host_presenting, (const char* state, std::size_t length), {
  Module.host.presenting(Module.host.text(state, length));
})
EM_JS(void, host_capture, (const char* purpose, std::size_t purpose_length, std::size_t slide,
                           std::size_t of, const char* about, std::size_t length), {
  Module.host.capture(Module.host.text(purpose, purpose_length), slide, of,
                      Module.host.text(about, length));
})
EM_JS(void, host_ring, (int times), { Module.host.ring(times); })
EM_JS(void, host_save_page, (const char* name, std::size_t name_length,
                             const char* board, std::size_t length), {
  Module.host.savePage(Module.host.text(name, name_length), Module.host.bytes(board, length));
})
// clang-format on

namespace tc::web {

void BrowserHost::choose_file() {
  host_choose_file();
}

void BrowserHost::load_shipped(std::string_view id) {
  host_load_shipped(id.data(), id.size());
}

void BrowserHost::give_up() {
  host_give_up();
}

void BrowserHost::opened() {
  host_opened();
}

void BrowserHost::save_file(std::string_view name, std::string_view mime, std::string_view bytes) {
  host_save_file(name.data(), name.size(), mime.data(), mime.size(), bytes.data(), bytes.size());
}

void BrowserHost::save_board(std::string_view name, std::string_view text) {
  host_save_board(name.data(), name.size(), text.data(), text.size());
}

void BrowserHost::save_workbook(std::string_view name, std::string_view workbook) {
  host_save_workbook(name.data(), name.size(), workbook.data(), workbook.size());
}

void BrowserHost::save_picture(std::string_view name, std::string_view svg) {
  host_save_picture(name.data(), name.size(), svg.data(), svg.size());
}

void BrowserHost::open_link(std::string_view url) {
  host_open_link(url.data(), url.size());
}

void BrowserHost::remember(std::string_view key, std::string_view value) {
  host_remember(key.data(), key.size(), value.data(), value.size());
}

void BrowserHost::show_address(std::string_view link, bool step) {
  host_show_address(link.data(), link.size(), step ? 1 : 0);
}

void BrowserHost::copy_address(std::string_view link) {
  host_copy_address(link.data(), link.size());
}

std::int64_t BrowserHost::now() {
  return static_cast<std::int64_t>(host_now());
}

void BrowserHost::keep(std::string_view board, std::string_view title, std::string_view text,
                       bool whole) {
  host_keep(board.data(), board.size(), title.data(), title.size(), text.data(), text.size(),
            whole ? 1 : 0);
}

void BrowserHost::open_kept(std::string_view board) {
  host_open_kept(board.data(), board.size());
}

Date BrowserHost::today() {
  return {host_today()};
}

void BrowserHost::load_initials() {
  host_load_initials();
}

void BrowserHost::set_page(std::string_view title, Language language) {
  host_set_page(title.data(), title.size(), language == Language::zh ? 1 : 0);
}

std::vector<std::uint32_t> BrowserHost::collate(const std::vector<std::string_view>& texts,
                                                Language language) {
  std::vector<std::uint32_t> ranks(texts.size());
  if (texts.empty()) return ranks;
  // All texts cross over in one piece: a call for each would cost more than the sorting.
  std::size_t length = texts.size() - 1;
  for (const std::string_view text : texts) length += text.size();
  std::string packed;
  packed.reserve(length);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) packed += '\0';
    const std::size_t begin = packed.size();
    packed += texts[i];
    std::replace(packed.begin() + static_cast<std::ptrdiff_t>(begin), packed.end(), '\0', ' ');
  }
  host_collate(packed.data(), packed.size(), language == Language::zh ? 1 : 0, ranks.data(),
               ranks.size());
  return ranks;
}

void BrowserHost::full_screen(bool on) {
  host_full_screen(on ? 1 : 0);
}

void BrowserHost::begin_tour(std::string_view purpose) {
  host_begin_tour(purpose.data(), purpose.size());
}

void BrowserHost::presenting(std::string_view state) {
  host_presenting(state.data(), state.size());
}

void BrowserHost::capture(std::string_view purpose, std::size_t slide, std::size_t of,
                          std::string_view about) {
  captured_ = true;
  host_capture(purpose.data(), purpose.size(), slide, of, about.data(), about.size());
}

void BrowserHost::ring(int times) {
  host_ring(times);
}

void BrowserHost::save_page(std::string_view name, std::string_view board) {
  host_save_page(name.data(), name.size(), board.data(), board.size());
}

}  // namespace tc::web
