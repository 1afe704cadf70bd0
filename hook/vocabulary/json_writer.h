// SPDX-License-Identifier: Apache-2.0
// Writes one JSON value (RFC 8259) into a string, on one line, in ASCII.
//
// A byte that is no UTF-8 is written as U+FFFD, one for each longest part that could still have
// become a character, as browsers do (the WHATWG's encoding standard). Objects keep the order
// of their fields. The caller nests rightly: a key and its value in turn, an end for each begin.
// Rejected: nlohmann's ordered_json (a tree of small allocations for each record: a quarter of
// what a push of one commit costs); it is what the tests compare with.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace pushguard {

class JsonWriter {
 public:
  JsonWriter() { text_.reserve(kUsual); }

  JsonWriter& begin_object() { return begin('{', '}'); }
  JsonWriter& begin_array() { return begin('[', ']'); }
  // Ends the object or array that was begun last.
  JsonWriter& end();

  // `name` needs no escapes.
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(bool yes);
  JsonWriter& null();
  template <std::integral Number>
  JsonWriter& value(Number number) {
    if constexpr (std::signed_integral<Number>) {
      return write(number < 0,
                   number < 0 ? 0 - static_cast<uint64_t>(number) : static_cast<uint64_t>(number));
    } else {
      return write(false, number);
    }
  }
  template <typename Value>
  JsonWriter& field(std::string_view name, const Value& of) {
    return key(name).value(of);
  }

  // The bytes so far.
  size_t size() const { return text_.size(); }
  std::string take() { return std::move(text_); }

 private:
  JsonWriter& begin(char open, char close);
  JsonWriter& write(bool negative, uint64_t number);
  void comma();
  void escape(std::string_view text);

  static constexpr size_t kUsual = 2048;  // bytes of a record without findings

  std::string text_;
  std::string ends_;  // of what is open
};

}  // namespace pushguard
