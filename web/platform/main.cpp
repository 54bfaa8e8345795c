// The app in a browser: WebGL, the life cycle, and what host.js calls. host.js decides when a frame
// is drawn; nothing here runs by itself.

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "imgui.h"
#include "imgui_internal.h"
#include "web/platform/browser_host.hpp"
#include "web/platform/canvas_font_loader.hpp"
#include "web/platform/draw_hash.hpp"
#include "web/platform/gl_renderer.hpp"
#include "web/platform/input.hpp"
#include "web/ui/app.hpp"

// clang-format off
EM_JS(void, host_set_cursor, (int cursor), { Module.host.setCursor(cursor); })
EM_JS(void, host_out_of_memory, (), { Module.host.outOfMemory(); })
// clang-format on

namespace tc::web {

namespace {

struct Platform {
  BrowserHost host;
  ui::App app{host};
  GlRenderer renderer;
  float scale = 1;
  double last_frame = 0;
  bool drawable = false;        ///< there is a WebGL context and it isn't lost
  std::uint64_t last_hash = 0;  ///< of the frame on the screen; 0 = none
  ImGuiMouseCursor cursor = ImGuiMouseCursor_COUNT;
  std::string description;
  bool mirrored = false;
  std::uint64_t mirrored_hash = 0;  ///< of the semantics that the mirror has been told of
};

std::unique_ptr<Platform> platform;

/// Without exceptions there is no way back from the middle of an allocation, and going on with a
/// null pointer would write to the bottom of the heap: the page says what has happened, and what
/// was entered is in the browser's store.
void allocate_through_new() {
  std::set_new_handler([] {
    host_out_of_memory();
    std::abort();
  });
  ImGui::SetAllocatorFunctions([](std::size_t size, void*) { return ::operator new(size); },
                               [](void* pointer, void*) { ::operator delete(pointer); });
}

bool create_context() {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.alpha = false;
  attributes.depth = false;
  attributes.antialias = false;
  attributes.majorVersion = 2;
  attributes.enableExtensionsByDefault = false;
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context =
      emscripten_webgl_create_context("#canvas", &attributes);
  return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

void draw(Platform& p) {
  ImDrawData& data = *ImGui::GetDrawData();
  const bool textures_changed = p.renderer.update_textures(data);
  const std::uint64_t now = hash(data);
  if (now == p.last_hash && !textures_changed) return;
  p.last_hash = now;
  p.renderer.draw(data);
}

/// Whether a tooltip is about to appear, although nothing happens meanwhile.
bool waits_for_tooltip(const ImGuiContext& g) {
  if (g.HoverItemDelayId == 0) return false;
  return g.HoverItemUnlockedStationaryId != g.HoverItemDelayId ||
         g.HoverItemDelayTimer < g.Style.HoverDelayNormal;
}

bool moves(const Platform& p, const ImGuiContext& g) {
  const bool fading =
      g.DimBgRatio > 0 && (g.DimBgRatio < 1 || ImGui::GetTopMostPopupModal() == nullptr);
  return p.app.animating() || !g.InputEventsQueue.empty() || fading;
}

}  // namespace

}  // namespace tc::web

using namespace tc;
using namespace tc::web;

extern "C" {

/// Returns 0 when the browser has no WebGL 2.
EMSCRIPTEN_KEEPALIVE int tc_start(int width, int height, float scale, int apple) {
  allocate_through_new();
  if (!create_context()) return 0;
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendPlatformName = "tongcheng_web";
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  init_input(apple != 0);
  platform = std::make_unique<Platform>();
  platform->renderer.create();
  platform->drawable = true;
  platform->scale = scale;
  platform->app.set_fonts(canvas_font_loader());
  platform->app.set_scale(scale);
  return 1;
}

EMSCRIPTEN_KEEPALIVE void tc_resize(int width, int height, float scale) {
  ImGui::GetIO().DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  if (platform->scale != scale) platform->app.set_scale(scale);
  platform->scale = scale;
  platform->last_hash = 0;  // the canvas is blank after it
}

/// Runs one frame; draws it when it is `visible`, that is, not followed by another one at once.
/// Bits of the answer: 1 = the next one is wanted at once, 2 = another one is wanted soon,
/// 4 = `tc_work` has something to do, 8 = the mirror is out of date.
EMSCRIPTEN_KEEPALIVE int tc_frame(double now, int visible) {
  Platform& p = *platform;
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = static_cast<float>(std::clamp((now - p.last_frame) / 1000, 0.001, 0.1));
  p.last_frame = now;
  ImGui::NewFrame();
  p.app.frame();
  const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
  ImGui::Render();
  if (p.host.take_captured()) p.last_hash = 0;  // what is on the screen can't be read any more
  if (p.drawable && visible != 0) draw(p);
  if (cursor != p.cursor) host_set_cursor(cursor);
  p.cursor = cursor;
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  int answer = (moves(p, g) ? 1 : 0) | (waits_for_tooltip(g) ? 2 : 0) | (p.app.has_work() ? 4 : 0);
  if (p.mirrored && visible != 0) {
    const std::uint64_t said = p.app.semantics().hash();
    if (said != p.mirrored_hash) answer |= 8;
    p.mirrored_hash = said;
  }
  return answer;
}

/// A piece of what the frame left to compute; whether there is more.
EMSCRIPTEN_KEEPALIVE int tc_work() {
  return platform->app.work() ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void tc_open(const char* name, const char* bytes, std::size_t size, int kept) {
  platform->app.open(name, {bytes, size}, kept != 0);
}

EMSCRIPTEN_KEEPALIVE void tc_import(const char* name, const char* workbook, int pasted) {
  platform->app.import_table(name, workbook, pasted != 0);
}

EMSCRIPTEN_KEEPALIVE void tc_busy(const char* name, int writing) {
  platform->app.busy(name, writing != 0);
}

EMSCRIPTEN_KEEPALIVE void tc_open_failed(const char* name, const char* detail) {
  platform->app.open_failed(name, detail);
}

EMSCRIPTEN_KEEPALIVE void tc_join(const char* bytes, std::size_t size) {
  platform->app.join({bytes, size});
}

EMSCRIPTEN_KEEPALIVE int tc_receive(const char* lines, std::size_t size) {
  return platform->app.receive({lines, size}) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void tc_keep_again() {
  platform->app.keep_again();
}

EMSCRIPTEN_KEEPALIVE void tc_kept(int good, const char* detail) {
  platform->app.kept(good != 0, detail);
}

EMSCRIPTEN_KEEPALIVE void tc_saved(const char* name, const char* detail) {
  platform->app.saved(name, detail);
}

EMSCRIPTEN_KEEPALIVE void tc_kept_boards(const char* list) {
  platform->app.set_kept_boards(list);
}

EMSCRIPTEN_KEEPALIVE void tc_initials(const char* table) {
  platform->app.set_initials(table);
}

EMSCRIPTEN_KEEPALIVE void tc_restore(const char* key, const char* value) {
  platform->app.restore(key, value);
}

EMSCRIPTEN_KEEPALIVE void tc_talk_command(const char* text) {
  platform->app.talk_command(text);
}

EMSCRIPTEN_KEEPALIVE int tc_presents() {
  return platform->app.presents() ? 1 : 0;
}

/// Milliseconds until a frame is wanted without an event; -1 when none is.
EMSCRIPTEN_KEEPALIVE int tc_wake_after() {
  return platform->app.wake_after().value_or(-1);
}

EMSCRIPTEN_KEEPALIVE void tc_drop_hint(int shown) {
  platform->app.set_drop_hint(shown != 0);
}

EMSCRIPTEN_KEEPALIVE int tc_is_chinese() {
  return platform->app.language() == Language::zh ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE const char* tc_describe() {
  platform->description = platform->app.semantics().to_json(platform->scale);
  return platform->description.c_str();
}

/// Whether the page mirrors what is shown for assistive technology.
EMSCRIPTEN_KEEPALIVE void tc_set_mirrored(int on) {
  platform->mirrored = on != 0;
  platform->mirrored_hash = 0;
  platform->app.read_beyond_sight(on != 0);
}

EMSCRIPTEN_KEEPALIVE const char* tc_mirror() {
  platform->description = platform->app.semantics().mirror();
  return platform->description.c_str();
}

/// `what`: 0 press, 1 focus, 2 set the text.
EMSCRIPTEN_KEEPALIVE void tc_ask(std::uint32_t id, int what, const char* text) {
  platform->app.ask(id, static_cast<ui::Ask>(what), text);
}

EMSCRIPTEN_KEEPALIVE void tc_follow(const char* link) {
  platform->app.follow(link);
}

EMSCRIPTEN_KEEPALIVE void tc_forget_glyphs() {
  forget_glyphs(*ImGui::GetIO().Fonts);
}

EMSCRIPTEN_KEEPALIVE void tc_context_lost() {
  platform->drawable = false;
}

EMSCRIPTEN_KEEPALIVE void tc_context_restored() {
  platform->renderer.forget();
  platform->renderer.create();
  platform->drawable = true;
  platform->last_hash = 0;
}

}  // extern "C"
