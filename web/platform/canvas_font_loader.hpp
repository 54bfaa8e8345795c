#pragma once

struct ImFontLoader;
struct ImFontAtlas;

namespace tc::web {

/// Rasterises glyphs with the browser's own text engine, so that every character that the browser
/// can show can also appear in the interface. `ImFontConfig::FontNo` 0 is regular, 1 is bold.
const ImFontLoader* canvas_font_loader();

/// Forgets all glyphs, as the fonts behind them have changed. Call between frames.
void forget_glyphs(ImFontAtlas& atlas);

}  // namespace tc::web
