#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/quick_find.hpp"
#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// Something that the palette can do besides going somewhere.
struct Action {
  const char* icon;
  std::string name;
  const char* keys = "";  ///< its shortcut
};

/// The command palette (Ctrl+K): pages, items, members of alliances, policies, postings and actions
/// in one list that narrows while one types, in Chinese, English, codes or initials of pinyin.
class Palette {
 public:
  void open() { wanted_ = true; }
  bool is_open() const { return wanted_ || open_; }
  void set_initials(std::string_view table);

  /// Draws it when it is open. Goes where the chosen entry is, or returns the chosen action.
  std::optional<std::size_t> draw(Ui& ui, Workspace& workspace, std::span<const Action> actions);

 private:
  enum class Kind : std::uint8_t {
    action,
    page,
    item,
    member,
    policy,
    need,
    result,
    job,
    graduate,
    challenge,
  };
  struct Entry {
    Kind kind = Kind::action;
    std::size_t index = 0;  ///< in its list
  };
  /// How an entry looks.
  struct Line {
    const char* icon = "";
    std::string name;
    std::string detail;
  };

  void collect(const Ui& ui, const Workspace& workspace, std::span<const Action> actions);
  static Line line_of(const Ui& ui, const Workspace& workspace, std::span<const Action> actions,
                      const Entry& entry);
  static void go(Workspace& workspace, const Entry& entry);

  PinyinInitials initials_;
  bool initials_asked_ = false;
  bool wanted_ = false;
  bool open_ = false;
  bool focus_ = false;
  std::string query_;
  std::unique_ptr<QuickFind> find_;
  std::vector<Entry> entries_;
  std::vector<std::size_t> found_;
  std::size_t cursor_ = 0;
  bool reveal_ = false;
  std::size_t version_ = 0;  ///< of the board that is in `find_`
  Language language_ = Language::zh;
};

}  // namespace tc::ui
