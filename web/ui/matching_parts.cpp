#include "web/ui/matching_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tc::ui {

void Pen::heading(std::string_view text, std::string_view value) {
  const float width = ui.draw({x0, y}, Type::strong, ui.theme().text, text, x1 - x0);
  if (!value.empty()) {
    ui.draw({x0 + width + ui.px(8), y}, Type::body, ui.theme().muted, value,
            std::max(1.0F, x1 - x0 - width - ui.px(8)));
  }
  ui.record(Role::heading, {x0, y, x1, y + ui.px(20)}, text, value);
  y += ui.px(26);
}

void Pen::paragraph(Type type, ImU32 colour, std::string_view text) {
  y += ui.paragraph({x0, y}, type, colour, text, x1 - x0) + ui.px(4);
}

void Pen::note(std::string_view text) {
  paragraph(Type::small, ui.theme().muted, text);
}

void Pen::fact(std::string_view name, std::string_view value) {
  const float column = std::min(ui.px(132), width() * 0.4F);
  const float left = ui.paragraph({x0, y}, Type::small, ui.theme().muted, name, column - ui.px(8));
  const float right =
      ui.paragraph({x0 + column, y}, Type::small, ui.theme().text, value, x1 - x0 - column);
  y += std::max(left, right) + ui.px(4);
}

void Pen::bar(std::string_view name, double ratio, std::string_view value,
              std::string_view detail) {
  const Theme& c = ui.theme();
  const float column = std::min(ui.px(150), width() * 0.42F);
  const float figure = ui.px(52);
  const float mid = y + ui.px(10);
  ui.draw({x0, mid - ui.size_of(Type::small) / 2}, Type::small, c.text, name, column - ui.px(8));
  ui.progress_bar({x0 + column, mid - ui.px(4), x1 - figure, mid + ui.px(4)}, ratio, c.accent);
  ui.draw({x1 - ui.measure(Type::small, value), mid - ui.size_of(Type::small) / 2}, Type::small,
          c.text, value);
  std::string said(value);
  if (!detail.empty()) {
    said += " · ";
    said += detail;
  }
  ui.record(Role::listitem, {x0, y, x1, y + ui.px(20)}, name, said);
  y += ui.px(22);
  if (!detail.empty()) {
    const Rect below = {x0 + column, y, x1, y};
    y += ui.paragraph(below.min(), Type::caption, c.muted, detail, below.width()) + ui.px(6);
  }
}

bool Pen::slider(const char* id, std::string_view name, double& value, double low, double high,
                 double step, std::string_view shown) {
  const Theme& c = ui.theme();
  const float column = std::min(ui.px(150), width() * 0.42F);
  const float figure = ui.px(52);
  const float mid = y + ui.px(14);
  const Rect track = {x0 + column, y, x1 - figure, y + ui.px(28)};
  const float t0 = track.x0 + ui.px(8);
  const float t1 = track.x1 - ui.px(8);
  const Hit h = ui.hit(id, track);
  double now = value;
  if (h.held) {
    const double share = std::clamp((ImGui::GetIO().MousePos.x - t0) / (t1 - t0), 0.0F, 1.0F);
    now = low + std::round(share * (high - low) / step) * step;
  } else if (h.focused) {
    if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) now = value - step;
    if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) now = value + step;
  }
  now = std::clamp(now, low, high);
  const float x = t0 + (t1 - t0) * static_cast<float>((now - low) / (high - low));
  ui.draw({x0, mid - ui.size_of(Type::small) / 2}, Type::small, c.text, name, column - ui.px(8));
  ui.fill({t0, mid - ui.px(2), t1, mid + ui.px(2)}, c.sunken, 2);
  ui.fill({t0, mid - ui.px(2), x, mid + ui.px(2)}, c.accent, 2);
  ui.list()->AddCircleFilled({x, mid}, ui.px(h.hovered || h.held ? 8 : 7), c.accent);
  ui.draw({x1 - ui.measure(Type::small, shown), mid - ui.size_of(Type::small) / 2}, Type::small,
          c.text, shown);
  if (Node* node = ui.record(Role::button, track, name, shown)) {
    node->focused = h.focused;
    node->slides = true;
    node->low = static_cast<float>(low);
    node->high = static_cast<float>(high);
    node->now = static_cast<float>(value);
  }
  y += ui.px(30);
  const bool moved = std::abs(now - value) > step / 1000;
  if (moved) value = now;
  return moved;
}

void Pen::words(const std::vector<std::string>& all) {
  const Theme& c = ui.theme();
  float x = x0;
  for (const std::string& word : all) {
    const float wanted = ui.tag_width(word);
    if (x > x0 && x + wanted > x1) {
      x = x0;
      y += ui.px(28);
    }
    float drawn = 0;
    ui.tag({x, y}, word, c.text, c.sunken, drawn);
    x += drawn + ui.px(6);
  }
  y += ui.px(32);
}

