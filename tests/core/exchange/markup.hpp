#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tc::test {

/// A strict reader of the XML and HTML that exports write: everything well formed, nothing that
/// could run or that loads something. Says what is wrong first; nothing is.
class MarkupReader {
 public:
  MarkupReader(std::string_view text, bool html) : text_(text), html_(html) {}

  std::string fault() {
    while (fault_.empty() && at_ < text_.size()) {
      if (text_[at_] != '<') {
        characters();
      } else if (eat("<?") || eat("<!")) {
        prolog();
      } else if (eat("</")) {
        end_tag();
      } else {
        eat("<");
        start_tag();
      }
    }
    if (fault_.empty() && !open_.empty()) fail("not closed: " + open_.back());
    if (fault_.empty() && roots_ != 1) fail("not one root");
    return fault_;
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  void fail(std::string what) {
    if (fault_.empty()) fault_ = std::move(what) + " before byte " + std::to_string(at_);
  }
  bool eat(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) &&
           std::string_view("<>/=\"'&").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    if (begin == at_) fail("a name is missing");
    return std::string(text_.substr(begin, at_ - begin));
  }

  void check_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte == '<') fail("a bare <");
      if ((byte < 0x20 && !is_space(text[i])) || byte == 0x7F) fail("a control character");
      if (text.substr(i, 3) == "]]>") fail("]]> in text");
      if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
        fail("no character");
      }
      if (byte == '&') check_reference(text.substr(i));
    }
  }
  void check_reference(std::string_view text) {
    const std::size_t end = text.find(';');
    if (end == std::string_view::npos || end < 2) return fail("a bare &");
    const std::string_view reference = text.substr(1, end - 1);
    for (const std::string_view known : {"amp", "lt", "gt", "quot", "apos"}) {
      if (reference == known) return;
    }
    if (html_ && (reference == "nbsp" || reference == "emsp")) return;
    if (reference == "#10" || reference == "#13" || reference == "#9" || reference == "#39") return;
    fail("an unknown reference: " + std::string(reference));
  }

  void characters() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string_view text = text_.substr(at_, end - at_);
    at_ = end;
    check_text(text);
    if (open_.empty() && !std::all_of(text.begin(), text.end(), is_space)) fail("text outside");
  }
  void prolog() {
    const std::size_t end = text_.find('>', at_);
    if (end == std::string_view::npos) return fail("<! or <? without end");
    const std::string_view inside = text_.substr(at_, end - at_);
    const bool known = inside.starts_with("xml ") || inside == "doctype html" ||
                       inside == "DOCTYPE html" || inside.starts_with("-- ");
    if (!known) fail("an unknown declaration");
    at_ = end + 1;
  }
  void end_tag() {
    const std::string tag = name();
    if (open_.empty() || open_.back() != tag) return fail("wrongly closed: " + tag);
    open_.pop_back();
    if (!eat(">")) fail("> is missing");
  }
  void start_tag() {
    const std::string tag = name();
    if (open_.empty()) ++roots_;
    for (const std::string_view bad : {"script", "iframe", "object", "embed", "form", "link",
                                       "image", "use", "foreignObject", "base"}) {
      if (tag == bad) fail("an element that exports have no use for: " + tag);
    }
    std::vector<std::string> names;
    while (fault_.empty()) {
      spaces();
      if (eat("/>")) return;
      if (eat(">")) break;
      const std::string attribute = name();
      if (std::find(names.begin(), names.end(), attribute) != names.end())
        fail("twice: " + attribute);
      names.push_back(attribute);
      if (html_ && !text_.substr(at_).starts_with("=")) continue;
      if (!eat("=\"")) return fail("a value without quotation marks: " + attribute);
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) return fail("a value without end");
      const std::string_view value = text_.substr(at_, end - at_);
      check_text(value);
      check_attribute(tag, attribute, value);
      at_ = end + 1;
    }
    constexpr std::array<std::string_view, 5> kVoid = {"meta", "br", "hr", "col", "img"};
    if (html_ && std::find(kVoid.begin(), kVoid.end(), tag) != kVoid.end()) return;
    if (tag == "style") {
      const std::size_t end = text_.find("</style>", at_);
      if (end == std::string_view::npos) return fail("a style sheet without end");
      if (text_.substr(at_, end - at_).find("url(") != std::string_view::npos) fail("a url()");
      at_ = end + 8;
      return;
    }
    open_.push_back(tag);
  }
  void check_attribute(std::string_view tag, std::string_view attribute, std::string_view value) {
    if (attribute.starts_with("on")) fail("a handler");
    if (attribute == "src" || attribute == "xlink:href" || attribute == "srcdoc") fail("it loads");
    if (attribute == "href" &&
        !(tag == "a" && (value.starts_with("http://") || value.starts_with("https://") ||
                         value.starts_with("mailto:") || value.starts_with("#")))) {
      fail("a link that isn't one: " + std::string(value));
    }
  }

  std::string_view text_;
  bool html_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  int roots_ = 0;
  std::string fault_;
};

/// What is wrong with an XML file; empty: nothing.
inline std::string markup_fault(std::string_view xml) {
  return MarkupReader(xml, false).fault();
}
inline std::string html_fault(std::string_view html) {
  return MarkupReader(html, true).fault();
}

}  // namespace tc::test
