#pragma once

#include "web/ui/views/view.hpp"

namespace tc::ui {

/// What is on the screen now, so that it can be shown again: the page `workspace.page` in its
/// `view`, with the filters and the open item where the page has them. Without a view its camera is
/// left out.
SavedView capture_view(const Workspace& workspace, const View* view);

/// Sets page, filters and open item as they were saved; what the board hasn't got any more is
/// passed over. The camera is left to the view itself.
void apply_view(const SavedView& saved, Workspace& workspace);

/// The view's entry in the list of views; null when this version has none of that name.
const ViewEntry* find_view(std::string_view page);

/// The saved view in a line: the page's title and what it is narrowed to.
std::string describe_view(const Ui& ui, const Programme& programme, const SavedView& saved);

}  // namespace tc::ui
