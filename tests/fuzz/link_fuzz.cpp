// The part of the page's address after `#`.

#include "web/ui/link.hpp"

#include "tests/fuzz/target.hpp"
#include "web/ui/saved_view.hpp"

using namespace tc::ui;
using tc::fuzz::require;

TONGCHENG_FUZZ_TARGET(link) {
  const Link link = parse_link(bytes);
  require(find_view(link.view.page) != nullptr, "a page that there is");
  const std::string text = write_link(link.view);
  require(tc::is_utf8(text), "an address is plain text");
  if (text.size() > kMaxLink) return;
  const Link again = parse_link(text);
  require(again.fault == LinkFault::none, "what is written is without fault");
  require(again.view == link.view, "what is written reads the same");
}
