#include "core/model/dependency_cycle.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace tc {

std::vector<std::size_t> find_dependency_cycle(const Programme& programme) {
  enum class Colour : unsigned char { white, grey, black };
  struct Visit {
    std::size_t item;
    std::size_t next;  ///< dependency to look at next
  };

  const std::vector<ActionItem>& items = programme.items;
  std::unordered_map<std::string_view, std::size_t> index;
  index.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) index.emplace(items[i].code, i);

  std::vector<Colour> colour(items.size(), Colour::white);
  std::vector<Visit> path;
  for (std::size_t root = 0; root < items.size(); ++root) {
    if (colour[root] != Colour::white) continue;
    path.push_back({root, 0});
    colour[root] = Colour::grey;
    while (!path.empty()) {
      Visit& top = path.back();
      const std::vector<Dependency>& dependencies = items[top.item].depends_on;
      if (top.next == dependencies.size()) {
        colour[top.item] = Colour::black;
        path.pop_back();
        continue;
      }
      const auto found = index.find(dependencies[top.next++].item);
      if (found == index.end()) continue;
      const std::size_t item = found->second;
      if (colour[item] == Colour::grey) {
        std::vector<std::size_t> cycle;
        const auto first = std::find_if(path.begin(), path.end(),
                                        [item](const Visit& visit) { return visit.item == item; });
        std::transform(first, path.end(), std::back_inserter(cycle),
                       [](const Visit& visit) { return visit.item; });
        return cycle;
      }
      if (colour[item] == Colour::white) {
        colour[item] = Colour::grey;
        path.push_back({item, 0});
      }
    }
  }
  return {};
}

}  // namespace tc
