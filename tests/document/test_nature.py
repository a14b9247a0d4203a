"""What sort of document it is: accounts of incidents on one side, all that is written about them on the other."""

import pytest

from pmlint.document.model import Kind
from pmlint.document.parse import parse

ACCOUNTS = {
    "a letter to those who were affected": """
# Postmortem: What happened to your photos on Sunday

On Sunday many of you opened the app and saw grey squares in the place of your photos. All of them are there.

## What you saw

Albums older than a year came up empty, or with grey squares.

## What happened

On Saturday evening we changed the rule that says when a photo moves to the cheaper storage. The new rule moved four
million at once, and reading from there took minutes. The app failed after ten seconds.
""",
    "by the book": """
# Checkout unavailable for 41 minutes

**Severity:** SEV-2

## Summary

A new index locked the orders table. Shoppers could not pay.

## Timeline

- 09:02 UTC migration starts
- 09:05 UTC alert on failed payments
- 09:43 UTC migration stopped, payments succeed

## Root cause

The migration took a lock that writers wait for.
""",
    "a status post of two sentences": """
---
title: Wiki is down
date: 2024-02-11T08:00:00Z
severity: down
resolved: true
---

The wiki was unreachable after its virtual machine lost the disk. It is back since 09:10.
""",
    "one paragraph and no heading": """
On 3 March between 14:10 and 15:25 the ticket shop returned errors for about a third of all visitors. A certificate of
the payment gateway had expired. It was renewed at 15:20 and the shop recovered.
""",
    "a letter to customers": """
# What happened to your parcels on Tuesday

We are sorry. From 11:00 to 16:30 labels printed in our depots carried the wrong postcode, and 1,200 parcels went to the
wrong city. A release of the address service had swapped two fields. We rolled it back at 16:20, and all parcels have
reached you since.
""",
    "a security disclosure without clock times": """
# Tokens readable in build logs

## What happened

A researcher reported that build logs contained upload tokens. Attackers could have used them to publish packages.

## Response

All tokens were revoked and the log filter was fixed the next day. We found no sign that a token was used.
""",
    "a title of two words and a story by first names": """
# 2024-02-17 Box3 down

## Alert

At 9h12 somebody tells us in the chat that the price list is down.

## Mitigation

Jonas removed an old copy of the wiki. He restarts the proxy, and later the chat.

## What happened

Mila did the split of the volume on Friday. She kept the copy from before it. On Saturday the import filled the rest.
""",
    "an exploit": """
# Vault drained through the price oracle

An attacker took 310 coins out of the vault on the evening of 9 June. The oracle accepted a price from a pool that the
attacker had emptied in the same transaction. Deposits were paused, and the oracle now averages over an hour.
""",
    "a near miss": """
# Near miss: backups had stopped for nine days

**Date:** 2023-11-20

While we tested a restore we discovered that the backup job had failed since 11 November. Nobody lost data. The job ran
out of disk space, and its alert went to a mailbox that was deleted in spring.
""",
    "fields and nothing else": """
# INC-2091 Search results empty

| Field | Value |
|---|---|
| Severity | P2 |
| Start | 2024-08-01 10:00 UTC |
| End | 2024-08-01 10:35 UTC |
| Impact | All searches returned nothing |
""",
    "a numbered home page incident": """
# 0007: the lamp that turned the lights off

## What went wrong

The hub was updated at night and lost its pairing. No switch in the house worked until I re-paired all of them.

## Why

The update reset the radio channel.

## What I changed

Updates now run on Saturday mornings.
""",
    "a retro with dotted times": """
# Incident retro: images not loading

**Date:** 2023-05-11

## Timeline

10.02 RT reports that thumbnails are missing

10.20 AB finds that the image server ran out of memory

10.41 Server restarted, images load

## Analysis of causes

A crawler requested full-size images of the whole archive.
""",
    "told as a story with you in it": """
# The day the mail stopped

You may have noticed that no mail reached you last Thursday. At 10:15 our relay was blocked by two large providers. The
cause was an account whose password had leaked and which sent 40,000 messages overnight. The account was locked at
11:00, and the providers lifted the block at 17:30.
""",
    "a process that broke": """
# Payment process stuck for Dutch customers

**Duration:** 3 hours

Customers in the Netherlands could not finish a payment on 4 May. The redirect of the bank failed after a change of its
certificate. Payments resumed at 16:00.
""",
    "the search index was the victim": """
# Search index corrupted after upgrade

The index was corrupted during the upgrade of 2 April and had to be rebuilt. Customers saw old prices for six hours.

## Root cause

Two versions wrote to one index at the same time.
""",
    "five whys": """
# Deploy of 7 May took the API down

- Why did the API return 502? The pods crashed at start.
- Why did they crash? A secret was missing.
- Why was it missing? It was renamed in one repository only.

The API was down from 13:00 to 13:22 UTC and recovered once the old secret was restored.
""",
    "Japanese": """
# 決済サービス障害報告

## 概要

1月22日に決済サービスが停止し、利用者は支払いができなかった。

## タイムライン

- 10:02 アラートを検知
- 10:20 ロールバックし、復旧を確認

## 根本原因

設定の変更により接続数が上限を超えていた。
""",
    "Japanese in one paragraph": """
# 画像が表示されない不具合

昨夜の更新後に画像サーバーが停止し、約二千人が画像を見られなかった。再起動して復旧した。原因は証明書の期限切れだった。
""",
    "Chinese": """
# 登录服务故障

## 现象

3月5日 10:00 至 10:40 用户无法登录。

## 原因

数据库连接数达到上限，导致请求超时。

## 解决

重启服务并提高上限后恢复。
""",
    "Chinese homelab note": """
## 容器无法启动

磁盘写满导致容器启动失败。清理日志后恢复正常。
""",
    "Portuguese": """
# Indisponibilidade do portal

**Severidade:** alta

## Linha do tempo

- 09:00 alerta de erro 500
- 09:30 serviço restaurado

## Causa raiz

O certificado do balanceador expirou.
""",
    "an action list full of imperatives": """
# Build queue stuck, 2024-10-08

The queue was stuck from 08:30 to 10:10 because a worker held its lock after it crashed. Builds were delayed by an hour.

## Action items

- Add a timeout to the lock
- Alert on the age of the oldest build
- Document how to clear a lock
- Remove the old worker
- Test the timeout in staging
- Review other locks
""",
    "a title among the fields before an overview": """
---
title: Postmortem of the incident of 9th May 2023
author: Wanda
---

## Quick overview of how the ferry ledger is set up

Two nodes write, and a third one listens.

## What happened on 9th May 2023

We were told that the first node wrote nothing any more. A restart did not help. After six hours the nodes had split,
and the ledger was down. We moved on to the new one.

## What we learned

- The nodes cannot share a key
""",
}

