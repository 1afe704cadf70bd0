// SPDX-License-Identifier: Apache-2.0
// Bot tokens of chat services, which name the bot in clear.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Three parts: the bot's id in base64, the time of issue, an HMAC.
Validation check_discord_token(std::string_view secret, int64_t now);
// Writes an id into the first part; sizes whose id would be no real one stay.
void seal_discord_token(std::string& secret);

// The bot's id in digits, ":", and 35 characters.
Validation check_telegram_bot(std::string_view secret, int64_t now);

}  // namespace pushguard
