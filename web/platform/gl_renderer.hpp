#pragma once

struct ImDrawData;

namespace tc::web {

/// Draws Dear ImGui's output with WebGL 2. It owns the current context: nobody else draws with it,
/// so no state is ever asked for (in a browser each question waits for the graphics process) nor
/// put back.
class GlRenderer {
 public:
  /// Makes the objects of a fresh context and tells Dear ImGui what the renderer can do.
  void create();
  /// The context is lost and its objects with it: all textures will be wanted anew.
  void forget();
  /// Brings textures up to date; true when any has changed.
  bool update_textures(ImDrawData& data);
  void draw(const ImDrawData& data);

 private:
  unsigned program_ = 0;
  unsigned vertex_buffer_ = 0;
  unsigned index_buffer_ = 0;
};

}  // namespace tc::web
