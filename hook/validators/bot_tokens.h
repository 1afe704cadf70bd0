// SPDX-License-Identifier: Apache-2.0
// Tokens of bots in chat services. They contain the id of the bot, unencrypted.
#pragma once

#include <string>
#include <string_view>

#include "validators/validator.h"

namespace pushguard {

// Discord: the bot's id in base64, the time of issue, an HMAC, joined by ".".
Validation check_discord_token(std::string_view secret, int64_t now);
// Writes an id into the first part, if that part has the size of a real id.
void seal_discord_token(std::string& secret);

// Telegram: the bot's id in digits, ":", and 35 characters.
Validation check_telegram_bot(std::string_view secret, int64_t now);

}  // namespace pushguard
