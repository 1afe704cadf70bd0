// SPDX-License-Identifier: Apache-2.0
// A text that all of its copies share, and that none of them can change.
//
// A pusher chooses how long paths and names of authors are, and at how many places one is: a copy
// for each place would cost memory that the push's bytes do not pay for.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace pushguard {

class SharedText {
 public:
  SharedText() = default;
  SharedText(std::string text)
      : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  SharedText(std::string_view text) : SharedText(std::string(text)) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}

  bool empty() const { return !text_; }
  const std::string& str() const {
    static const std::string kEmpty;
    return text_ ? *text_ : kEmpty;
  }
  operator std::string_view() const { return str(); }
  // The same for all copies of a text; null when it is empty.
  const void* identity() const { return text_.get(); }

  friend bool operator==(const SharedText& a, const SharedText& b) {
    return a.text_ == b.text_ || a.str() == b.str();
  }

 private:
  std::shared_ptr<const std::string> text_;
};

}  // namespace pushguard
