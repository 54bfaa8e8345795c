#include "core/exchange/graphml.hpp"

#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/exchange/xml_text.hpp"
#include "core/model/number_text.hpp"

namespace tc {

namespace {

class Writer {
 public:
  void data(const char* key, const std::string& value) {
    if (value.empty()) return;
    text_ += std::string("      <data key=\"") + key + "\">" + xml_text(value) + "</data>\n";
  }
  void data(const char* key, const std::optional<double>& value) {
    if (value) data(key, number_text(*value));
  }
  void key(const char* id, const char* of, const char* name, const char* type) {
    text_ += std::string("  <key id=\"") + id + "\" for=\"" + of + "\" attr.name=\"" + name +
             "\" attr.type=\"" + type + "\"/>\n";
  }
  void line(const std::string& text) { text_ += text + '\n'; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

template <class List>
std::unordered_map<std::string_view, std::size_t> index_of(const List& list) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < list.size(); ++i) index.emplace(list[i].id, i);
  return index;
}

void append(std::string& list, const std::string& word) {
  if (!list.empty()) list += "; ";
  list += word;
}

}  // namespace

std::string export_graphml(const Programme& programme, Language language) {
  const auto cities = index_of(programme.cities);
  const auto alliances = index_of(programme.alliances);
  const auto products = index_of(programme.products);
  const auto members = index_of(programme.members);
  Writer out;
  out.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  out.line("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"");
  out.line("         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
  out.line(
      "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
      "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">");
  if (programme.kind == ProgrammeKind::demonstration) {
    out.line("  <desc>演示数据 / Demonstration data</desc>");
  }
  out.key("title", "graph", "title", "string");
  out.key("name", "node", "name", "string");
  out.key("kind", "node", "kind", "string");
  out.key("city", "node", "city", "string");
  out.key("alliances", "node", "alliances", "string");
  out.key("stages", "node", "stages", "string");
  out.key("link", "edge", "kind", "string");
  out.key("product", "edge", "product", "string");
  out.key("volume", "edge", "volume", "double");
  out.key("unit", "edge", "unit", "string");
  out.line("  <graph id=\"" + xml_text(programme.id) + "\" edgedefault=\"directed\">");
  out.data("title", programme.title.in(language));
  for (const Member& member : programme.members) {
    out.line("    <node id=\"" + xml_text(member.id) + "\">");
    out.data("name", member.name.in(language));
    out.data("kind", std::string(name_of(member.kind)));
    if (const auto city = cities.find(member.city); city != cities.end()) {
      out.data("city", programme.cities[city->second].name.in(language));
    }
    std::string joined;
    std::string stages;
    for (const Membership& membership : member.memberships) {
      const auto found = alliances.find(membership.alliance);
      if (found == alliances.end()) continue;
      const Alliance& alliance = programme.alliances[found->second];
      append(joined, alliance.title.in(language));
      for (const std::string& id : membership.stages) {
        for (const ChainStage& stage : alliance.stages) {
          if (stage.id == id) append(stages, stage.title.in(language));
        }
      }
    }
    out.data("alliances", joined);
    out.data("stages", stages);
    out.line("    </node>");
  }
  for (const ChainLink& link : programme.chain_links) {
    if (members.count(link.from) == 0 || members.count(link.to) == 0) continue;
    out.line("    <edge id=\"" + xml_text(link.id) + "\" source=\"" + xml_text(link.from) +
             "\" target=\"" + xml_text(link.to) + "\">");
    out.data("link", std::string(name_of(link.kind)));
    const auto product = products.find(link.product);
    const Product* what =
        product == products.end() ? nullptr : &programme.products[product->second];
    if (what != nullptr) out.data("product", what->name.in(language));
    out.data("volume", link.volume);
    if (link.volume) out.data("unit", (what != nullptr ? what->unit : link.unit).in(language));
    out.line("    </edge>");
  }
  out.line("  </graph>");
  out.line("</graphml>");
  return out.take();
}

}  // namespace tc
