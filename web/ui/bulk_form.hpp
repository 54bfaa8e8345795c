#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// Changes members of several items at once, as one entry of the ledger. What isn't filled in stays
/// as it is in each of them.
class BulkForm {
 public:
  void open(std::vector<std::size_t> items);
  bool is_open() const { return !items_.empty(); }
  /// Call in the app's window. True when the form has proposed its changes.
  bool draw(Ui& ui, Workspace& workspace);

 private:
  std::vector<Change> changes(Workspace& workspace);

  std::vector<std::size_t> items_;
  int status_ = 0, area_ = 0, lead_ = 0;  ///< 0: as it is
  std::string start_, due_, progress_, reason_;
  std::string bad_field_;  ///< member whose text isn't understood
};

}  // namespace tc::ui
