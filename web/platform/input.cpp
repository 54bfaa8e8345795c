// What host.js tells of keyboard, pointer and clipboard, as Dear ImGui's events.

#include <emscripten/emscripten.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <string>
#include <string_view>

#include "imgui.h"
#include "imgui_internal.h"
#include "web/platform/input.hpp"

// clang-format off
EM_JS(void, host_set_clipboard, (const char* text, std::size_t length), {
  Module.host.setClipboard(Module.host.text(text, length));
})
EM_JS(void, host_set_ime, (int wanted, float x, float y, float height), {
  Module.host.setIme(wanted !== 0, x, y, height);
})
EM_JS(void, host_open_address, (const char* url, std::size_t length), {
  Module.host.openLink(Module.host.text(url, length));
})
// clang-format on

namespace tc::web {

namespace {

std::string clipboard;

struct KeyName {
  std::string_view name;  ///< KeyboardEvent.code
  ImGuiKey key;
};

// Sorted by name.
constexpr std::array kKeys = std::to_array<KeyName>({
    {"AltLeft", ImGuiKey_LeftAlt},
    {"AltRight", ImGuiKey_RightAlt},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"Backquote", ImGuiKey_GraveAccent},
    {"Backslash", ImGuiKey_Backslash},
    {"Backspace", ImGuiKey_Backspace},
    {"BracketLeft", ImGuiKey_LeftBracket},
    {"BracketRight", ImGuiKey_RightBracket},
    {"CapsLock", ImGuiKey_CapsLock},
    {"Comma", ImGuiKey_Comma},
    {"ContextMenu", ImGuiKey_Menu},
    {"ControlLeft", ImGuiKey_LeftCtrl},
    {"ControlRight", ImGuiKey_RightCtrl},
    {"Delete", ImGuiKey_Delete},
    {"End", ImGuiKey_End},
    {"Enter", ImGuiKey_Enter},
    {"Equal", ImGuiKey_Equal},
    {"Escape", ImGuiKey_Escape},
    {"Home", ImGuiKey_Home},
    {"Insert", ImGuiKey_Insert},
    {"IntlBackslash", ImGuiKey_Oem102},
    {"MetaLeft", ImGuiKey_LeftSuper},
    {"MetaRight", ImGuiKey_RightSuper},
    {"Minus", ImGuiKey_Minus},
    {"NumLock", ImGuiKey_NumLock},
    {"NumpadAdd", ImGuiKey_KeypadAdd},
    {"NumpadDecimal", ImGuiKey_KeypadDecimal},
    {"NumpadDivide", ImGuiKey_KeypadDivide},
    {"NumpadEnter", ImGuiKey_KeypadEnter},
    {"NumpadEqual", ImGuiKey_KeypadEqual},
    {"NumpadMultiply", ImGuiKey_KeypadMultiply},
    {"NumpadSubtract", ImGuiKey_KeypadSubtract},
    {"PageDown", ImGuiKey_PageDown},
    {"PageUp", ImGuiKey_PageUp},
    {"Pause", ImGuiKey_Pause},
    {"Period", ImGuiKey_Period},
    {"PrintScreen", ImGuiKey_PrintScreen},
    {"Quote", ImGuiKey_Apostrophe},
    {"ScrollLock", ImGuiKey_ScrollLock},
    {"Semicolon", ImGuiKey_Semicolon},
    {"ShiftLeft", ImGuiKey_LeftShift},
    {"ShiftRight", ImGuiKey_RightShift},
    {"Slash", ImGuiKey_Slash},
    {"Space", ImGuiKey_Space},
    {"Tab", ImGuiKey_Tab},
});
static_assert(std::is_sorted(kKeys.begin(), kKeys.end(),
                             [](const KeyName& a, const KeyName& b) { return a.name < b.name; }));

ImGuiKey advance(ImGuiKey first, int n) {
  return static_cast<ImGuiKey>(static_cast<int>(first) + n);
}

ImGuiKey key_of(std::string_view name) {
  const auto digit = [&name](std::string_view prefix) {
    const bool fits = name.size() == prefix.size() + 1 && name.starts_with(prefix) &&
                      name.back() >= '0' && name.back() <= '9';
    return fits ? name.back() - '0' : -1;
  };
  if (name.size() == 4 && name.starts_with("Key") && name[3] >= 'A' && name[3] <= 'Z') {
    return advance(ImGuiKey_A, name[3] - 'A');
  }
  if (const int n = digit("Digit"); n >= 0) return advance(ImGuiKey_0, n);
  if (const int n = digit("Numpad"); n >= 0) return advance(ImGuiKey_Keypad0, n);
  if (const int n = digit("F"); n >= 1) return advance(ImGuiKey_F1, n - 1);
  if (const int n = digit("F1"); n >= 0) return advance(ImGuiKey_F10, n);
  if (const int n = digit("F2"); n >= 0 && n <= 4) return advance(ImGuiKey_F20, n);
  const auto* found = std::lower_bound(
      kKeys.begin(), kKeys.end(), name,
      [](const KeyName& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != kKeys.end() && found->name == name ? found->key : ImGuiKey_None;
}

constexpr std::array kModifiers = {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super};

/// The bits of host.js: 1 Control, 2 Shift, 4 Alt, 8 Meta.
ImGuiKeyChord modifiers_of(int bits) {
  int result = 0;
  for (std::size_t i = 0; i < kModifiers.size(); ++i) {
    if (bits & (1 << i)) result |= kModifiers[i];
  }
  return result;
}

void add_modifiers(int bits) {
  for (std::size_t i = 0; i < kModifiers.size(); ++i) {
    ImGui::GetIO().AddKeyEvent(kModifiers[i], (bits & (1 << i)) != 0);
  }
}

const char* get_clipboard(ImGuiContext*) {
  return clipboard.c_str();
}

void set_clipboard(ImGuiContext*, const char* text) {
  clipboard = text;
  host_set_clipboard(clipboard.data(), clipboard.size());
}

bool open_in_shell(ImGuiContext*, const char* address) {
  const std::string_view url = address;
  host_open_address(url.data(), url.size());
  return true;
}

void set_ime_data(ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* data) {
  host_set_ime(data->WantTextInput ? 1 : 0, data->InputPos.x, data->InputPos.y,
               data->InputLineHeight);
}

}  // namespace

void init_input(bool apple) {
  ImGuiIO& io = ImGui::GetIO();
  io.ConfigMacOSXBehaviors = apple;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  // A blinking caret would need frames while nothing happens.
  io.ConfigInputTextCursorBlink = false;
  // Held keys repeat at the system's rate: host.js passes each repetition on as a new press.
  io.KeyRepeatDelay = 1e6F;
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Platform_GetClipboardTextFn = get_clipboard;
  platform.Platform_SetClipboardTextFn = set_clipboard;
  platform.Platform_OpenInShellFn = open_in_shell;
  platform.Platform_SetImeDataFn = set_ime_data;
}

}  // namespace tc::web

using namespace tc::web;

extern "C" {

/// 1 left, 2 right, 4 middle, as in PointerEvent.buttons. `source`: 0 mouse, 1 touch, 2 pen.
EMSCRIPTEN_KEEPALIVE void tc_pointer(float x, float y, int buttons, int modifiers, int source) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(source == 1   ? ImGuiMouseSource_TouchScreen
                         : source == 2 ? ImGuiMouseSource_Pen
                                       : ImGuiMouseSource_Mouse);
  add_modifiers(modifiers);
  io.AddMousePosEvent(x, y);
  for (int i = 0; i < 3; ++i) io.AddMouseButtonEvent(i, (buttons & (1 << i)) != 0);
}

EMSCRIPTEN_KEEPALIVE void tc_pointer_left() {
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

/// In notches; positive is left or up.
EMSCRIPTEN_KEEPALIVE void tc_wheel(float x, float y, int modifiers) {
  add_modifiers(modifiers);
  ImGui::GetIO().AddMouseWheelEvent(x, y);
}

EMSCRIPTEN_KEEPALIVE void tc_modifiers(int modifiers) {
  add_modifiers(modifiers);
}

/// Whether something below the pointer has claimed the wheel (`ImGui::SetKeyOwner`).
EMSCRIPTEN_KEEPALIVE int tc_owns_wheel() {
  ImGuiContext* context = ImGui::GetCurrentContext();
  const ImGuiKeyOwnerData* data = ImGui::GetKeyOwnerData(context, ImGuiKey_MouseWheelY);
  return data->OwnerCurr != ImGuiKeyOwner_NoOwner ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void tc_key(const char* name, int down, int modifiers) {
  add_modifiers(modifiers);
  const ImGuiKey key = key_of(name);
  if (key != ImGuiKey_None) ImGui::GetIO().AddKeyEvent(key, down != 0);
}

/// Presses and releases a key with modifiers that need not be held in fact.
EMSCRIPTEN_KEEPALIVE void tc_chord(const char* name, int modifiers, int held) {
  const ImGuiKey key = key_of(name);
  if (key == ImGuiKey_None) return;
  add_modifiers(modifiers);
  ImGui::GetIO().AddKeyEvent(key, true);
  ImGui::GetIO().AddKeyEvent(key, false);
  add_modifiers(held);
}

/// Whether something in the last frame listened to this key with exactly these modifiers.
EMSCRIPTEN_KEEPALIVE int tc_is_shortcut(const char* name, int modifiers) {
  const ImGuiKey key = key_of(name);
  if (!ImGui::IsNamedKey(key)) return 0;
  const ImGuiKeyRoutingTable& table = ImGui::GetCurrentContext()->KeysRoutingTable;
  const ImGuiKeyChord wanted = modifiers_of(modifiers);
  for (auto i = table.Index[key - ImGuiKey_NamedKey_BEGIN]; i != -1;
       i = table.Entries[i].NextEntryIndex) {
    const ImGuiKeyRoutingData& entry = table.Entries[i];
    if (entry.Mods == wanted) {
      return entry.RoutingCurr != ImGuiKeyOwner_NoOwner ||
             entry.RoutingNext != ImGuiKeyOwner_NoOwner;
    }
  }
  return 0;
}

EMSCRIPTEN_KEEPALIVE void tc_type(const char* text) {
  ImGui::GetIO().AddInputCharactersUTF8(text);
}

/// What a paste would insert; `text` ends with a zero.
EMSCRIPTEN_KEEPALIVE void tc_clipboard(const char* text) {
  clipboard = text;
}

EMSCRIPTEN_KEEPALIVE void tc_focus(int focused) {
  ImGui::GetIO().AddFocusEvent(focused != 0);
}

}  // extern "C"