OTHERS = {
    "runbook": """
# Runbook: restart the message broker

## Symptoms

Consumers time out and the queue length alert fires.

## Steps

1. Check the disk of the broker: `df -h`
2. Stop the producers
3. Restart the broker and wait for the cluster to form
4. Start the producers again

## Rollback

Restore the last snapshot.
""",
    "playbook with severity and impact": """
# Playbook: API outage

**Severity:** SEV-1
**Owner:** platform

## Impact

Customers cannot log in or pay.

## Detection

- Alert on 5xx above 5 %
- Reports by customers

## Mitigation

1. Page the incident commander
2. Roll back the last release if it is younger than an hour
3. Scale up the workers
""",
    "how to write a postmortem": """
# How to write a good postmortem

Start within two days. Describe what happened in plain language and avoid blame.

## Timeline

List the events with their times. Include when the incident was detected and when it was resolved.

## Root cause

Explain why it happened. Ask why five times.

## Action items

Each item needs an owner and a date.
""",
    "guide with an example inside": """
# Postmortem guide

You should write a postmortem when users were affected for more than ten minutes.

## Timeline

Use UTC. For example:

- 10:02 alert fires
- 10:10 engineer acknowledges
- 10:30 service restored

## Root cause

Name the conditions, never a person. If you cannot find the cause, say so. You must not speculate.

## Lessons learned

Write what you learned, and what you should do differently.
""",
    "incident process": """
# Incident management process

When an incident is declared, the on-call engineer becomes incident commander. The commander must open a channel and
should assign a scribe. If customers are affected, the communications lead must post an update every 30 minutes.

## Severity

SEV-1 means that the service is down for all customers.

## Roles

The commander decides. The scribe records.
""",
    "severity levels": """
# Severity levels

| Level | Meaning | Response |
|---|---|---|
| SEV-1 | All customers are affected | Page immediately |
| SEV-2 | Some customers are affected | Page in working hours |
""",
    "index of postmortems": """
# Postmortems

- [Checkout down, 2024-03-01](2024-03-01-checkout.md)
- [Login slow, 2024-02-11](2024-02-11-login.md)
- [Data loss in exports, 2023-12-09](2023-12-09-exports.md)
""",
    "index as a table": """
# Incident reports

All reports of outages, newest first. See [the template](template.md) to add one.

| Date | Report | Severity |
|---|---|---|
| 2024-03-01 | [Checkout down](a.md) | 1 |
| 2024-02-11 | [Login slow](b.md) | 2 |
""",
    "empty folder README": """
# Incidents

This folder is reserved for incident reports. For each outage, create a file named `YYYYMMDD-title.md`.

Include:

- Timeline
- Impact
- Root cause
- Follow-up actions
""",
    "decision record": """
# ADR 14: queue per tenant

**Status:** Accepted

## Context

In March one tenant filled the shared queue and others were delayed for two hours.

## Decision

Each tenant gets a queue of its own.

## Consequences

More queues to operate.
""",
    "design document": """
# Design: rate limiter

## Goals

Requests above the limit are rejected with 429.

## Non-goals

Billing.

## Proposed design

A token bucket in the gateway. If the store is unavailable, requests should pass.

## Alternatives

A limiter in each service would be simpler but could not be shared.
""",
    "changelog": """
# Changelog

## 2.4.1 - 2024-05-02

### Fixed

- Crash when the config file was missing
- Login failed for users without a name

### Added

- Option to retry failed uploads
""",
    "release notes": """
# Release notes 5.2

This release fixes a crash of the importer and an error in the report view. Uploads are twice as fast.
""",
    "project retrospective": """
# Retrospective of the website relaunch

We planned the relaunch for March and launched in May. The budget was exceeded by a fifth.

## What went well

Design and development worked closely together.

## What could have been better

We learned late that the texts had to be translated.
""",
    "event that was cancelled": """
# Summer meeting retrospective

## Timeline

### January

We looked for a venue and asked four hotels.

### March

The sponsors withdrew and the meeting was cancelled.

## Lessons

Ask sponsors for a signature earlier.
""",
    "performance project": """
# Page speed improvements in autumn

## Summary

We improved the start page from 4.1 s to 2.2 s.

## What we tried

Lazy loading of images worked. Moving the fonts did not.

## Best practices

- Measure before you optimise
- Defer scripts that are not needed at once

## Do

- Profile on a slow phone
""",
    "blog post on a trap": """
# Your firewall may not protect your containers

When you publish a port, the container engine adds its own rules ahead of the firewall. A port that you
believe is closed can be reached from the whole network.

## How to check

Run a listener and connect from another machine.

## The fix

Bind to the loopback address.
""",
    "README of a tool": """
# retrier

A small library to retry failed requests.

## Installation

    pip install retrier

## Usage

Wrap the call that may fail. Errors and timeouts are retried.
""",
    "on-call handbook": """
# On-call handbook

You are on call for a week. Keep your laptop with you. If you are paged, acknowledge within five minutes.

## Before your shift

- Test your pager
- Read the last handover

## During an incident

- Declare it early
- Ask for help
""",
    "quarterly goals": """
# Reliability goals for 2025

Availability was 99.9 % last year, with eleven incidents.

| Goal | Owner | Due |
|---|---|---|
| Detect within 5 minutes | Observability | June |
""",
    "meeting notes": """
# Meeting notes 2024-04-18

Present: Ana, Jo, Per

- The outage of last week was discussed, see the postmortem
- Budget for the second region approved
- Next meeting on 2 May
""",
    "exercise": """
# Game day plan: loss of a zone

We will stop one zone on 12 June and watch how services fail over.

## Scenario

At 10:00 the network of zone b is cut. The team should notice within five minutes.

## Success criteria

- Checkout must stay available
""",
    "course assignment": """
# Postmortem assignment

## Learning objectives

At the end of this project you are expected to be able to explain how to write an incident report.

## Requirements

Your report must contain a summary, a timeline with when the issue was detected, the root cause and the corrective
measures. Be brief and use your imagination if you have never faced an outage.

## Resources

- Read about blameless reviews
""",
    "incident communication plan": """
# Outage communication plan

Customers should hear from us within 15 minutes. The communications lead must use the status page first.

## Channels

- Status page
- Mail to administrators if the outage lasts longer than an hour
""",
    "Japanese runbook": """
# データベース切り替え手順書

## 前提条件

レプリカの遅延が5秒以下であることを確認してください。

## 手順

1. 書き込みを停止してください
2. レプリカを昇格してください
3. エラーが発生した場合は担当者に連絡してください
""",
    "Chinese guide": """
# 事故复盘指南

请在两天内完成复盘。必须写明时间线和原因，不应该指责个人。如果用户受影响，请注明数量。

## 步骤

1. 请收集日志
2. 请整理时间线
""",
    "Portuguese runbook": """
# Runbook: migração do banco de dados

## Pré-requisitos

Você deve ter um backup recente.

## Procedimento

1. Parar o serviço
2. Executar a migração
3. Verificar os logs
""",
    "empty": "",
    "a link list on reliability": """
# Reading list

- [On blameless reviews](https://books.example/1)
- [Outages of large clouds](https://books.example/2)
- [Queues and failures](https://books.example/3)
- [Root causes are stories](https://books.example/4)
""",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ACCOUNTS.items()])
def test_an_account_is_taken_for_one(text: str) -> None:
    assert parse(text.lstrip()).kind is Kind.POSTMORTEM


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in OTHERS.items()])
def test_what_is_only_about_incidents_is_none(text: str) -> None:
    assert parse(text.lstrip()).kind is Kind.OTHER


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        (Kind.POSTMORTEM, "docs/incidents/2023-02-04-vault.md"),
        (Kind.OTHER, "docs/incidents/README.md"),
        (Kind.OTHER, "docs/notes/2023-02-04-vault.md"),
        (Kind.OTHER, None),
    ],
)
def test_where_a_file_says_next_to_nothing_its_name_decides(expected: Kind, path: str | None) -> None:
    assert expected is parse("https://social.example/thread/1621965\n", path).kind


