#include "core/exchange/export_task.hpp"

#include "core/model/progress.hpp"

namespace tc {

bool EntriesTask::step() {
  if (has_ended_) return false;
  const std::size_t before = text_.size();
  if (!has_begun_) {
    has_begun_ = true;
    begin();
  }
  while (next_ < count_ && text_.size() - before < kPartBytes) entry(next_++);
  if (next_ < count_) return true;
  end();
  has_ended_ = true;
  return false;
}

double EntriesTask::progress() const {
  return has_ended_ ? 1 : share(next_, count_ + 1);
}

std::string finish(ExportTask& task) {
  while (task.step()) {
  }
  return task.take();
}

}  // namespace tc
