#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/model/item_query.hpp"
#include "web/ui/board.hpp"
#include "web/ui/host.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

/// What a view may read and change. The board is never null while a view draws.
struct Workspace {
  Host& host;
  std::unique_ptr<Board> board;
  std::string_view page;              ///< id of the view that is shown
  ItemQuery query;                    ///< the items view's filters
  std::optional<std::size_t> chosen;  ///< the item whose details are open
  bool reveal_chosen = false;         ///< scroll to it once

  Collate collate_in(Language language) const {
    return [this, language](const std::vector<std::string_view>& texts) {
      return host.collate(texts, language);
    };
  }
  /// Shows the items view with these filters.
  void show_items(ItemQuery with) {
    query = std::move(with);
    page = "items";
  }
  /// Shows one item's details in the items view.
  void show_item(std::size_t item) {
    query = {};
    chosen = item;
    reveal_chosen = true;
    page = "items";
  }
};

/// One page of the app. Its state lives in the object, and starts afresh with each board.
class View {
 public:
  virtual ~View() = default;
  virtual void draw(Ui& ui, Workspace& workspace, const Rect& area) = 0;
};

struct ViewEntry {
  const char* id;
  const char* icon;
  Str title;
  std::unique_ptr<View> (*make)();
};

/// The pages in the order of the navigation rail.
std::span<const ViewEntry> views();

}  // namespace tc::ui
