#include "core/model/programme.hpp"

namespace tc {

std::string_view name_of(Status status) {
  switch (status) {
    case Status::completed:
      return "completed";
    case Status::staged_result:
      return "staged-result";
    case Status::under_way:
      return "under-way";
    case Status::not_started:
      return "not-started";
    case Status::blocked:
      return "blocked";
    case Status::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(DependencyType type) {
  switch (type) {
    case DependencyType::finish_to_start:
      return "FS";
    case DependencyType::start_to_start:
      return "SS";
    case DependencyType::finish_to_finish:
      return "FF";
    case DependencyType::start_to_finish:
      break;
  }
  return "SF";
}

std::string_view name_of(EvidenceKind kind) {
  switch (kind) {
    case EvidenceKind::link:
      return "link";
    case EvidenceKind::note:
      return "note";
    case EvidenceKind::file:
      break;
  }
  return "file";
}

std::string_view name_of(Counts counts) {
  switch (counts) {
    case Counts::nothing:
      return "nothing";
    case Counts::areas:
      return "areas";
    case Counts::items:
      break;
  }
  return "items";
}

std::string_view name_of(Rag rag) {
  switch (rag) {
    case Rag::red:
      return "red";
    case Rag::amber:
      return "amber";
    case Rag::green:
      return "green";
    case Rag::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(ProgrammeKind kind) {
  switch (kind) {
    case ProgrammeKind::sourced:
      return "sourced";
    case ProgrammeKind::demonstration:
      return "demonstration";
    case ProgrammeKind::working:
      break;
  }
  return "working";
}

const Text& label_of(Status status) {
  static const std::array<Text, kStatusCount> labels = {{
      {"已完成", "Completed"},
      {"取得阶段性成果", "Staged result"},
      {"推进中", "Under way"},
      {"未启动", "Not started"},
      {"受阻", "Blocked"},
      {"未知", "Unknown"},
  }};
  return labels[static_cast<std::size_t>(status)];
}

}  // namespace tc
