"""Events of clouds: AWS, Azure, Google, Okta."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from event_sources.source import (
    Event,
    Planted,
    Source,
    hit,
    iso,
    iso_seconds,
    miss,
)

_DIR = "cloud/"
ROOT_KEY = _DIR + "aws_cloudtrail_root_access_key.yml"
FREEZE = _DIR + "aws_cloudtrail_permissions_in_freeze.yml"
SNAPSHOT = _DIR + "aws_cloudtrail_snapshot_shared.yml"
ACCESS_POLICY = _DIR + "azure_auditlogs_conditional_access_changed.yml"
ACCOUNT_KEY = _DIR + "gcp_audit_service_account_key.yml"
ADMINISTRATOR = _DIR + "okta_administrator_granted_from_outside.yml"

ACCOUNT = "000000000000"
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
TENANT = "00000000-0000-0000-0000-00000000000a"


def identity(kind: str, name: str) -> Event:
    who = "root" if kind == "Root" else f"user/{name}"
    return {
        "type": kind,
        "accountId": ACCOUNT,
        "arn": f"arn:aws:iam::{ACCOUNT}:{who}",
        "userName": name,
    }


def trail(
    service: str, name: str, kind: str = "IAMUser", **others: object
) -> Event:
    return {
        "eventVersion": "1.09",
        "eventSource": f"{service}.amazonaws.com",
        "eventName": name,
        "awsRegion": "eu-central-1",
        "sourceIPAddress": "198.51.100.7",
        "userAgent": "aws-cli/2.15",
        "userIdentity": identity(kind, "ops01"),
        "eventType": "AwsApiCall",
        "recipientAccountId": ACCOUNT,
    } | others


def share(kind: str = "IAMUser", change: str = "add") -> Event:
    items = {change: {"items": [{"userId": "111111111111"}]}}
    return trail(
        "ec2",
        "ModifySnapshotAttribute",
        kind,
        requestParameters={
            "snapshotId": "snap-0example",
            "createVolumePermission": items,
        },
    )


def entra(activity: str, result: str = "success") -> Event:
    return {
        "category": "AuditLogs",
        "operationName": activity,
        "tenantId": TENANT,
        "resourceId": f"/tenants/{TENANT}/providers/Microsoft.aadiam",
        "callerIpAddress": "198.51.100.30",
        "properties": {
            "result": result,
            "activityDisplayName": activity,
            "loggedByService": "Core Directory",
            "initiatedBy": {
                "user": {"userPrincipalName": "adm-03@example.com"}
            },
        },
    }


def sign_in(user: str, result: str) -> Event:
    return {
        "category": "SignInLogs",
        "operationName": "Sign-in activity",
        "tenantId": TENANT,
        "resultType": result,
        "callerIpAddress": "198.51.100.31",
        "properties": {
            "userPrincipalName": f"{user}@example.com",
            "appDisplayName": "Example Portal",
            "conditionalAccessStatus": "success",
        },
    }


def activity(operation: str) -> Event:
    return {
        "category": "Administrative",
        "operationName": operation,
        "resourceId": f"{SUBSCRIPTION}/resourceGroups/example",
        "correlationId": "3b1d6a52-0000-4000-8000-000000000001",
        "resultType": "Success",
        "callerIpAddress": "198.51.100.32",
    }


def google(service: str, method: str, who: str) -> Event:
    return {
        "logName": "projects/example/logs/cloudaudit.googleapis.com%2Factivity",
        "resource": {"type": "service_account"},
        "protoPayload": {
            "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
            "serviceName": f"{service}.googleapis.com",
            "methodName": method,
            "authenticationInfo": {"principalEmail": who},
            "requestMetadata": {"callerIp": "2001:db8:20::9"},
        },
    }


def okta(
    kind: str, address: str = "192.0.2.20", result: str = "SUCCESS"
) -> Event:
    return {
        "eventType": kind,
        "severity": "INFO",
        "actor": {"type": "User", "alternateId": "adm-03@example.com"},
        "client": {"ipAddress": address},
        "outcome": {"result": result},
    }


def to_trail(event: Event, time: datetime, number: int) -> Event:
    """Returns a record of CloudTrail."""
    event_id = f"00000000-0000-4000-8000-{number:012}"
    return {"eventTime": iso_seconds(time), "eventID": event_id} | event


def to_azure(event: Event, time: datetime, _number: int) -> Event:
    """Returns a record as diagnostic settings export it."""
    return {"time": iso(time)} | event


def to_google(event: Event, time: datetime, number: int) -> Event:
    """Returns an entry of Cloud Logging."""
    return {"insertId": f"e{number:06}", "timestamp": iso(time)} | event


def to_okta(event: Event, time: datetime, number: int) -> Event:
    """Returns an event of Okta's system log."""
    uuid = f"00000000-0000-4000-9000-{number:012}"
    return {"uuid": uuid, "published": iso(time)} | event


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    year = 2027 if month == 1 else 2026
    return datetime(year, month, day, hour, minute, 9, tzinfo=UTC)


