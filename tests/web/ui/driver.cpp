#include "tests/web/ui/driver.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "imgui_internal.h"

namespace tc::ui::test {

namespace {

/// Metrics without pixels: Chinese characters are as wide as they are tall, others about half.
const ImFontLoader* metric_fonts() {
  static const ImFontLoader loader = [] {
    ImFontLoader fonts;
    fonts.Name = "metrics";
    fonts.FontSrcContainsGlyph = [](ImFontAtlas*, ImFontConfig*, ImWchar) { return true; };
    fonts.FontBakedInit = [](ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
      baked->Ascent = baked->Size * 0.88F;
      baked->Descent = baked->Size * -0.12F;
      return true;
    };
    fonts.FontBakedLoadGlyph = [](ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*,
                                  ImWchar codepoint, ImFontGlyph* glyph, float* advance) {
      const float width = baked->Size * (codepoint >= 0x2E80 ? 1.0F : 0.55F);
      if (advance != nullptr) {
        *advance = width;
        return true;
      }
      glyph->Codepoint = codepoint;
      glyph->AdvanceX = width;
      return true;
    };
    return fonts;
  }();
  return &loader;
}

}  // namespace

std::vector<std::uint32_t> FakeHost::collate(const std::vector<std::string_view>& texts, Language) {
  ++collations;
  std::vector<std::string_view> sorted = texts;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> ranks;
  ranks.reserve(texts.size());
  for (std::string_view text : texts) {
    ranks.push_back(static_cast<std::uint32_t>(
        std::lower_bound(sorted.begin(), sorted.end(), text) - sorted.begin()));
  }
  return ranks;
}

Driver::Driver(float width, float height, float scale)
    : outer_(ImGui::GetCurrentContext()), context_(ImGui::CreateContext()) {
  ImGuiIO& io = this->io();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Platform_ClipboardUserData = this;
  platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
    static_cast<Driver*>(ImGui::GetPlatformIO().Platform_ClipboardUserData)->clipboard_ = text;
  };
  platform.Platform_GetClipboardTextFn = [](ImGuiContext*) {
    return static_cast<Driver*>(ImGui::GetPlatformIO().Platform_ClipboardUserData)
        ->clipboard_.c_str();
  };
  app_ = std::make_unique<App>(host_);
  app_->set_fonts(metric_fonts());
  app_->restore("language", "en");
  resize(width, height, scale);
}

Driver::~Driver() {
  io();
  app_.reset();
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_Destroyed);
  }
  ImGui::DestroyContext(context_);
  ImGui::SetCurrentContext(outer_);
}

ImGuiIO& Driver::io() {
  ImGui::SetCurrentContext(context_);
  return ImGui::GetIO();
}

void Driver::resize(float width, float height, float scale) {
  io().DisplaySize = {width, height};
  app_->set_scale(scale);
  frames();
}

void Driver::frames(int count) {
  for (int i = 0; i < count; ++i) {
    io().DeltaTime = 1.0F / 60;
    ImGui::NewFrame();
    app_->frame();
    ImGui::Render();
    // As the host does: only when the frame has said that there is something.
    bool more = app_->has_work();
    for (int piece = 0; more && piece < pieces; ++piece) more = app_->work();
    const ImDrawData* data = ImGui::GetDrawData();
    vertices_ = static_cast<std::size_t>(data->TotalVtxCount);
    for (ImTextureData* texture : *data->Textures) {
      const bool gone = texture->Status == ImTextureStatus_WantDestroy;
      texture->SetTexID(gone ? ImTextureID_Invalid : 1);
      texture->SetStatus(gone ? ImTextureStatus_Destroyed : ImTextureStatus_OK);
    }
  }
}

void Driver::open_shipped(const std::string& id) {
  app_->open(id + ".json", read_file("assets/programmes/" + id + ".json"));
  frames();
}

const Node* Driver::find(Role role, std::string_view name) const {
  return app_->semantics().find(role, name);
}

const Node* Driver::find_prefix(Role role, std::string_view prefix) const {
  const Semantics& nodes = app_->semantics();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].role == role && !nodes[i].offscreen &&
        std::string_view(nodes[i].name).starts_with(prefix)) {
      return &nodes[i];
    }
  }
  return nullptr;
}

std::vector<Node> Driver::all(Role role) const {
  std::vector<Node> list;
  const Semantics& nodes = app_->semantics();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].role == role && !nodes[i].offscreen) list.push_back(nodes[i]);
  }
  return list;
}

bool Driver::shows(std::string_view text) const {
  const Semantics& nodes = app_->semantics();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].offscreen) continue;
    if (nodes[i].name.find(text) != std::string::npos ||
        nodes[i].value.find(text) != std::string::npos) {
      return true;
    }
  }
  return false;
}

bool Driver::click(Role role, std::string_view name) {
  const Node* node = find(role, name);
  if (node == nullptr) return false;
  click(Node(*node));
  return true;
}

void Driver::click(const Node& node) {
  move((node.x0 + node.x1) / 2, (node.y0 + node.y1) / 2);
  io().AddMouseButtonEvent(0, true);
  frames(1);
  io().AddMouseButtonEvent(0, false);
  frames();
}

void Driver::move(float x, float y) {
  io().AddMousePosEvent(x, y);
  frames(1);
}

void Driver::wheel(float lines) {
  io().AddMouseWheelEvent(0, lines);
  frames(4);
}

void Driver::type(std::string_view text) {
  io().AddInputCharactersUTF8(std::string(text).c_str());
  frames();
}

void Driver::key(ImGuiKey key, ImGuiKey modifier) {
  ImGuiIO& io = this->io();
  if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, true);
  io.AddKeyEvent(key, true);
  frames(2);
  io.AddKeyEvent(key, false);
  if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, false);
  frames();
}

Ledger kept_board(const FakeHost& host) {
  if (host.kept.size() != 1) throw std::runtime_error("nothing was kept");
  Result<OpenedLedger> opened = open_board(host.kept.begin()->second);
  if (!opened) throw std::runtime_error("what was kept can't be read");
  return std::move(opened.value->ledger);
}

std::string read_file(const std::string& path) {
  std::ifstream file(std::string(TONGCHENG_SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace tc::ui::test
