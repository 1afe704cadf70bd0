# SPDX-License-Identifier: Apache-2.0
"""The values of the benchmark: what people leak, and what they write in its place.

Everything is drawn from a `random.Random`. Prefixes are put together at run time, so that no
text in the shape of a token is stored here.
"""

import base64
import string
import uuid
import zlib
from dataclasses import dataclass

BASE62 = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
BASE36 = string.ascii_lowercase + string.digits
BASE64URL = BASE62 + "-_"

WORDS = """amber anchor arrow autumn badger bamboo barrel basket beacon bottle branch bridge butter
candle canyon carpet castle cedar cherry cobalt copper coral cotton crane cricket desert dolphin
eagle ember falcon feather forest garden ginger glacier hammer harbor hazel island ivory jacket
jungle kettle ladder lantern lemon magnet maple meadow mirror monkey nectar needle olive orchid
otter paddle pepper pigeon planet pocket purple rabbit ribbon river rocket saddle salmon silver
spider spring summer sunset thunder timber tulip turtle valley velvet violet walnut whisper willow
window winter yellow zephyr""".split()


def drawn(random, alphabet, length):
    return "".join(random.choice(alphabet) for _ in range(length))


def uuid4(random):
    return str(uuid.UUID(bytes=random.randbytes(16), version=4))


def base62(number, width):
    digits = ""
    alphabet = string.digits + string.ascii_uppercase + string.ascii_lowercase
    while number:
        number, rest = divmod(number, 62)
        digits = alphabet[rest] + digits
    return digits.rjust(width, "0")


def with_crc(random, prefix):
    body = drawn(random, BASE62, 30)
    return prefix + body + base62(zlib.crc32(body.encode()), 6)


@dataclass
class Sample:
    """One secret, or what stands in its place, with the names that its service gives it."""
    kind: str      # of value: "vendor token", "named key", "password", "own secret", "url"
    service: str   # "Stripe"
    variable: str  # "STRIPE_SECRET_KEY"
    parameter: str  # "api_key"
    value: str
    secret: bool

    @property
    def camel(self):
        head, *rest = self.parameter.split("_")
        return head + "".join(word.capitalize() for word in rest)

    @property
    def lower(self):
        return self.service.lower().replace(" ", "")


# service, variable, parameter, value. Each issues tokens of this shape (rules/ has the pages).
VENDOR_TOKENS = (
    ("GitHub", "GITHUB_TOKEN", "token", lambda r: with_crc(r, "gh" + "p_")),
    ("OpenAI", "OPENAI_API_KEY", "api_key",
     lambda r: "sk" + "-proj-" + drawn(r, BASE64URL, 74) + "T3Blbk" + "FJ" + drawn(r, BASE62, 74)),
    ("Anthropic", "ANTHROPIC_API_KEY", "api_key",
     lambda r: "sk" + "-ant-api03-" + drawn(r, BASE64URL, 93) + "AA"),
    ("Stripe", "STRIPE_SECRET_KEY", "api_key", lambda r: "sk" + "_live_" + drawn(r, BASE62, 24)),
    ("Slack", "SLACK_BOT_TOKEN", "token",
     lambda r: "xox" + "b-" + drawn(r, string.digits[1:], 12) + "-"
     + drawn(r, string.digits[1:], 12) + "-" + drawn(r, BASE62, 24)),
    ("GitLab", "GITLAB_TOKEN", "private_token", lambda r: "gl" + "pat-" + drawn(r, BASE62, 20)),
    ("SendGrid", "SENDGRID_API_KEY", "api_key",
     lambda r: "SG" + "." + drawn(r, BASE64URL, 22) + "." + drawn(r, BASE64URL, 43)),
    ("npm", "NPM_TOKEN", "token", lambda r: with_crc(r, "np" + "m_")),
    ("DigitalOcean", "DIGITALOCEAN_TOKEN", "token",
     lambda r: "dop" + "_v1_" + drawn(r, HEX, 64)),
    ("HuggingFace", "HF_TOKEN", "token", lambda r: "hf" + "_" + drawn(r, string.ascii_letters, 34)),
    ("Linear", "LINEAR_API_KEY", "api_key", lambda r: "lin" + "_api_" + drawn(r, BASE62, 40)),
    ("Groq", "GROQ_API_KEY", "api_key",
     lambda r: "gsk" + "_" + drawn(r, BASE62, 20) + "WGdyb" + "3FY" + drawn(r, BASE62, 24)),
    ("Replicate", "REPLICATE_API_TOKEN", "api_token", lambda r: "r8" + "_" + drawn(r, BASE62, 37)),
    ("Databricks", "DATABRICKS_TOKEN", "token", lambda r: "dapi" + drawn(r, HEX, 32)),
    ("Shopify", "SHOPIFY_ACCESS_TOKEN", "access_token",
     lambda r: "shp" + "at_" + drawn(r, HEX, 32)),
)

