// SPDX-License-Identifier: Apache-2.0
#include "support/encoders.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "support/encode.h"

namespace pushguard::test {
namespace {

using Byte = std::function<std::string(unsigned char)>;

// What stands before, between and after the lines of a text that is broken.
struct Layout {
  std::string name, open, between, close;
};

const std::vector<Layout> kLineLayouts = {
    {"LF", "", "\n", "\n"},
    {"CR LF", "", "\r\n", "\r\n"},
    {"CR alone", "", "\r", "\r"},
    {"four spaces in front", "    ", "\n    ", "\n"},
    {"40 spaces in front", "", "\n" + std::string(40, ' '), "\n"},
    {"two tabs in front, CR LF", "\t\t", "\r\n\t\t", "\r\n"},
    {"blanks at the end", "", "  \n", " \n"},
    {"an empty line between", "", "\n\n", "\n"},
    {"after #", "# ", "\n# ", "\n"},
    {"after //", "    // ", "\n    // ", "\n"},
    {"after ///", "/// ", "\n/// ", "\n"},
    {"after *", "/*\n * ", "\n * ", "\n */"},
    {"after --", "-- ", "\n-- ", "\n"},
    {"after ;", "; ", "\n; ", "\n"},
    {"after >", "> ", "\n> ", "\n"},
    {"after |", "| ", "\n| ", "\n"},
    {"a list of YAML", "  - ", "\n  - ", "\n"},
    {"a list of quoted YAML", "  - \"", "\"\n  - \"", "\"\n"},
    {"a list of JSON", "[\n  \"", "\",\n  \"", "\"\n]"},
    {"a list in one line", "['", "', '", "']"},
    {"strings and +", "\"", "\" +\n    \"", "\";"},
    {"strings and + in front", "'", "'\n    + '", "';"},
    {"strings and + without blanks", "\"", "\"+\n\"", "\";"},
    {"strings and + in one line", "\"", "\" + \"", "\";"},
    {"adjacent strings", "(\"", "\"\n     \"", "\")"},
    {"adjacent strings and \\", "'", "' \\\n    '", "'"},
    {"strings and .", "'", "' .\n    '", "';"},
    {"strings and &", "\"", "\" & _\r\n    \"", "\""},
    {"strings and ..", "\"", "\" ..\n  \"", "\""},
    {"strings and ||", "'", "' ||\n  '", "'"},
    {"template strings", "`", "` +\n  `", "`;"},
    {"a line that goes on", "", "\\\n", "\n"},
    {"a line that goes on, with a blank", "", " \\\n    ", "\n"},
    {"escaped line ends", "\"", "\\n", "\\n\""},
    {"escaped line ends, CR LF", "\"", "\\r\\n", "\\r\\n\""},
    {"strings with line ends and +", "\"", "\\n\" +\n    \"", "\";"},
    {"br", "<p>", "<br>\n", "</p>"},
    {"br without a line end", "<p>", "<br />", "</p>"},
    {"entities of line ends", "<v a=\"", "&#10;", "\"/>"},
    {"entities of CR LF", "<v a=\"", "&#13;&#10;", "\"/>"},
    {"entities of line ends in hex", "<v a=\"", "&#xA;", "\"/>"},
};

std::string laid_out(const std::string& text, size_t width, const Layout& layout) {
  if (width == 0) return layout.open + text + layout.close;
  return layout.open + in_lines(text, width, layout.between) + layout.close;
}

std::vector<size_t> widths_from(size_t first) {
  std::vector<size_t> widths;
  for (size_t width = first; width <= 120; ++width) widths.push_back(width);
  return widths;
}

// Lines of less than 31 digits are found by their ends, which some layouts have not, and those
// of a single digit not where it is a sign.
size_t first_width(const Layout& layout, bool is_packed) {
  const bool has_no_end = layout.open == "['" || layout.name.starts_with("br");
  return has_no_end ? 31 : is_packed ? 4 : 1;
}

std::string for_urls(std::string text) {
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

// `width` pieces on a line.
std::string by_bytes(const std::string& text, size_t width, const Byte& byte,
                     const std::string& between, const std::string& line_end) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0) out += width > 0 && i % width == 0 ? line_end : between;
    out += byte(static_cast<unsigned char>(text[i]));
  }
  return out;
}

