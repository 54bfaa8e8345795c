#include "web/platform/canvas_font_loader.hpp"

#include <emscripten/emscripten.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "imgui.h"
#include "imgui_internal.h"

namespace {

/// As host.js writes it: seven words of 32 bits.
struct Raster {
  float advance;
  std::int32_t x;  ///< left edge from the pen
  std::int32_t y;  ///< upper edge from the baseline, downwards
  std::int32_t width;
  std::int32_t height;
  std::int32_t coloured;  ///< pixels are RGBA instead of coverage
  const unsigned char* pixels;
};

std::vector<unsigned char> pixel_buffer;

}  // namespace

// clang-format off
EM_JS(void, host_rasterise, (unsigned code_point, float size, int weight, int pixels, void* out), {
  Module.host.rasteriseInto(code_point, size, weight, pixels !== 0, out);
})
// clang-format on

extern "C" {
EMSCRIPTEN_KEEPALIVE unsigned char* tc_pixel_buffer(std::size_t size);
}

unsigned char* tc_pixel_buffer(std::size_t size) {
  if (pixel_buffer.size() < size) pixel_buffer.resize(size);
  return pixel_buffer.data();
}

namespace tc::web {

namespace {

constexpr float kAscent = 0.88F;  ///< of the em, as in CJK fonts

bool in(ImWchar c, ImWchar first, ImWchar last) {
  return c >= first && c <= last;
}

bool is_character(ImWchar c) {
  const bool control = c < 0x20 || in(c, 0x7F, 0x9F);
  const bool none = in(c, 0xD800, 0xDFFF) || in(c, 0xFDD0, 0xFDEF) || (c & 0xFFFEU) == 0xFFFEU;
  return !control && !none && c <= 0x10FFFF;
}

/// Joiners, direction marks and variation selectors: they shape their neighbours and are nothing
/// by themselves.
bool is_invisible(ImWchar c) {
  return c == 0xAD || in(c, 0x200B, 0x200F) || in(c, 0x202A, 0x202E) || in(c, 0x2060, 0x206F) ||
         in(c, 0xFE00, 0xFE0F) || c == 0xFEFF || in(c, 0xE0000, 0xE0FFF);
}

/// The icon font stands on the lower edge of the em instead of a baseline.
bool is_icon(ImWchar c) {
  return in(c, 0xE000, 0xF8FF);
}

Raster rasterise(ImWchar c, float size, const ImFontConfig& src, bool pixels) {
  Raster raster{};
  host_rasterise(c, size, src.FontNo == 0 ? 400 : 700, pixels ? 1 : 0, &raster);
  return raster;
}

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar c) {
  return is_character(c);
}

bool init_baked(ImFontAtlas*, ImFontConfig* src, ImFontBaked* baked, void*) {
  if (src->MergeMode) return true;
  baked->Ascent = std::round(kAscent * baked->Size);
  baked->Descent = baked->Ascent - baked->Size;
  return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* src, ImFontBaked* baked, void*, ImWchar c,
                ImFontGlyph* glyph, float* advance) {
  if (!is_character(c)) return false;
  const bool metrics_only = glyph == nullptr;
  Raster raster{};
  if (!is_invisible(c)) raster = rasterise(c, baked->Size, *src, !metrics_only);
  // Whole pixels: the same pair of letters then has the same distance everywhere, which looks
  // calmer in small type than true widths with each glyph moved to the nearest pixel.
  raster.advance = std::round(raster.advance);
  if (metrics_only) {
    *advance = raster.advance;
    return true;
  }

  glyph->Codepoint = c;
  glyph->AdvanceX = raster.advance;
  if (raster.width <= 0 || raster.height <= 0) return true;
  const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, raster.width, raster.height);
  if (id == ImFontAtlasRectId_Invalid) return false;
  ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, id);
  const float baseline = is_icon(c) ? baked->Size : baked->Ascent;
  glyph->X0 = static_cast<float>(raster.x);
  glyph->Y0 = static_cast<float>(raster.y) + baseline;
  glyph->X1 = glyph->X0 + static_cast<float>(raster.width);
  glyph->Y1 = glyph->Y0 + static_cast<float>(raster.height);
  glyph->Visible = true;
  glyph->Colored = raster.coloured != 0;
  glyph->PackId = id;
  ImFontAtlasBakedSetFontGlyphBitmap(
      atlas, baked, src, glyph, rect, raster.pixels,
      glyph->Colored ? ImTextureFormat_RGBA32 : ImTextureFormat_Alpha8,
      raster.width * (glyph->Colored ? 4 : 1));
  return true;
}

}  // namespace

const ImFontLoader* canvas_font_loader() {
  static const ImFontLoader loader = [] {
    ImFontLoader canvas;
    canvas.Name = "canvas";
    canvas.FontSrcContainsGlyph = contains;
    canvas.FontBakedInit = init_baked;
    canvas.FontBakedLoadGlyph = load_glyph;
    return canvas;
  }();
  return &loader;
}

void forget_glyphs(ImFontAtlas& atlas) {
  ImFontAtlasBuildDiscardBakes(&atlas, 0);
}

}  // namespace tc::web
