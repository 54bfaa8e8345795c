// Dear ImGui asks for a default font loader when an atlas has none yet. The app sets its own, so
// this one has nothing to offer: it knows no glyph.

#include "imgui.h"
#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"

const ImFontLoader* ImGuiFreeType::GetFontLoader() {
  static const ImFontLoader loader = [] {
    ImFontLoader none;
    none.Name = "none";
    none.FontBakedLoadGlyph = [](ImFontAtlas*, ImFontConfig*, ImFontBaked*, void*, ImWchar,
                                 ImFontGlyph*, float*) { return false; };
    return none;
  }();
  return &loader;
}
