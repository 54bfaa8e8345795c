#include "web/platform/gl_renderer.hpp"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "imgui.h"

namespace tc::web {

namespace {

constexpr const char* kVertexShader = R"(#version 300 es
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 texel;
layout(location = 2) in vec4 colour;
layout(location = 3) in vec4 projection;
out highp vec2 at;
out vec4 tint;
void main() {
  at = texel;
  tint = colour;
  gl_Position = vec4(position * projection.xy + projection.zw, 0.0, 1.0);
})";

constexpr const char* kFragmentShader = R"(#version 300 es
precision highp float;
uniform sampler2D image;
in vec2 at;
in vec4 tint;
out vec4 result;
void main() {
  result = tint * texture(image, at);
})";

/// The same for all vertices. As a uniform it would have to be asked for its location, and that
/// waits until the graphics process has compiled the program.
constexpr GLuint kProjection = 3;

static_assert(sizeof(ImDrawIdx) == 4, "a view may have more than 65,536 vertices");

GLuint compile(GLenum type, const char* source) {
  const GLuint shader = glCreateShader(type);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  return shader;
}

const void* at_offset(std::size_t offset) {
  return reinterpret_cast<const void*>(offset);
}

void point_at_vertices(std::size_t base) {
  constexpr GLsizei kStride = sizeof(ImDrawVert);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, kStride,
                        at_offset(base + offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, kStride,
                        at_offset(base + offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, kStride,
                        at_offset(base + offsetof(ImDrawVert, col)));
}

void create_texture(ImTextureData& texture) {
  GLuint name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  // Without interpolation each glyph falls on whole pixels, wherever its pen stands.
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, texture.Width, texture.Height, 0, GL_RGBA,
               GL_UNSIGNED_BYTE, texture.GetPixels());
  texture.SetTexID(name);
  texture.SetStatus(ImTextureStatus_OK);
}

void upload(ImTextureData& texture, const ImTextureRect& rect) {
  glTexSubImage2D(GL_TEXTURE_2D, 0, rect.x, rect.y, rect.w, rect.h, GL_RGBA, GL_UNSIGNED_BYTE,
                  texture.GetPixelsAt(rect.x, rect.y));
}

void update_texture(ImTextureData& texture) {
  constexpr int kFewRects = 8;
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(texture.GetTexID()));
  glPixelStorei(GL_UNPACK_ROW_LENGTH, texture.Width);
  if (texture.Updates.Size <= kFewRects) {
    for (const ImTextureRect& rect : texture.Updates) upload(texture, rect);
  } else {
    upload(texture, texture.UpdateRect);
  }
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  texture.SetStatus(ImTextureStatus_OK);
}

void destroy_texture(ImTextureData& texture) {
  const auto name = static_cast<GLuint>(texture.GetTexID());
  glDeleteTextures(1, &name);
  texture.SetTexID(ImTextureID_Invalid);
  texture.SetStatus(ImTextureStatus_Destroyed);
}

}  // namespace

void GlRenderer::create() {
  ImGuiIO& io = ImGui::GetIO();
  io.BackendRendererName = "tongcheng_webgl2";
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  GLint largest = 2048;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Renderer_TextureMaxWidth = platform.Renderer_TextureMaxHeight = largest;

  // Whether this has worked is not asked either, for the same reason; these two shaders are valid
  // wherever WebGL 2 is.
  program_ = glCreateProgram();
  const GLuint vertex = compile(GL_VERTEX_SHADER, kVertexShader);
  const GLuint fragment = compile(GL_FRAGMENT_SHADER, kFragmentShader);
  glAttachShader(program_, vertex);
  glAttachShader(program_, fragment);
  glLinkProgram(program_);
  glDeleteShader(vertex);
  glDeleteShader(fragment);

  GLuint array = 0;
  glGenVertexArrays(1, &array);
  glBindVertexArray(array);
  glGenBuffers(1, &vertex_buffer_);
  glGenBuffers(1, &index_buffer_);
  glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, index_buffer_);
  for (GLuint i = 0; i < kProjection; ++i) glEnableVertexAttribArray(i);

  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glEnable(GL_SCISSOR_TEST);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
}