bool Pen::row(const char* id, std::string_view name, std::string_view detail,
              std::string_view figure, bool selected, std::optional<std::size_t> city) {
  const Theme& c = ui.theme();
  const Rect rect = {x0 - ui.px(8), y, x1 + ui.px(8), y + ui.px(46)};
  const Hit h = ui.hit(id, rect);
  if (selected || h.hovered || h.focused) ui.fill(rect, selected ? c.selected : c.hover, 6);
  float left = x0;
  if (city && *city < programme().cities.size()) {
    ui.city_tag({left, y + ui.px(5)}, *city, programme().cities[*city].name);
    left += ui.city_tag_size() + ui.px(6);
  }
  const float number = figure.empty() ? 0 : ui.measure(Type::strong, figure) + ui.px(12);
  ui.draw({left, y + ui.px(6)}, Type::body, c.text, name, x1 - number - left);
  ui.draw({x0, y + ui.px(26)}, Type::small, c.muted, detail, x1 - number - x0);
  if (!figure.empty()) {
    ui.draw({x1 - number + ui.px(12), y + ui.px(16)}, Type::strong, c.text, figure);
  }
  std::string said(figure);
  if (!detail.empty()) {
    if (!said.empty()) said += " · ";
    said += detail;
  }
  if (Node* node = ui.record(Role::option, rect, name, said)) {
    node->selected = selected;
    node->focused = h.focused;
  }
  y += ui.px(48);
  return h.clicked;
}

std::string points_text(double share) {
  return number_text(std::round(share * 1000) / 10);
}

std::string money_text(const Ui& ui, double yuan) {
  // Only Chinese counts in units of 10,000.
  if (ui.language == Language::zh && yuan >= 10'000) {
    return ui.t(Str::matching_money_wan, {number_text(std::round(yuan / 100) / 100)});
  }
  return ui.t(Str::matching_money, {number_text(std::round(yuan))});
}

std::string city_text(const Ui& ui, const Board& board, const std::string& id) {
  const auto city = board.index.city(id);
  return city ? ui.in(board.programme.cities[*city].name) : std::string(ui.t(Str::not_stated));
}

void draw_policies(Pen& pen, const std::vector<policy::Eligibility>& policies) {
  Ui& ui = pen.ui;
  pen.skip(8);
  pen.heading(ui.t(Str::matching_policies));
  if (policies.empty()) {
    pen.note(ui.t(Str::matching_policies_none));
    return;
  }
  pen.note(ui.t(Str::matching_policies_note));
  for (const policy::Eligibility& one : policies) {
    const Policy& item = pen.programme().policies[one.policy];
    const std::string name = ui.in(item.title) + " · " + ui.in(policy::label_of(one.verdict));
    std::string missing;
    for (std::size_t i = 0; i < one.missing.size() && i < 3; ++i) {
      if (!missing.empty()) missing += ui.language == Language::zh ? "；" : "; ";
      const policy::Missing& what = one.missing[i];
      if (what.node < item.conditions.nodes.size()) {
        missing += ui.in(policy::condition_text(pen.programme(), item.conditions.nodes[what.node]));
      }
    }
    pen.paragraph(Type::small, ui.theme().text, name);
    if (!missing.empty()) pen.note(ui.t(Str::matching_policies_missing, {missing}));
    pen.skip(4);
  }
}

namespace {

/// A band between two upright edges, as a strip of quads: smooth, and no outline shows through.
void band(const Ui& ui, ImVec2 a0, ImVec2 a1, ImVec2 b0, ImVec2 b1, ImU32 colour) {
  ImDrawList* list = ui.list();
  constexpr int kSteps = 24;
  const ImDrawListFlags flags = list->Flags;
  list->Flags &= ~ImDrawListFlags_AntiAliasedFill;
  const auto ease = [](float t) { return t * t * (3 - 2 * t); };
  for (int i = 0; i < kSteps; ++i) {
    const float t0 = static_cast<float>(i) / kSteps;
    const float t1 = static_cast<float>(i + 1) / kSteps;
    const float xa = a0.x + (b0.x - a0.x) * t0;
    const float xb = a0.x + (b0.x - a0.x) * t1;
    const auto top = [&](float t) { return a0.y + (b0.y - a0.y) * ease(t); };
    const auto bottom = [&](float t) { return a1.y + (b1.y - a1.y) * ease(t); };
    list->AddQuadFilled({xa, top(t0)}, {xb, top(t1)}, {xb, bottom(t1)}, {xa, bottom(t0)}, colour);
  }
  list->Flags = flags;
}

}  // namespace

