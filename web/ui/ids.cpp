#include "web/ui/ids.hpp"

namespace tc::ui {

std::vector<std::string> ids_in(const std::string& text) {
  std::vector<std::string> ids;
  std::string id;
  const auto end = [&] {
    if (!id.empty()) ids.push_back(id);
    id.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    const bool wide = rest.starts_with("，") || rest.starts_with("、") || rest.starts_with("；") ||
                      rest.starts_with("　");
    if (wide || std::string_view(", ;\t\n").find(rest[0]) != std::string_view::npos) {
      end();
      i += wide ? 3 : 1;
    } else {
      id += rest[0];
      ++i;
    }
  }
  end();
  return ids;
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) {
    if (!text.empty()) text += ", ";
    text += id;
  }
  return text;
}

}  // namespace tc::ui
