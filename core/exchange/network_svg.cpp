#include "core/exchange/network_svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "core/exchange/xml_text.hpp"

namespace tc {

namespace {

constexpr std::array<const char*, 3> kColours = {"#1f6feb", "#c2571a", "#2e8b57"};
constexpr const char* kUnknown = "#6e7781";
constexpr double kMargin = 40;
constexpr double kHead = 56;
constexpr double kLabelRoom = 160;

std::string coordinate(double value) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
  return buffer.data();
}

}  // namespace

std::string network_svg(const alliance::Network& network, std::span<const alliance::Point> places,
                        Language language) {
  const Programme& programme = *network.programme;
  double x0 = 0;
  double y0 = 0;
  double x1 = 0;
  double y1 = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    x0 = i == 0 ? places[i].x : std::min(x0, places[i].x);
    x1 = i == 0 ? places[i].x : std::max(x1, places[i].x);
    y0 = i == 0 ? places[i].y : std::min(y0, places[i].y);
    y1 = i == 0 ? places[i].y : std::max(y1, places[i].y);
  }
  const double width = std::max(480.0, x1 - x0 + 2 * kMargin + kLabelRoom);
  const double height = y1 - y0 + 2 * kMargin + kHead;
  const auto x = [&](std::size_t node) { return coordinate(places[node].x - x0 + kMargin); };
  const auto y = [&](std::size_t node) {
    return coordinate(places[node].y - y0 + kMargin + kHead);
  };
  const std::string size = coordinate(width) + "\" height=\"" + coordinate(height);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\" viewBox=\"0 0 " +
         coordinate(width) + ' ' + coordinate(height) +
         "\" font-family=\"'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif\">\n";
  const std::string& title = network.alliance == alliance::kNone
                                 ? programme.title.in(language)
                                 : programme.alliances[network.alliance].title.in(language);
  out += "<title>" + xml_text(title) + "</title>\n";
  out += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  out += "<text x=\"40\" y=\"32\" font-size=\"18\" font-weight=\"bold\" fill=\"#111\">" +
         xml_text(title) + "</text>\n";
  if (programme.kind == ProgrammeKind::demonstration) {
    out +=
        "<text x=\"40\" y=\"52\" font-size=\"13\" fill=\"#b35900\">演示数据 / Demonstration "
        "data</text>\n";
  }
  std::vector<std::size_t> degree(places.size(), 0);
  for (std::size_t i = 0; i < network.links.size(); ++i) {
    const alliance::NetworkLink& link = network.links[i];
    if (link.from >= places.size() || link.to >= places.size()) continue;
    ++degree[link.from];
    ++degree[link.to];
    const LinkKind kind = network.link(static_cast<std::uint32_t>(i)).kind;
    out += "<line x1=\"" + x(link.from) + "\" y1=\"" + y(link.from) + "\" x2=\"" + x(link.to) +
           "\" y2=\"" + y(link.to) + "\" stroke=\"#8c98a5\" stroke-opacity=\"0.6\"" +
           (kind == LinkKind::supply ? "" : " stroke-dasharray=\"5 4\"") + "/>\n";
  }
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    const std::uint32_t city = network.city[i];
    const double radius = std::min(12.0, 4.5 + std::sqrt(static_cast<double>(degree[i])));
    out += "<circle cx=\"" + x(i) + "\" cy=\"" + y(i) + "\" r=\"" + coordinate(radius) +
           "\" fill=\"" + (city == alliance::kNone ? kUnknown : kColours[city % kColours.size()]) +
           "\"/>\n<text x=\"" + coordinate(places[i].x - x0 + kMargin + radius + 4) + "\" y=\"" +
           coordinate(places[i].y - y0 + kMargin + kHead + 4) +
           "\" font-size=\"11\" fill=\"#111\">" + xml_text(network.member(i).name.in(language)) +
           "</text>\n";
  }
  return out + "</svg>\n";
}

}  // namespace tc
