#include "core/exchange/chain_svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "core/alliance/layout_layered.hpp"
#include "core/alliance/network.hpp"
#include "core/exchange/xml_text.hpp"

namespace tc {

namespace {

using alliance::ChainDrawing;
using alliance::LayerLayout;
using alliance::Point;

constexpr double kMargin = 32;
constexpr double kHeading = 64;  ///< of one alliance: its title and its stages' names
constexpr double kBankName = 92;
constexpr double kLabelRoom = 190;
/// By bank; the last is of no known city.
constexpr std::array<const char*, 4> kColours = {"#1f6feb", "#c2571a", "#2e8b57", "#6e7781"};

std::string coordinate(double value) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
  return buffer.data();
}

std::string at(double x, double y) {
  return coordinate(x) + ' ' + coordinate(y);
}

class Picture {
 public:
  Picture(const Programme& programme, Language language)
      : programme_(programme), language_(language) {}

  void add(const Alliance& chain) {
    const auto network = alliance::make_network(programme_, {chain.id, {}});
    text(kMargin, top_ + 22, 18, "#111", chain.title.in(language_), true);
    const bool known = network && network->size() > 0 && !chain.stages.empty();
    if (!known) {
      text(kMargin, top_ + 46, 13, "#57606a",
           language_ == Language::zh ? "环节或成员未知" : "Stages or members unknown", false);
      widen(kMargin + 300);
      top_ += kHeading + kMargin / 2;
      return;
    }
    draw(chain, *network);
  }

  std::string take(const std::string& title) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + coordinate(width_) +
           "\" height=\"" + coordinate(top_ + kMargin) + "\" viewBox=\"0 0 " + coordinate(width_) +
           ' ' + coordinate(top_ + kMargin) +
           "\" font-family=\"'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', "
           "sans-serif\">\n";
    out += "<title>" + xml_text(title) + "</title>\n";
    out += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
    if (programme_.kind == ProgrammeKind::demonstration) {
      out += "<text x=\"" + coordinate(width_ - kMargin) +
             "\" y=\"24\" font-size=\"13\" fill=\"#b35900\" "
             "text-anchor=\"end\">演示数据 / Demonstration data</text>\n";
    }
    return out + body_ + "</svg>\n";
  }

 private:
  void widen(double width) { width_ = std::max(width_, width); }

  void text(double x, double y, int size, const char* fill, const std::string& words, bool bold) {
    body_ += "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" font-size=\"" +
             std::to_string(size) + "\" fill=\"" + fill + '"' +
             (bold ? " font-weight=\"bold\"" : "") + '>' + xml_text(words) + "</text>\n";
  }

  static const char* colour(std::size_t bank, std::size_t cities) {
    return bank < cities ? kColours[bank % (kColours.size() - 1)] : kColours.back();
  }

  /// A curve through the points, level at each.
  static std::string curve(const std::vector<Point>& points) {
    std::string path = "M" + at(points[0].x, points[0].y);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const double bend = std::max(30.0, std::abs(points[i].x - points[i - 1].x) / 2);
      path += " C" + at(points[i - 1].x + bend, points[i - 1].y) + ", " +
              at(points[i].x - bend, points[i].y) + ", " + at(points[i].x, points[i].y);
    }
    return path;
  }

  void draw(const Alliance& chain, const alliance::Network& network) {
    const ChainDrawing drawing = alliance::chain_drawing(network);
    alliance::LayerOptions options;
    options.column_step = 230;
    options.node_gap = 12;
    options.least_node = 12;
    const LayerLayout layout = alliance::layer_layout(drawing.nodes, drawing.edges, options);
    const double left = kMargin + kBankName;
    const double down = top_ + kHeading;
    const auto move = [&](Point point) { return Point{point.x + left, point.y + down}; };

    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
      const std::string name = c < chain.stages.size()
                                   ? chain.stages[c].title.in(language_)
                                   : (language_ == Language::zh ? "其他" : "Others");
      text(left + layout.columns[c], top_ + 48, 13, "#57606a", name, false);
    }
    for (std::size_t bank = 0; bank < layout.banks.size(); ++bank) {
      if (layout.banks[bank].height <= 0) continue;
      const std::string name = bank < programme_.cities.size()
                                   ? programme_.cities[bank].name.in(language_)
                                   : (language_ == Language::zh ? "城市未知" : "City unknown");
      text(kMargin, down + layout.banks[bank].y + layout.banks[bank].height / 2 + 5, 14,
           colour(bank, programme_.cities.size()), name, true);
    }
    for (std::size_t i = 0; i < layout.ribbons.size(); ++i) {
      const alliance::Ribbon& ribbon = layout.ribbons[i];
      std::vector<Point> points = {move(ribbon.from)};
      for (const Point& via : ribbon.via) points.push_back(move(via));
      points.push_back(move(ribbon.to));
      const std::uint32_t bank = drawing.nodes[drawing.edges[i].from].bank;
      body_ += "<path d=\"" + curve(points) + "\" fill=\"none\" stroke=\"" +
               colour(bank, programme_.cities.size()) + "\" stroke-opacity=\"0.28\"" +
               " stroke-width=\"" + coordinate(ribbon.width) + '"' +
               (ribbon.backward ? " stroke-dasharray=\"6 4\"" : "") + "/>\n";
    }
    for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
      const alliance::NodeBox& box = layout.nodes[i];
      body_ += "<rect x=\"" + coordinate(box.x + left) + "\" y=\"" + coordinate(box.y + down) +
               "\" width=\"" + coordinate(box.width) + "\" height=\"" + coordinate(box.height) +
               "\" rx=\"2\" fill=\"" + colour(drawing.nodes[i].bank, programme_.cities.size()) +
               "\"/>\n";
      text(box.x + left + box.width + 6, box.y + down + box.height / 2 + 4, 12, "#111",
           network.member(static_cast<std::uint32_t>(i)).name.in(language_), false);
    }
    widen(left + layout.width + kLabelRoom + kMargin);
    top_ = down + layout.height + kMargin;
  }

  const Programme& programme_;
  Language language_;
  std::string body_;
  double width_ = 480;
  double top_ = kMargin;
};

}  // namespace

std::string chain_svg(const Programme& programme, std::string_view alliance, Language language) {
  Picture picture(programme, language);
  for (const Alliance& chain : programme.alliances) {
    if (alliance.empty() || chain.id == alliance) picture.add(chain);
  }
  return picture.take(programme.title.in(language));
}

}  // namespace tc
