#include "web/ui/semantics.hpp"

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
  return node;
}

const Node* Semantics::find(Role role, std::string_view name) const {
  for (std::size_t i = 0; i < count_; ++i) {
    if (nodes_[i].role == role && nodes_[i].name == name) return &nodes_[i];
  }
  return nullptr;
}

std::string Semantics::to_json(float scale) const {
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t i = 0; i < count_; ++i) {
    const Node& node = nodes_[i];
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

}  // namespace tc::ui