void GlRenderer::forget() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->TexID != ImTextureID_Invalid) destroy_texture(*texture);
  }
}

bool GlRenderer::update_textures(ImDrawData& data) {
  bool changed = false;
  for (ImTextureData* texture : *data.Textures) {
    switch (texture->Status) {
      case ImTextureStatus_WantCreate:
        create_texture(*texture);
        changed = true;
        break;
      case ImTextureStatus_WantUpdates:
        update_texture(*texture);
        changed = true;
        break;
      case ImTextureStatus_WantDestroy:
        if (texture->UnusedFrames > 0) destroy_texture(*texture);
        break;
      case ImTextureStatus_OK:
      case ImTextureStatus_Destroyed:
        break;
    }
  }
  return changed;
}

void GlRenderer::draw(const ImDrawData& data) {
  const auto width = static_cast<GLsizei>(data.DisplaySize.x);
  const auto height = static_cast<GLsizei>(data.DisplaySize.y);
  if (width <= 0 || height <= 0) return;
  glUseProgram(program_);  // here, as it waits for the compiler
  glViewport(0, 0, width, height);
  glVertexAttrib4f(kProjection, 2 / data.DisplaySize.x, -2 / data.DisplaySize.y, -1, 1);
  glScissor(0, 0, width, height);
  const ImVec4 colour = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
  glClearColor(colour.x, colour.y, colour.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);

  glBufferData(GL_ARRAY_BUFFER, data.TotalVtxCount * static_cast<int>(sizeof(ImDrawVert)), nullptr,
               GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, data.TotalIdxCount * static_cast<int>(sizeof(ImDrawIdx)),
               nullptr, GL_STREAM_DRAW);
  GLintptr vertex_base = 0;
  GLintptr index_base = 0;
  for (const ImDrawList* list : data.CmdLists) {
    glBufferSubData(GL_ARRAY_BUFFER, vertex_base, list->VtxBuffer.size_in_bytes(),
                    list->VtxBuffer.Data);
    glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, index_base, list->IdxBuffer.size_in_bytes(),
                    list->IdxBuffer.Data);
    vertex_base += list->VtxBuffer.size_in_bytes();
    index_base += list->IdxBuffer.size_in_bytes();
  }

  vertex_base = 0;
  index_base = 0;
  GLuint bound = 0;
  for (const ImDrawList* list : data.CmdLists) {
    point_at_vertices(static_cast<std::size_t>(vertex_base));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback != nullptr) {
        if (command.UserCallback != ImDrawCallback_ResetRenderState) {
          command.UserCallback(list, &command);
        }
        continue;
      }
      const int x0 = std::max(0, static_cast<int>(command.ClipRect.x));
      const int y0 = std::max(0, static_cast<int>(command.ClipRect.y));
      const int x1 = std::min(width, static_cast<int>(command.ClipRect.z));
      const int y1 = std::min(height, static_cast<int>(command.ClipRect.w));
      if (x1 <= x0 || y1 <= y0 || command.ElemCount == 0) continue;
      glScissor(x0, height - y1, x1 - x0, y1 - y0);
      const auto texture = static_cast<GLuint>(command.GetTexID());
      if (texture != bound) glBindTexture(GL_TEXTURE_2D, texture);
      bound = texture;
      glDrawElements(
          GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
          at_offset(static_cast<std::size_t>(index_base) + command.IdxOffset * sizeof(ImDrawIdx)));
    }
    vertex_base += list->VtxBuffer.size_in_bytes();
    index_base += list->IdxBuffer.size_in_bytes();
  }
}

}  // namespace tc::web