def _aws() -> list[Planted]:
    key = {"accessKey": {"accessKeyId": "EXAMPLEKEY00000000"}}
    denied = {"responseElements": None, "errorCode": "AccessDenied"}
    attach = trail("iam", "AttachUserPolicy")
    return [
        hit(
            trail("iam", "CreateAccessKey", "Root", responseElements=key),
            ROOT_KEY,
        ),
        miss(trail("iam", "CreateAccessKey", "Root", **denied)),
        miss(trail("iam", "CreateAccessKey", responseElements=key)),
        hit(attach, FREEZE, at=_at(12, 22, 17, 4)),
        hit(trail("iam", "PutRolePolicy"), FREEZE, at=_at(1, 6, 9, 30)),
        hit(trail("iam", "CreatePolicyVersion"), FREEZE, at=_at(1, 1, 3, 0)),
        miss(attach, at=_at(12, 18, 17, 4)),
        miss(attach, at=_at(1, 12, 9, 30)),
        miss(attach | denied, at=_at(12, 23, 17, 4)),
        hit(share(), SNAPSHOT, at=_at(12, 14, 2, 5)),
        hit(share("AssumedRole"), SNAPSHOT, at=_at(12, 15, 2, 40)),
        miss(share("AssumedRole"), at=_at(12, 16, 2, 5)),
        miss(share("IAMUser", "remove"), at=_at(12, 16, 11, 0)),
    ]


def _azure() -> list[Planted]:
    change = "Update conditional access policy"
    return [
        hit(entra(change), ACCESS_POLICY),
        hit(entra("Delete conditional access policy"), ACCESS_POLICY),
        miss(entra(change, "failure")),
        miss(entra("Add conditional access policy")),
    ]


def _google() -> list[Planted]:
    method = "google.iam.admin.v1.CreateServiceAccountKey"
    robot = "terraform@example.iam.gserviceaccount.com"
    return [
        hit(google("iam", method, "ops01@example.com"), ACCOUNT_KEY),
        miss(google("iam", method, robot)),
        miss(google("iam", method.replace("Create", "Delete"), "ops01")),
    ]


def _okta() -> list[Planted]:
    user, group = "user.account.privilege.grant", "group.privilege.grant"
    return [
        hit(okta(user, "203.0.113.44"), ADMINISTRATOR),
        hit(okta(group, "2001:db8:aa::5"), ADMINISTRATOR),
        miss(okta(user)),
        miss(okta(group, "2001:db8:ff::5")),
        miss(okta(user, "203.0.113.44", "DENY")),
        miss(okta("user.account.privilege.revoke", "203.0.113.44")),
    ]


def background_aws(rng: random.Random) -> Event:
    service, name = rng.choice([
        ("iam", "ListUsers"), ("iam", "GetUser"), ("iam", "ListRoles"),
        ("iam", "CreateAccessKey"), ("ec2", "DescribeInstances"),
        ("ec2", "CreateSnapshot"), ("ec2", "RunInstances"),
        ("s3", "GetBucketPolicy"), ("sts", "AssumeRole"),
    ])  # fmt: skip
    return trail(service, name, rng.choice(["IAMUser", "AssumedRole"]))


def background_azure(rng: random.Random) -> Event:
    user = rng.choice(["clerk01", "clerk02", "dev01", "adm-03"])
    return rng.choice([
        sign_in(user, rng.choice(["0", "0", "50126"])),
        entra(rng.choice(["Add user", "Update user", "Add member to group"])),
        activity("MICROSOFT.COMPUTE/VIRTUALMACHINES/START/ACTION"),
        activity("MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION"),
    ])  # fmt: skip


def background_google(rng: random.Random) -> Event:
    service, method = rng.choice([
        ("compute", "v1.compute.instances.start"),
        ("storage", "storage.buckets.get"),
        ("iam", "google.iam.admin.v1.ListServiceAccountKeys"),
    ])  # fmt: skip
    return google(service, method, "ops01@example.com")


def background_okta(rng: random.Random) -> Event:
    kinds = [
        "user.session.start", "user.authentication.sso", "user.session.end",
        "policy.evaluate_sign_on", "user.account.update_profile",
    ]  # fmt: skip
    return okta(rng.choice(kinds), f"192.0.2.{rng.randrange(1, 120)}")


SOURCES = [
    # Long enough for rules about days and weeks.
    Source(
        "aws_cloudtrail", 150, _aws(), background_aws, to_trail,
        datetime(2026, 12, 12, tzinfo=UTC), timedelta(days=31),
    ),
    Source("azure", 60, _azure(), background_azure, to_azure),
    Source("gcp_audit", 40, _google(), background_google, to_google),
    Source("okta", 40, _okta(), background_okta, to_okta),
]  # fmt: skip