def test_a_readme_of_two_lines_among_accounts_is_none() -> None:
    text = "# Postmortems\n\nOne file for each, see [the wiki](https://wiki.example/pm).\n"

    assert Kind.OTHER is parse(text, "docs/postmortems/README.md").kind


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (
            Kind.STATUS_UPDATE,
            "# Status update 2: previews unavailable\n\nPreviews are down since 13:50 UTC. We are investigating.\n",
        ),
        (
            Kind.CHECKPOINT,
            "# Checkpoint 18:00 UTC\n\n**Severity:** 2\n\nPreviews were down; the workers were restarted at 17:40.\n",
        ),
        (
            Kind.INCIDENT,
            "# Previews unavailable\n\n**Severity:** 2\n**Status:** investigating\n\n- 13:50 UTC previews fail\n",
        ),
        (
            Kind.OTHER,
            "# Status update process\n\nYou should post an update every 30 minutes. Ask for approval first.\n",
        ),
        (Kind.CHECKPOINT, "---\nkind: checkpoint\n---\n\n# Handover\n"),
        (Kind.POSTMORTEM, "---\nkind: postmortem\n---\n\n# Notes\n"),
    ],
    ids=["status-update", "checkpoint", "live-record", "process-of-updates", "kind-said", "kind-said-against-all"],
)
def test_sorts_of_records(expected: Kind, text: str) -> None:
    assert expected is parse(text).kind


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        pytest.param(Kind.STATUS_UPDATE, "inc-12/status-updates/2.md", id="folder of updates"),
        pytest.param(Kind.STATUS_UPDATE, "inc-12/search_status_update_2.md", id="name of an update"),
        pytest.param(Kind.CHECKPOINT, "inc-12/checkpoints/2026-02-04T1400.md", id="folder of checkpoints"),
        pytest.param(Kind.CHECKPOINT, "inc-12/night-shift-handover.md", id="name of a handover"),
        pytest.param(Kind.POSTMORTEM, "postmortems/checkpoint-lost-by-trainer.md", id="a name that goes on"),
        pytest.param(Kind.POSTMORTEM, "inc-12/notes.md", id="neither"),
    ],
)
def test_where_a_record_lies_may_say_its_sort(expected: Kind, path: str) -> None:
    text = "# Search is down\n\n**Severity:** 2\n\nSearches failed from 13:50 UTC; a restore was started at 14:10.\n"
    assert expected is parse(text, path).kind


def test_what_looks_back_is_no_checkpoint_wherever_it_lies() -> None:
    text = "# Search was down\n\n**Severity:** 2\n\n## Root cause\n\nThe rebuild took no lock.\n"
    assert Kind.POSTMORTEM is parse(text, "checkpoints/2.md").kind


def test_a_title_and_fields_of_a_checkpoint_make_one() -> None:
    text = (
        "# Checkpoint packet 14:00 UTC\n\n| Field | Value |\n|---|---|\n| State | restoring |\n"
        "| Customer impact | all searches fail |\n| Update cadence | every 30 minutes |\n"
    )
    assert Kind.CHECKPOINT is parse(text).kind
