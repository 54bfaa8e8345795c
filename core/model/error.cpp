#include "core/model/error.hpp"

#include <array>
#include <string_view>

#include "core/model/utf8.hpp"

namespace tc {

namespace {

struct Sentence {
  const char* zh;
  const char* en;
};

/// {f} stands for what was found, {e} for what was expected.
Sentence sentence(ErrorCode code) {
  switch (code) {
    case ErrorCode::syntax:
      return {"不是有效的 JSON：{f}；此处应为 {e}", "not valid JSON: found {f}, expected {e}"};
    case ErrorCode::encoding:
      return {"文本不是有效的 UTF-8 编码；请以 UTF-8 另存",
              "the text is not valid UTF-8; expected a file saved as UTF-8"};
    case ErrorCode::too_deep:
      return {"嵌套过深；最多允许 {e} 层", "nested too deep; expected at most {e} levels"};
    case ErrorCode::too_large:
      return {"过大（{f}）；最多允许 {e}", "too large ({f}); expected at most {e}"};
    case ErrorCode::number_range:
      return {"数值 {f} 超出可表示范围；应为有限的数",
              "the number {f} is out of range; expected a finite number"};
    case ErrorCode::duplicate_member:
      return {"同一对象中成员 {f} 出现两次；应只出现一次",
              "the member {f} stands twice in one object; expected once"};
    case ErrorCode::wrong_format:
      return {"不是同城的项目文件（format 为 {f}）；应为 {e}",
              "not a Tongcheng programme (format is {f}); expected {e}"};
    case ErrorCode::unsupported_version:
      return {"文件版本 {f} 不受支持；应为 {e}", "version {f} is not supported; expected {e}"};
    case ErrorCode::missing_member:
      return {"缺少成员 {f}；应为{e}", "the member {f} is missing; expected {e}"};
    case ErrorCode::unknown_member:
      return {"未知成员 {f}；可用成员：{e}", "unknown member {f}; expected one of {e}"};
    case ErrorCode::wrong_type:
      return {"类型不符：{f}；应为{e}", "wrong type: found {f}, expected {e}"};
    case ErrorCode::empty_value:
      return {"内容为空；应为{e}", "empty; expected {e}"};
    case ErrorCode::bad_name:
      return {"{f} 不是可用的取值；应为以下之一：{e}",
              "{f} is not a known name; expected one of {e}"};
    case ErrorCode::bad_date:
      return {"{f} 不是有效日期；应为 YYYY-MM-DD（1900 至 2199 年）",
              "{f} is not a date; expected YYYY-MM-DD between 1900 and 2199"};
    case ErrorCode::bad_id:
      return {"{f} 不能用作标识；应为 1 至 {e} 字节且不含空白和控制字符",
              "{f} can't be an id; expected 1 to {e} bytes with no spaces or control characters"};
    case ErrorCode::bad_url:
      return {"{f} 不是网址；应以 http:// 或 https:// 开头",
              "{f} is not a web address; expected http:// or https://"};
    case ErrorCode::bad_hash:
      return {"{f} 不是 SHA-256；应为 64 位十六进制数字",
              "{f} is not a SHA-256; expected 64 hexadecimal digits"};
    case ErrorCode::out_of_range:
      return {"数值 {f} 超出范围；应为 {e}", "{f} is out of range; expected {e}"};
    case ErrorCode::duplicate_id:
      return {"标识 {f} 重复；已用于 {e}",
              "the id {f} is taken; expected one that differs from {e}"};
    case ErrorCode::dangling_reference:
      return {"找不到 {f}；应为{e}中的标识", "{f} does not exist; expected an id in {e}"};
    case ErrorCode::dependency_cycle:
      return {"依赖成环：{f}；应无环", "the dependencies form a cycle: {f}; expected none"};
    case ErrorCode::changed_meanwhile:
      return {"此处现为 {f}，期间已被改动；应为 {e}", "changed meanwhile: found {f}, expected {e}"};
    case ErrorCode::reason_needed:
      return {"{f}须说明理由；应为{e}", "{f} can't go without a reason; expected {e}"};
    case ErrorCode::no_such_place:
      return {"项目中没有 {f} 这一处；应为{e}", "{f} is no place on the board; expected {e}"};
    case ErrorCode::bad_time:
      return {"{f} 不是有效时间；应为 {e}", "{f} is not a time; expected {e}"};
    case ErrorCode::broken_entry:
      return {"记录已损坏：{f}；应为{e}", "the line is broken: {f}; expected {e}"};
    case ErrorCode::other_base:
      return {"起点不同：{f}；应为 {e}", "another beginning: {f}; expected {e}"};
    case ErrorCode::nothing_to_undo:
      return {"无法撤销或重做：{f}；应为{e}", "can't be undone or redone: {f}; expected {e}"};
    case ErrorCode::date_order:
      return {"{f} 早于 {e}；应不早于", "{f} is before {e}; expected that day or later"};
  }
  return {"", ""};
}

/// Type names that appear as `expected`; everything else is shown as it is.
constexpr std::array<std::pair<std::string_view, const char*>, 11> kTypeNames = {{
    {"an object", "对象"},
    {"an array", "数组"},
    {"a string", "字符串"},
    {"a number", "数值"},
    {"a whole number", "整数"},
    {"true or false", "true 或 false"},
    {"text in zh or en", "zh 或 en 的文字"},
    {"at least one city", "至少一个城市"},
    {"a title in zh or en", "zh 或 en 的标题"},
    {"an id", "标识"},
    {"a date YYYY-MM-DD", "日期 YYYY-MM-DD"},
}};

std::string_view localised(std::string_view expected, Language language) {
  if (language == Language::zh) {
    for (const auto& [en, zh] : kTypeNames) {
      if (en == expected) return zh;
    }
  }
  return expected;
}

}  // namespace

std::string message(const Error& error, Language language) {
  const Sentence both = sentence(error.code);
  const std::string_view pattern = language == Language::zh ? both.zh : both.en;
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i, 3) == "{f}") {
      text += error.found;
      i += 2;
    } else if (pattern.substr(i, 3) == "{e}") {
      text += localised(error.expected, language);
      i += 2;
    } else {
      text += pattern[i];
    }
  }
  if (error.position) {
    const std::string line = std::to_string(error.position->line);
    const std::string column = std::to_string(error.position->column);
    text += language == Language::zh ? "（第 " + line + " 行第 " + column + " 列）"
                                     : " (line " + line + ", column " + column + ")";
  }
  return text;
}

std::string child(const std::string& pointer, std::string_view token) {
  std::string result = pointer;
  result += '/';
  for (char c : token) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

std::string child(const std::string& pointer, std::size_t index) {
  return pointer + '/' + std::to_string(index);
}

std::string shorten(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return as_utf8(text);
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return as_utf8(text.substr(0, end)) + "…";
}

}  // namespace tc