bool is_alnum(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void add_digits(std::vector<Encoder>& all) {
  for (const Layout& layout : kLineLayouts) {
    all.push_back({"base64, " + layout.name,
                   [=](const std::string& text, size_t width) {
                     return laid_out(in_base64(text), width, layout);
                   },
                   widths_from(first_width(layout, false))});
    all.push_back({"hex, " + layout.name,
                   [=](const std::string& text, size_t width) {
                     return laid_out(in_hex(text), width, layout);
                   },
                   widths_from(first_width(layout, false))});
    for (const bool zlib : {false, true}) {
      all.push_back({std::string(zlib ? "zlib" : "gzip") + " in base64, " + layout.name,
                     [=](const std::string& text, size_t width) {
                       return laid_out(in_base64(zlib ? in_zlib(text) : in_gzip(text)), width,
                                       layout);
                     },
                     widths_from(first_width(layout, true)), false});
    }
  }
  all.push_back({"base64 without padding",
                 [](const std::string& text, size_t) { return "k: " + in_base64(text, false); },
                 {0}});
  all.push_back({"base64 for URLs",
                 [](const std::string& text, size_t) { return for_urls(in_base64(text, false)); },
                 {0}});
  all.push_back({"base64 in a data: URL",
                 [](const std::string& text, size_t) {
                   return "url(data:text/plain;charset=utf-8;base64," + in_base64(text) + ")";
                 },
                 {0}});
  all.push_back({"base64 in base64",
                 [](const std::string& text, size_t) { return in_base64(in_base64(text)); },
                 {0}});
  all.push_back({"base64, all but the padding in escapes of JSON",
                 [](const std::string& text, size_t) {
                   std::string out;
                   for (const char c : in_base64(text)) {
                     out += c == '=' ? "\\u003d" : c == '/' ? "\\/" : std::string(1, c);
                   }
                   return "{\"a\": \"" + out + "\"}";
                 },
                 {0}});
}

void add_separated_hex(std::vector<Encoder>& all) {
  const Byte plain = [](unsigned char c) { return fmt::format("{:02x}", c); };
  const Byte upper = [](unsigned char c) { return fmt::format("{:02X}", c); };
  const Byte c_style = [](unsigned char c) { return fmt::format("0x{:02x}", c); };
  const Byte c_upper = [](unsigned char c) { return fmt::format("0X{:02X}", c); };
  const auto add = [&](std::string name, const Byte& byte, std::string between,
                       std::string line_end) {
    all.push_back({"hex, " + name,
                   [=](const std::string& text, size_t width) {
                     return "{" + by_bytes(text, width, byte, between, line_end) + "}";
                   },
                   {0, 3, 4, 7, 8, 10, 12, 16, 20, 32}});
  };
  add("upper case", upper, "", "");
  add("blanks", plain, " ", "\n");
  add("blanks, two between eights", plain, " ", "  ");
  add("colons", plain, ":", ":\n    ");
  add("colons, upper case", upper, ":", ":\r\n\t");
  add("dashes", plain, "-", "-");
  add("commas", plain, ",", ",\n");
  add("commas and blanks", plain, ", ", ",\n  ");
  add("0x", c_style, ", ", ",\n  ");
  add("0x without blanks", c_style, ",", ",\n");
  add("0x and blanks alone", c_style, " ", "\n");
  add("0X", c_upper, ", ", ",\r\n\t");
  add(
      "quoted 0x", [&](unsigned char c) { return fmt::format("'0x{:02x}'", c); }, ", ", ",\n");
}

void add_escapes(std::vector<Encoder>& all) {
  const auto add = [&](std::string name, const Byte& byte, std::string open, std::string close) {
    all.push_back({name,
                   [=](const std::string& text, size_t) {
                     return open + by_bytes(text, 0, byte, "", "") + close;
                   },
                   {0}});
    all.push_back({name + ", only of what is no letter or digit",
                   [=](const std::string& text, size_t) {
                     const Byte some = [&](unsigned char c) {
                       return is_alnum(c) ? std::string(1, static_cast<char>(c)) : byte(c);
                     };
                     return open + by_bytes(text, 0, some, "", "") + close;
                   },
                   {0}});
    all.push_back({name + ", every fifth",
                   [=](const std::string& text, size_t) {
                     std::string out;
                     for (size_t i = 0; i < text.size(); ++i) {
                       out += i % 5 != 3 ? std::string(1, text[i])
                                         : byte(static_cast<unsigned char>(text[i]));
                     }
                     return open + out + close;
                   },
                   {0}});
  };
  const auto format = [](std::string pattern) -> Byte {
    return [=](unsigned char c) { return fmt::format(fmt::runtime(pattern), c); };
  };
  add("\\x", format("\\x{:02x}"), "s = \"", "\";");
  add("\\x, upper case", format("\\x{:02X}"), "s = b'", "'");
  add("$'\\x'", format("\\x{:02x}"), "s=$'", "'");
  add("\\x{}", format("\\x{{{:x}}}"), "$s = \"", "\";");
  add("\\u", format("\\u{:04x}"), "{\"s\": \"", "\"}");
  add("\\u, upper case", format("\\u{:04X}"), "{\"s\": \"", "\"}");
  add("\\u{}", format("\\u{{{:x}}}"), "s = '", "'");
  add("\\u{} with zeros", format("\\u{{{:06x}}}"), "s = '", "'");
  add("\\U", format("\\U{:08x}"), "s = '", "'");
  add("octal", format("\\{:03o}"), "s = \"", "\"");
  add("$'octal'", format("\\{:03o}"), "s=$'", "'");
  add("octal after \\0", format("\\0{:03o}"), "echo -e '", "'");
  add("%", format("%{:02x}"), "GET /?q=", " HTTP/1.1");
  add("%, upper case", format("%{:02X}"), "https://host/a?q=", "");
  add("decimal entities", format("&#{};"), "<a href=\"", "\">");
  add("decimal entities with zeros", format("&#{:07d};"), "<p>", "</p>");
  add("hex entities", format("&#x{:x};"), "<p>", "</p>");
  add("hex entities, upper case", format("&#X{:X};"), "<p>", "</p>");
  all.push_back({"octal, as short as may be",
                 [](const std::string& text, size_t) {
                   return "\"" +
                          by_bytes(
                              text, 0, [](unsigned char c) { return fmt::format("\\{:o}", c); }, "",
                              "") +
                          "\"";
                 },
                 {0}});
}

// Lines of at most `width` characters and the "=" at their end.
std::string in_quoted_printable(const std::string& text, size_t width, bool all,
                                const std::string& line_end) {
  std::string out;
  size_t on_line = 0;
  for (const char c : text) {
    const std::string unit =
        all || c == '=' ? fmt::format("={:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
    if (on_line > 0 && on_line + unit.size() > width) {
      out += "=" + line_end;
      on_line = 0;
    }
    out += unit;
    on_line += unit.size();
  }
  return out;
}

void add_mail_and_wide(std::vector<Encoder>& all) {
  std::vector<size_t> widths;
  // A single soft line end counts on a long line only, one of several on any.
  for (size_t width = 4; width <= 110; ++width) {
    if (width < 12 || width > 50) widths.push_back(width);
  }
  for (const std::string end : {"\n", "\r\n"}) {
    for (const bool every : {false, true}) {
      all.push_back({fmt::format("quoted-printable, {}, {}", every ? "every byte" : "plain",
                                 end == "\n" ? "LF" : "CR LF"),
                     [=](const std::string& text, size_t width) {
                       return in_quoted_printable(text, width, every, end);
                     },
                     widths});
    }
  }
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) {
      all.push_back({fmt::format("UTF-16, {}, {}", big ? "big" : "little", mark ? "BOM" : "none"),
                     [=](const std::string& text, size_t) {
                       return std::string(!mark ? ""
                                          : big ? "\xfe\xff"
                                                : "\xff\xfe") +
                              in_utf16("a = " + text + "\n", big);
                     },
                     {0}});
    }
  }
}

