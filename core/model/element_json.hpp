#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// `load_programme` for a document that is parsed already and no deeper than `kMaxDepth`.
Result<Programme> load_document(const nlohmann::json& document);
/// The same for a document without items, where these have been read already (see `load_item`):
/// they become those of the programme. Given back as they were when there are errors.
Result<Programme> load_document(const nlohmann::json& document, std::vector<ActionItem>& items);

/// Reads one element of a programme by the rules of `load_programme` that need nothing but the
/// element; for the others see `ElementChecker`. The pointers of errors begin with `pointer`.
/// Linear in the size of the element.
Result<ActionItem> load_item(const nlohmann::json& element, const std::string& pointer);
Result<Indicator> load_indicator(const nlohmann::json& element, const std::string& pointer);
Result<Evidence> load_evidence(const nlohmann::json& element, const std::string& pointer);

/// The element as it stands in a programme file. Linear in its size.
nlohmann::json json_of(const Source& element);
nlohmann::json json_of(const City& element);
nlohmann::json json_of(const Department& element);
nlohmann::json json_of(const Area& element);
nlohmann::json json_of(const ActionItem& element);
nlohmann::json json_of(const Milestone& element);
nlohmann::json json_of(const Dependency& element);
nlohmann::json json_of(const Evidence& element);
nlohmann::json json_of(const Indicator& element);
nlohmann::json json_of(const Product& element);
nlohmann::json json_of(const Member& element);
nlohmann::json json_of(const ChainLink& element);
nlohmann::json json_of(const Policy& element);
nlohmann::json json_of(const MatrixCell& element);
nlohmann::json json_of(const Need& element);
nlohmann::json json_of(const ResearchResult& element);
nlohmann::json json_of(const Job& element);
nlohmann::json json_of(const Graduate& element);
nlohmann::json json_of(const Challenge& element);
nlohmann::json json_of(const Bid& element);
nlohmann::json json_of(const Deck& element);
nlohmann::json json_of(const Slide& element);
nlohmann::json json_of(const Interest& element);

/// Checks single elements against the rest of a programme by the rules of `load_programme`:
/// references, uniqueness within the element, order of its dates. Cycles of dependencies are not
/// looked for. Built in O(programme); a check is linear in the element.
class ElementChecker {
 public:
  explicit ElementChecker(const Programme& programme);
  ~ElementChecker();
  ElementChecker(ElementChecker&&) noexcept;
  ElementChecker& operator=(ElementChecker&&) noexcept;

  std::vector<Error> check(const ActionItem& item, const std::string& pointer);
  std::vector<Error> check(const Indicator& indicator, const std::string& pointer);
  /// Makes a new item's code known.
  void add_item(const std::string& code);

 private:
  struct Sets;
  std::unique_ptr<Sets> sets_;
};

}  // namespace tc
