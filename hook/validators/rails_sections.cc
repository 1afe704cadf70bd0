// SPDX-License-Identifier: Apache-2.0
#include "validators/rails_sections.h"

namespace pushguard {

bool is_in_rails_test_section(std::string_view before, std::string_view) {
  const size_t line = before.rfind('\n');
  if (line == before.npos || line == 0) return false;
  std::string_view above = before.substr(0, line);
  above.remove_prefix(above.rfind('\n') + 1);
  if (above.ends_with('\r')) above.remove_suffix(1);
  return above == "development:" || above == "test:";
}

}  // namespace pushguard