void add_pieces(std::vector<Encoder>& all) {
  for (const Layout& layout : kLineLayouts) {
    const char quote = layout.between.empty() ? ' ' : layout.between[0];
    const bool is_list = layout.name.find("list") != std::string::npos;
    const bool ends = layout.name.find("line ends") != std::string::npos;
    if (is_list || ends || (quote != '"' && quote != '\'' && quote != '\\')) {
      continue;
    }
    all.push_back({"pieces, " + layout.name,
                   [=](const std::string& text, size_t width) {
                     return "s = " + laid_out(text, width, layout);
                   },
                   {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 24}});
  }
  all.push_back({"pieces, beside each other in one line",
                 [](const std::string& text, size_t width) {
                   return "s = " + laid_out(text, width, {"", "\"", "\" \"", "\""});
                 },
                 {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 24}});
  all.push_back({"pieces, quotes of a shell",
                 [](const std::string& text, size_t width) {
                   return "s=" + laid_out(text, width, {"", "'", "''", "'"});
                 },
                 {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 24}});
  all.push_back({"pieces, two kinds of quotes of a shell",
                 [](const std::string& text, size_t width) {
                   return "s=" + laid_out(text, width, {"", "", "\"\"", ""});
                 },
                 {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 24}});
}

}  // namespace

std::vector<Encoder> encoders() {
  std::vector<Encoder> all;
  add_digits(all);
  add_separated_hex(all);
  add_escapes(all);
  add_mail_and_wide(all);
  add_pieces(all);
  return all;
}

}  // namespace pushguard::test