NAMED_KEYS = (
    ("Twilio", "TWILIO_AUTH_TOKEN", "auth_token", lambda r: drawn(r, HEX, 32)),
    ("Datadog", "DATADOG_API_KEY", "api_key", lambda r: drawn(r, HEX, 32)),
    ("Cloudflare", "CLOUDFLARE_API_TOKEN", "api_token", lambda r: drawn(r, BASE64URL, 40)),
    ("Mistral", "MISTRAL_API_KEY", "api_key", lambda r: drawn(r, BASE62, 32)),
    ("Cohere", "COHERE_API_KEY", "api_key", lambda r: drawn(r, BASE62, 40)),
    ("Algolia", "ALGOLIA_ADMIN_KEY", "admin_api_key", lambda r: drawn(r, HEX, 32)),
    ("Auth0", "AUTH0_CLIENT_SECRET", "client_secret", lambda r: drawn(r, BASE64URL, 64)),
    ("Pinecone", "PINECONE_API_KEY", "api_key", uuid4),
)


def password(random):
    word = random.choice(WORDS).capitalize()
    return random.choice((
        lambda: word + drawn(random, string.digits, 4) + random.choice("!#$%&"),
        lambda: drawn(random, BASE62, random.randrange(14, 25)),
        lambda: drawn(random, BASE62, 9) + random.choice("!#%*") + drawn(random, BASE62, 5),
    ))()


PASSWORDS = (
    ("Postgres", "POSTGRES_PASSWORD", "password", password),
    ("MySQL", "MYSQL_ROOT_PASSWORD", "password", password),
    ("Redis", "REDIS_PASSWORD", "password", password),
    ("Smtp", "SMTP_PASSWORD", "smtp_password", password),
    ("Admin", "ADMIN_PASSWORD", "admin_password", password),
)

OWN_SECRETS = (
    ("Billing", "JWT_SECRET", "jwt_secret", lambda r: drawn(r, HEX, 64)),
    ("Session", "SESSION_SECRET", "session_secret",
     lambda r: base64.b64encode(r.randbytes(32)).decode()),
    ("Internal", "INTERNAL_API_TOKEN", "api_token", lambda r: drawn(r, BASE62, 40)),
    ("Webhook", "WEBHOOK_SIGNING_SECRET", "signing_secret", lambda r: drawn(r, BASE62, 32)),
    ("Encryption", "ENCRYPTION_KEY", "encryption_key",
     lambda r: base64.b64encode(r.randbytes(32)).decode()),
)

KINDS = {"vendor token": VENDOR_TOKENS, "named key": NAMED_KEYS, "password": PASSWORDS,
         "own secret": OWN_SECRETS}

