// The app in a browser: WebGL, the life cycle, and what host.js calls. host.js decides when a frame
// is drawn; nothing here runs by itself.

#include <GLES3/gl3.h>
#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "imgui.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"
#include "web/platform/browser_host.hpp"
#include "web/platform/canvas_font_loader.hpp"
#include "web/platform/draw_hash.hpp"
#include "web/platform/input.hpp"
#include "web/ui/app.hpp"

// clang-format off
EM_JS(void, host_set_cursor, (int cursor), { Module.host.setCursor(cursor); })
// clang-format on

namespace tc::web {

namespace {

constexpr const char* kGlsl = "#version 300 es";

struct Platform {
  BrowserHost host;
  ui::App app{host};
  float scale = 1;
  double last_frame = 0;
  bool drawable = false;         ///< there is a WebGL context and it isn't lost
  std::uint64_t last_hash = 0;   ///< of the frame on the screen; 0 = none
  ImGuiMouseCursor cursor = ImGuiMouseCursor_COUNT;
  std::string description;
};

std::unique_ptr<Platform> platform;

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

/// Brings textures up to date. They are sampled without interpolation, which puts each glyph on
/// whole pixels wherever its pen stands.
bool update_textures(ImDrawData& data) {
  bool changed = false;
  for (ImTextureData* texture : *data.Textures) {
    if (texture->Status == ImTextureStatus_OK) continue;
    changed = true;
    const bool fresh = texture->Status == ImTextureStatus_WantCreate;
    ImGui_ImplOpenGL3_UpdateTexture(texture);
    if (!fresh) continue;
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture->GetTexID()));
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glBindTexture(GL_TEXTURE_2D, 0);
  }
  return changed;
}

void draw(Platform& p) {
  ImDrawData& data = *ImGui::GetDrawData();
  const bool textures_changed = update_textures(data);
  const std::uint64_t now = hash(data);
  if (now == p.last_hash && !textures_changed) return;
  p.last_hash = now;
  const ImVec4 colour = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
  glClearColor(colour.x, colour.y, colour.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&data);
}

/// Whether a tooltip is about to appear, although nothing happens meanwhile.
bool waits_for_tooltip(const ImGuiContext& g) {
  if (g.HoverItemDelayId == 0) return false;
  return g.HoverItemUnlockedStationaryId != g.HoverItemDelayId ||
         g.HoverItemDelayTimer < g.Style.HoverDelayNormal;
}

bool moves(const Platform& p, const ImGuiContext& g) {
  const bool fading = g.DimBgRatio > 0 && (g.DimBgRatio < 1 || ImGui::GetTopMostPopupModal() == nullptr);
  return p.app.animating() || !g.InputEventsQueue.empty() || fading;
}

}  // namespace

}  // namespace tc::web

using namespace tc;
using namespace tc::web;

extern "C" {

/// Returns 0 when the browser has no WebGL 2.
EMSCRIPTEN_KEEPALIVE int tc_start(int width, int height, float scale, int apple) {
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
  if (!ImGui_ImplOpenGL3_Init(kGlsl)) return 0;
  platform = std::make_unique<Platform>();
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

/// Draws one frame. Bits of the answer: 1 = draw the next one at once, 2 = draw another one soon.
EMSCRIPTEN_KEEPALIVE int tc_frame(double now) {
  Platform& p = *platform;
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = static_cast<float>(std::clamp((now - p.last_frame) / 1000, 0.001, 0.1));
  p.last_frame = now;
  if (p.drawable) ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  p.app.frame();
  const ImGuiMouseCursor cursor = ImGui::GetMouseCursor();
  ImGui::Render();
  if (p.drawable) draw(p);
  if (cursor != p.cursor) host_set_cursor(cursor);
  p.cursor = cursor;
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return (moves(p, g) ? 1 : 0) | (waits_for_tooltip(g) ? 2 : 0);
}

EMSCRIPTEN_KEEPALIVE void tc_open(const char* name, const char* bytes, std::size_t size) {
  platform->app.open(name, {bytes, size});
}

EMSCRIPTEN_KEEPALIVE void tc_open_failed(const char* name, const char* detail) {
  platform->app.open_failed(name, detail);
}

EMSCRIPTEN_KEEPALIVE void tc_restore(const char* key, const char* value) {
  platform->app.restore(key, value);
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

EMSCRIPTEN_KEEPALIVE void tc_forget_glyphs() {
  forget_glyphs(*ImGui::GetIO().Fonts);
}

EMSCRIPTEN_KEEPALIVE void tc_context_lost() {
  platform->drawable = false;
}

EMSCRIPTEN_KEEPALIVE void tc_context_restored() {
  // The old context's objects are gone; this forgets their names and asks for all textures anew.
  ImGui_ImplOpenGL3_Shutdown();
  platform->drawable = ImGui_ImplOpenGL3_Init(kGlsl);
  platform->last_hash = 0;
}

}  // extern "C"
