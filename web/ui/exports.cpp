#include "web/ui/exports.hpp"

#include "core/exchange/sheet_export.hpp"

namespace tc::ui {

struct Exporting::Source {
  Programme programme;
  Schedule schedule;
  WorkCalendar calendar;
};

Exporting::Exporting(Board& board, const ExportFormat* format, Language language,
                     std::int64_t begun)
    : source_(new Source{board.programme, board.schedule(), board.calendar}),
      format_(format),
      begun_(begun) {
  name_ = board.programme.id + ".";
  if (format == nullptr) {
    name_ += "xlsx";
    task_ = begin_sheets(source_->programme, &source_->schedule, language);
  } else {
    name_ += format->extension;
    task_ = format->begin(
        {source_->programme, source_->schedule, source_->calendar, board.as_of, language});
  }
}

Exporting::~Exporting() = default;
Exporting::Exporting(Exporting&&) noexcept = default;
Exporting& Exporting::operator=(Exporting&&) noexcept = default;

bool Exporting::is_small() const {
  constexpr std::size_t kFew = 500;
  return source_->programme.items.size() < kFew;
}

void Exporting::deliver(Host& host) {
  if (format_ == nullptr) {
    host.save_workbook(name_, task_->take());
  } else {
    host.save_file(name_, format_->mime, task_->take());
  }
}

}  // namespace tc::ui
