#include "web/ui/semantics.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

namespace tc::ui {

std::string_view name_of(Role role) {
  switch (role) {
    case Role::alert:
      return "alert";
    case Role::button:
      return "button";
    case Role::cell:
      return "cell";
    case Role::columnheader:
      return "columnheader";
    case Role::dialog:
      return "dialog";
    case Role::heading:
      return "heading";
    case Role::img:
      return "img";
    case Role::link:
      return "link";
    case Role::listitem:
      return "listitem";
    case Role::navigation:
      return "navigation";
    case Role::option:
      return "option";
    case Role::region:
      return "region";
    case Role::row:
      return "row";
    case Role::status:
      return "status";
    case Role::tab:
      return "tab";
    case Role::text:
      return "text";
    case Role::textbox:
      break;
  }
  return "textbox";
}

Node& Semantics::add(Role role, std::string_view name, std::string_view value) {
  if (count_ == nodes_.size()) nodes_.emplace_back();
  Node& node = nodes_[count_++];
  node.role = role;
  node.name = name;
  node.value = value;
  node.x0 = node.y0 = node.x1 = node.y1 = 0;
  node.selected = node.focused = node.disabled = false;
  node.full_y0 = node.full_y1 = 0;
  node.id = node.layer = node.row = node.column = node.rows = 0;
  node.part = part;
  node.offscreen = node.toggles = node.opens = node.multiline = node.slides = false;
  node.level = 0;
  node.low = node.high = node.now = 0;
  return node;
}

const Node* Semantics::find(Role role, std::string_view name) const {
  for (std::size_t i = 0; i < count_; ++i) {
    const Node& node = nodes_[i];
    if (node.role == role && !node.offscreen && node.name == name) return &node;
  }
  return nullptr;
}

std::string Semantics::to_json(float scale) const {
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t i = 0; i < count_; ++i) {
    const Node& node = nodes_[i];
    if (node.offscreen) continue;
    nlohmann::json entry = {{"role", std::string(name_of(node.role))},
                            {"name", node.name},
                            {"x", node.x0 / scale},
                            {"y", node.y0 / scale},
                            {"width", (node.x1 - node.x0) / scale},
                            {"height", (node.y1 - node.y0) / scale}};
    if (!node.value.empty()) entry["value"] = node.value;
    if (node.selected) entry["selected"] = true;
    if (node.focused) entry["focused"] = true;
    if (node.disabled) entry["disabled"] = true;
    list.push_back(std::move(entry));
  }
  return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

namespace {

unsigned flags_of(const Node& node) {
  return (node.selected ? 1U : 0U) | (node.focused ? 2U : 0U) | (node.disabled ? 4U : 0U) |
         (node.toggles ? 8U : 0U) | (node.opens ? 16U : 0U) | (node.multiline ? 32U : 0U) |
         (node.slides ? 64U : 0U);
}

}  // namespace

std::uint64_t Semantics::hash() const {
  std::uint64_t sum = count_;
  const auto mix = [&sum](std::uint64_t value) {
    sum = (std::rotl(sum, 29) ^ value) * 0x9E3779B185EBCA87;
  };
  const auto mix_text = [&mix](const std::string& text) {
    const char* at = text.data();
    std::size_t left = text.size();
    mix(left);
    for (; left > 0; at += std::min<std::size_t>(left, 8), left -= std::min<std::size_t>(left, 8)) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, std::min<std::size_t>(left, 8));
      mix(word);
    }
  };
  for (std::size_t i = 0; i < count_; ++i) {
    const Node& node = nodes_[i];
    mix(static_cast<std::uint64_t>(node.role) | flags_of(node) << 8U |
        static_cast<std::uint64_t>(node.part) << 16U |
        static_cast<std::uint64_t>(node.level) << 20U | static_cast<std::uint64_t>(node.id) << 32U);
    mix(node.layer | static_cast<std::uint64_t>(node.row) << 32U);
    if (node.rows != 0 || node.column != 0) {
      mix(node.column | static_cast<std::uint64_t>(node.rows) << 32U);
    }
    if (node.slides) {
      std::uint32_t bits = 0;
      std::memcpy(&bits, &node.now, sizeof bits);
      mix(bits);
    }
    mix_text(node.name);
    mix_text(node.value);
  }
  return sum;
}

}  // namespace tc::ui