# What stands where a secret will be; `v` is the variable, `s` the service, in lower case.
PLACEHOLDERS = (
    lambda r, v, s: f"your-{s}-api-key", lambda r, v, s: f"your_{s}_key_here",
    lambda r, v, s: f"<YOUR_{v}>", lambda r, v, s: f"YOUR_{v}", lambda r, v, s: "changeme",
    lambda r, v, s: "change-me-in-production", lambda r, v, s: "REPLACE_ME",
    lambda r, v, s: "x" * r.randrange(8, 41), lambda r, v, s: f"${{{v}}}",
    lambda r, v, s: f"insert-{s}-key-here", lambda r, v, s: "sk" + "-...",
    lambda r, v, s: "sk" + "_live_" + "x" * 24, lambda r, v, s: "sk" + "-your-key-here",
    lambda r, v, s: "gh" + "p_" + "x" * 36, lambda r, v, s: "xox" + "b-your-token",
    lambda r, v, s: "********", lambda r, v, s: "[REDACTED]", lambda r, v, s: "dummy-key-for-tests",
    lambda r, v, s: "test-token-123", lambda r, v, s: "password", lambda r, v, s: "supersecret",
    lambda r, v, s: f"example-{s}-secret", lambda r, v, s: "TODO: set this",
    lambda r, v, s: f"op://prod/{s}/credential", lambda r, v, s: f"vault:secret/data/{s}#key",
    lambda r, v, s: f"projects/acme/secrets/{v}/versions/latest",
    lambda r, v, s: f"arn:aws:secretsmanager:eu-west-1:{drawn(r, string.digits, 12)}:secret:{s}",
    lambda r, v, s: f"/run/secrets/{v.lower()}", lambda r, v, s: f"prod-{s}-credentials",
    lambda r, v, s: f"{s}-secret-{drawn(r, 'bcdfghjklmnpqrstvwxz2456789', 10)}",
    lambda r, v, s: "fake-" + r.choice(WORDS) + "-" + r.choice(WORDS),
    lambda r, v, s: r.choice(WORDS) + "-" + r.choice(WORDS) + "-" + r.choice(WORDS),
    lambda r, v, s: "0" * 32, lambda r, v, s: "1234567890abcdef" * 2, lambda r, v, s: "abc123",
    lambda r, v, s: "none", lambda r, v, s: "", lambda r, v, s: f"{{{{ {v} }}}}",
)

# Random text that is no secret, and the names that it has: (name, value).
DECOYS = (
    lambda r: ("commit", drawn(r, HEX, 40)), lambda r: ("sha256", drawn(r, HEX, 64)),
    lambda r: ("request_id", uuid4(r)), lambda r: ("trace_id", drawn(r, HEX, 32)),
    lambda r: ("etag", drawn(r, HEX, 32)), lambda r: ("account_id", drawn(r, string.digits, 12)),
    lambda r: ("image_digest", "sha256:" + drawn(r, HEX, 64)),
    lambda r: ("integrity", "sha512-" + base64.b64encode(r.randbytes(64)).decode()),
    lambda r: ("tenant_id", uuid4(r)), lambda r: ("api_key_id", drawn(r, BASE62, 20)),
    lambda r: ("key_fingerprint", ":".join(drawn(r, HEX, 2) for _ in range(16))),
    lambda r: ("token_sha256", drawn(r, HEX, 64)), lambda r: ("secret_id", drawn(r, BASE62, 20)),
    lambda r: ("project", r.choice(WORDS) + "-" + drawn(r, string.digits, 6)),
    lambda r: ("cache_key", drawn(r, HEX, 40)), lambda r: ("public_key", drawn(r, HEX, 64)),
)


def sample(random, secret):
    """A sample of a random kind, so that each kind is as frequent as any other."""
    kind = random.choice(tuple(KINDS))
    service, variable, parameter, draw = random.choice(KINDS[kind])
    if secret:
        value = draw(random)
    else:
        value = random.choice(PLACEHOLDERS)(random, variable, service.lower())
    return Sample(kind, service, variable, parameter, value, secret)


def decoy(random):
    return random.choice(DECOYS)(random)
