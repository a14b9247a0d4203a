"""Credentials are found in any place, by shape or by name, and their value is never told."""

import string

import pytest

from pmlint.rules.examples import run_one
from pmlint.rules.publication import secret_in_document

# Made up here, piece by piece, so that no scanner takes this file for a leak.
MIXED = "q7Rz2Lk9Vw4Xn8Tb3Yp6Mc1Hd5Gf0Js2Ka9Ue4Zo7Wi3Br8Qt6Nv5Px1Ly"
HEX = "3f9a1c7e5b2d8046" * 4
UPPER = "Q3EGVTZ7KLMPW2XA"


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("an AWS access key", "AKIA" + UPPER),
        ("a GitHub token", "ghp_" + MIXED[:36]),
        ("a GitHub token", "github_pat_" + MIXED[:50]),
        ("a GitLab token", "glpat-" + MIXED[:20]),
        ("a Slack token", "xoxb-" + "123456789012-" + MIXED[:24]),
        ("a Slack webhook", "https://hooks.slack.com/" + "services/T0123ABCD/B0123ABCD/" + MIXED[:24]),
        ("a Google API key", "AIza" + MIXED[:35]),
        ("a Stripe key", "sk_live_" + MIXED[:24]),
        ("an npm token", "npm_" + MIXED[:36]),
        ("an API key", "sk-" + MIXED[:48]),
        ("a SendGrid key", "SG." + MIXED[:22] + "." + MIXED[:43]),
        ("a Telegram bot token", "123456789:AA" + MIXED[:33]),
        ("a HashiCorp Vault token", "hvs." + MIXED[:24]),
        ("a signed web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + MIXED[:43]),
        ("a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----"),
        ("an age secret key", "AGE-SECRET-KEY-1" + (string.ascii_uppercase + string.digits) * 1 + UPPER + "QQWWEE"),
    ],
    ids=lambda value: value if len(value) < 25 else "",
)
@pytest.mark.parametrize(
    "place", ["{}", "see `{}` here", "```\nkey {}\n```", "- `x`: {}"], ids=["text", "code", "fence", "item"]
)
def test_shape(place: str, what: str, value: str) -> None:
    text = "# Leak\n\n" + place.format(value) + "\n"
    (problem,) = run_one(secret_in_document, text)

    assert (text[slice(*problem.span)], problem.message) == (value, f"this looks like {what}")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("password = hG7w-2kQpx9Z", "hG7w-2kQpx9Z"),
        ('"api_key": "' + HEX[:32] + '"', HEX[:32]),
        ("export DB_PASSWORD='t9$Lq2!mZx4'", "t9$Lq2!mZx4"),
        ("client-secret: " + MIXED[:30], MIXED[:30]),
        ("postgres://app:s3cr3tPw9@db.example.org/orders", "s3cr3tPw9"),
        ("Authorization: Bearer " + MIXED[:40], MIXED[:40]),
        ("AWS_SECRET_ACCESS_KEY=" + MIXED[:40], MIXED[:40]),
        ("redis://:hG7w-2kQpx@cache:6379/0", "hG7w-2kQpx"),
        ("curl -s -u admin:hG7w-2kQpx https://api.example.org/orders", "hG7w-2kQpx"),
        ("mysql -u root -phG7w-2kQpx -h db", "hG7w-2kQpx"),
        ("pg_dump --password hG7w-2kQpx orders", "hG7w-2kQpx"),
    ],
    ids=["password", "json", "export", "yaml", "url", "header", "environment", "no user", "curl", "mysql", "option"],
)
def test_assignment(line: str, value: str) -> None:
    text = f"# Leak\n\n```\n{line}\n```\n"

    assert [text[slice(*problem.span)] for problem in run_one(secret_in_document, text)] == [value]


@pytest.mark.parametrize(
    "line",
    [
        "The password was reset at 10:02 and the token expired.",
        "password: changeme",
        "password = ${DB_PASSWORD}",
        "password = <redacted>",
        "password: ********",
        "token: xxxxxxxxxxxxxxxx",
        "token = os.environ['TOKEN']",
        "secret: projects/app/secrets/db-password",
        "api_key: your-api-key-here",
        "secretName: tls-wildcard-cert-2024",
        "token: 2026-02-04T10:02:00Z",
        "Token: refresh failed for 3 users",
        "AKIAXXXXXXXXXXXXXXXX",
        "AKIAIOSFODNN7EXAMPLE",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "sha256:" + HEX,
        "request 7f8d3a2b-1c4e-4f5a-9b6d-8e7f6a5b4c3d",
        "postgres://app:password@localhost/orders",
        "postgres://app:$PASSWORD@db/orders",
        "https://user@example.org/path:80",
        "see sk-learn-based-recommendation-service-for-users",
        "keyid = primary_key",
        "token: 0x55d398326f99059ff775485246999027b3197955",
        "curl -u $USER:$TOKEN https://api.example.org/orders",
        "curl -u admin: https://api.example.org:8443/v2/orders",
        "mysql -u root -p orders_2026",
    ],
)
def test_innocent(line: str) -> None:
    text = f"# Leak\n\n```\n{line}\n```\n"

    assert [text[slice(*problem.span)] for problem in run_one(secret_in_document, text)] == []


def test_a_value_stands_in_no_message() -> None:
    value = "AKIA" + UPPER
    (problem,) = run_one(secret_in_document, f"# Leak\n\n{value}\n")

    assert value not in problem.message + problem.help + "".join(related.message for related in problem.related)
