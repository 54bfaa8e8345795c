#include "web/ui/link.hpp"

#include <algorithm>

#include "core/model/programme.hpp"
#include "core/model/utf8.hpp"
#include "web/ui/saved_view.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

constexpr std::size_t kMaxHighlights = 64;

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Nothing when it isn't percent-encoded UTF-8 without control characters.
std::optional<std::string> decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+') {
      c = ' ';
    } else if (c == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = digit_of(text[i + 1]);
      const int low = digit_of(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
    result += c;
  }
  if (!is_utf8(result)) return std::nullopt;
  return result;
}

std::string encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~,:/").find(c) != std::string_view::npos;
    if (plain) {
      result += c;
    } else if (c == ' ') {
      result += '+';
    } else {
      result += '%';
      result += kHex[byte >> 4U];
      result += kHex[byte & 15U];
    }
  }
  return result;
}

}  // namespace

Link parse_link(std::string_view text) {
  Link link;
  SavedView& view = link.view;
  const auto fault = [&link](LinkFault what) {
    if (link.fault == LinkFault::none) link.fault = what;
  };
  view.page = "overview";
  if (text.size() > kMaxLink) {
    fault(LinkFault::too_long);
    return link;
  }
  if (text.starts_with('#')) text.remove_prefix(1);
  const std::size_t mark = std::min(text.find('?'), text.size());
  const std::optional<std::string> page = decoded(text.substr(0, mark));
  const ViewEntry* known = page ? find_view(*page) : nullptr;
  if (known != nullptr) {
    view.page = known->id;
  } else if (!page) {
    fault(LinkFault::encoding);
  } else if (!page->empty()) {
    fault(LinkFault::page);
  }

  ViewFilters filters;
  text.remove_prefix(std::min(mark + 1, text.size()));
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view name = part.substr(0, equals);
    std::optional<std::string> value = decoded(part.substr(std::min(equals + 1, part.size())));
    if (!value) {
      fault(LinkFault::encoding);
    } else if (name == "item") {
      view.item = std::move(*value);
    } else if (name == "q") {
      filters.text = std::move(*value);
    } else if (name == "status") {
      const auto* found = std::find_if(kStatuses.begin(), kStatuses.end(), [&value](Status status) {
        return name_of(status) == *value;
      });
      if (found == kStatuses.end()) {
        fault(LinkFault::part);
      } else {
        filters.status = *found;
      }
    } else if (name == "area") {
      filters.area = std::move(*value);
    } else if (name == "city") {
      filters.city = std::move(*value);
    } else if (name == "department") {
      filters.department = std::move(*value);
    } else if (name == "late" && *value == "1") {
      filters.late_only = true;
    } else if (name == "on") {
      view.as_of = parse_date(*value);
      if (!view.as_of) fault(LinkFault::part);
    } else if (name == "lang" && (*value == "zh" || *value == "en")) {
      view.language = std::move(*value);
    } else if (name == "camera") {
      view.camera = std::move(*value);
    } else if (name == "highlight" && view.highlights.size() < kMaxHighlights) {
      if (!value->empty()) view.highlights.push_back(std::move(*value));
    } else {
      fault(LinkFault::part);
    }
  }
  if (!(filters == ViewFilters{})) view.filters = std::move(filters);
  // Without a page that there is, what it is about says where it belongs.
  if (known == nullptr && (view.filters || !view.item.empty())) view.page = "items";
  return link;
}

std::string write_link(const SavedView& view) {
  std::string text = view.page;
  char joint = '?';
  const auto add = [&text, &joint](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text += joint;
    text += name;
    text += '=';
    text += encoded(value);
    joint = '&';
  };
  add("item", view.item);
  if (view.filters) {
    const ViewFilters& filters = *view.filters;
    if (filters.status) add("status", name_of(*filters.status));
    add("area", filters.area);
    add("city", filters.city);
    add("department", filters.department);
    if (filters.late_only) add("late", "1");
    add("q", filters.text);
  }
  if (view.as_of) add("on", format_date(*view.as_of));
  if (view.language) add("lang", *view.language);
  add("camera", view.camera);
  for (const std::string& highlight : view.highlights) add("highlight", highlight);
  return text;
}

}  // namespace tc::ui