void draw_flows(Pen& pen, const CityFlows& flows, Str title, Str from, Str to, Str elsewhere) {
  Ui& ui = pen.ui;
  const Theme& c = ui.theme();
  const Programme& programme = pen.programme();
  pen.skip(8);
  pen.heading(ui.t(title), std::to_string(flows.total));
  if (flows.total == 0) {
    pen.note(ui.t(Str::matching_flow_none));
    return;
  }
  const std::size_t n = flows.places;
  const auto name = [&](std::size_t place) -> std::string {
    return place + 1 < n ? ui.in(programme.cities[place].name) : std::string(ui.t(elsewhere));
  };
  const auto colour = [&](std::size_t place) { return place + 1 < n ? c.of_city(place) : c.muted; };
  std::vector<std::size_t> out(n, 0), in(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      out[i] += flows.at(i, k);
      in[k] += flows.at(i, k);
    }
  }
  ui.draw({pen.x0, pen.y}, Type::caption, c.muted, ui.t(from));
  ui.draw({pen.x1 - ui.measure(Type::caption, ui.t(to)), pen.y}, Type::caption, c.muted, ui.t(to));
  pen.skip(18);
  const float gap = ui.px(14);
  const float height = ui.px(150);
  const float label = std::min(ui.px(96), pen.width() * 0.28F);
  const float left = pen.x0 + label;
  const float right = pen.x1 - label;
  const float thick = ui.px(8);
  const auto used = [](const std::vector<std::size_t>& side) {
    return static_cast<float>(
        std::count_if(side.begin(), side.end(), [](std::size_t count) { return count > 0; }));
  };
  const float gaps = std::max(used(out), used(in)) - 1;
  const float unit = (height - gaps * gap) / static_cast<float>(flows.total);
  const auto starts = [&](const std::vector<std::size_t>& side) {
    std::vector<float> at(n, 0);
    float y =
        pen.y + (height - (used(side) - 1) * gap - unit * static_cast<float>(flows.total)) / 2;
    for (std::size_t i = 0; i < n; ++i) {
      at[i] = y;
      if (side[i] > 0) y += unit * static_cast<float>(side[i]) + gap;
    }
    return at;
  };
  std::vector<float> from_y = starts(out);
  std::vector<float> to_y = starts(in);
  for (int side = 0; side < 2; ++side) {
    const auto& sums = side == 0 ? out : in;
    const auto& at = side == 0 ? from_y : to_y;
    for (std::size_t i = 0; i < n; ++i) {
      if (sums[i] == 0) continue;
      const float x = side == 0 ? left : right - thick;
      const float bottom = at[i] + std::max(ui.px(2), unit * static_cast<float>(sums[i]));
      ui.fill({x, at[i], x + thick, bottom}, colour(i), 2);
      const float mid = std::max(pen.y + ui.px(14), (at[i] + bottom) / 2);
      const std::string text = name(i);
      const std::string count = std::to_string(sums[i]);
      const float room = label - ui.px(8);
      const auto place = [&](const std::string& what, Type type, float y, ImU32 ink) {
        const float w = std::min(room, ui.measure(type, what));
        ui.draw({side == 0 ? pen.x0 : pen.x1 - w, y}, type, ink, what, room + 1);
      };
      place(text, Type::small, mid - ui.px(15), c.text);
      place(count, Type::caption, mid + ui.px(2), c.muted);
    }
  }
  std::string spoken;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      const std::size_t count = flows.at(i, k);
      if (count == 0) continue;
      const float w = std::max(ui.px(1), unit * static_cast<float>(count));
      const Rect area = {left + thick, std::min(from_y[i], to_y[k]), right - thick,
                         std::max(from_y[i], to_y[k]) + w};
      band(ui, {area.x0, from_y[i]}, {area.x0, from_y[i] + w}, {area.x1, to_y[k]},
           {area.x1, to_y[k] + w}, with_alpha(colour(i), i == k ? 0.28F : 0.55F));
      // The number stands where its band is wide enough for it, nearer its beginning than its
      // crossings.
      if (w >= ui.px(16)) {
        const std::string text = std::to_string(count);
        const float x = area.x0 + (area.x1 - area.x0) * 0.12F;
        ui.draw({x, from_y[i] + w / 2 - ui.size_of(Type::caption) / 2}, Type::caption, c.text,
                text);
      }
      ui.record(Role::listitem, area, name(i) + " → " + name(k), std::to_string(count));
      from_y[i] += w;
      to_y[k] += w;
    }
  }
  pen.y += height + ui.px(12);
  std::size_t within = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) within += flows.at(i, i);
  std::size_t across = 0;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    for (std::size_t k = 0; k + 1 < n; ++k) across += i == k ? 0 : flows.at(i, k);
  }
  pen.note(ui.t(Str::matching_flow_sum, {std::to_string(within), std::to_string(across)}));
}

}  // namespace tc::ui
