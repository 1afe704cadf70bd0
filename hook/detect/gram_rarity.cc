#include "detect/gram_rarity.h"

#include <algorithm>
#include <array>

namespace pushguard {
namespace {

// Characters per thousand of mixed source code and prose.
double frequency(char c) {
  constexpr std::string_view kLetters = "etaoinsrldcupmfhgbyxvkwqjz";
  constexpr double kPerThousand[] = {86, 66, 55, 52, 52, 50, 50, 50, 32, 27, 27, 22, 20,
                                     18, 18, 17, 15, 12, 10, 8,  8,  7,  6,  3,  2,  2};
  if (const size_t at = kLetters.find(c); at != kLetters.npos) return kPerThousand[at];
  if (c == ' ') return 150;
  if (c == '_' || c == '\n' || c == '-' || c == '.' || c == '/' || c == '*') return 14;
  if (c == '0' || c == '1' || c == ',' || c == '=' || c == '"' || c == ':') return 10;
  return 4;
}

// Far more common than their characters say: the pieces of everyday words and
// names, and of the rulers that people draw in comments.
constexpr auto kEveryday = std::to_array<std::string_view>({
    "---", "===", "***", "___", "...", "the", "and", "ing", "ion", "tio", "ent", "ati", "for",
    "her", "ter", "hat", "tha", "ere", "ate", "his", "con", "res", "ver", "all", "ons", "nce",
    "men", "ith", "ted", "ers", "pro", "thi", "wit", "are", "ess", "not", "ive", "was", "ect",
    "rea", "com", "eve", "per", "int", "est", "sta", "cti", "ica", "ist", "ear", "ain", "one",
    "our", "iti", "rat", "str", "ret", "ser", "key", "tur", "tri", "ain", "nam", "ame", "fil",
    "ile", "ode", "pat", "ath", "typ", "ype", "val", "alu", "lue", "def", "efa", "fau", "ult",
    "inc", "ude", "set", "get", "use", "new", "nul", "ull", "tes", "est", "err", "ror", "add",
    "obj", "bje", "dat", "ata", "tat", "sio", "app", "ack", "abl", "ble", "ext", "ach", "sig",
    "att", "ose", "tra", "ast", "aut", "lag", "sec", "gin", "rce", "ina", "tok", "oke", "ken",
    "pas", "ass", "pri", "rin", "int", "len", "eng", "ngt", "gth", "arr", "rra", "ray", "ret",
    "urn", "num", "ber", "ind", "nde", "dex", "siz", "ize", "ist", "lis", "cal", "rom", "fro",
    "oun", "und", "lin", "ine", "out", "put", "inp", "ort", "por", "rep", "api", "acc", "ces",
    "ces", "cre", "cor", "ord", "wor", "ent", "cli", "ien", "ers", "use", "usr", "ser", "ver",
});

}  // namespace

double commonness(std::string_view gram) {
  // One kind of byte in eight may follow, where anything is known of it.
  const double narrowed = gram.size() > 3 ? (frequency(gram[3]) + 80) / 1000 : 1;
  const double product = frequency(gram[0]) * frequency(gram[1]) * frequency(gram[2]);
  const bool everyday = std::ranges::find(kEveryday, gram.substr(0, 3)) != kEveryday.end();
  return narrowed * (everyday ? 30 * product + 30000 : product);
}

}  // namespace pushguard
