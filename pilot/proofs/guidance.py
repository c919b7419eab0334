"""Counsellors, pairings, visits with their promises, trainings, guidance before registration."""

from accounts.policy import Action
from common.spreadsheet import DAY, NUMBER, TEXT
from pilot.proofs.frame import CODE_OF, SOCIETY, TOWNSHIP, Proof
from training.models import (
    Counsellor,
    CounsellorAssignment,
    GuidanceRecord,
    Promise,
    TrainingEvent,
    Visit,
)

PROOFS: tuple[Proof, ...] = (
    Proof(
        "counsellors",
        "辅导员",
        Counsellor.objects.all,
        (
            ("姓名", "user.full_name", TEXT, 12),
            ("所在单位", "user.unit.name", TEXT, 20),
            ("专长", "specialty", TEXT, 14),
            ("聘任日期", "appointed_on", DAY, 16),
            ("聘期至", "until", DAY, 16),
        ),
        "training:counsellor-list",
        Action.VIEW_COUNSELLOR,
        related=("user__unit",),
    ),
    Proof(
        "pairings",
        "结对辅导",
        CounsellorAssignment.objects.pairing,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("辅导员", "counsellor.full_name", TEXT, 12),
            ("起始日期", "since", DAY, 16),
            ("终止日期", "until", DAY, 16),
        ),
        "training:counsellor-list",
        Action.VIEW_COUNSELLOR,
        related=("cooperative__township", "counsellor"),
    ),
    Proof(
        "visits",
        "走访记录",
        Visit.objects.standing,
        (
            ("走访日期", "visited_on", DAY, 16),
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("辅导员", "counsellor.full_name", TEXT, 12),
            ("目的", "purpose", TEXT, 14),
            ("状态", "state", TEXT, 12),
        ),
        "training:visit-list",
        Action.VIEW_VISIT,
        related=("cooperative__township", "counsellor"),
    ),
    Proof(
        "promises",
        "整改事项",
        Promise.objects.all,
        (
            SOCIETY,
            TOWNSHIP,
            ("事项", "text", TEXT, 40),
            ("由谁办", "owner", TEXT, 12),
            ("期限", "due_on", DAY, 16),
            ("状态", "state", TEXT, 12),
        ),
        "training:promise-list",
        Action.VIEW_PROMISE,
    ),
    Proof(
        "events",
        "培训",
        TrainingEvent.objects.held,
        (
            ("名称", "title", TEXT, 40),
            ("对象", "audience", TEXT, 14),
            ("举办单位", "unit.name", TEXT, 20),
            ("日期", "held_on", DAY, 16),
            ("学时", "hours", NUMBER, 8),
            ("地点", "place", TEXT, 24),
        ),
        "training:event-list",
        Action.VIEW_EVENT,
        related=("unit",),
    ),
    Proof(
        "guidance",
        "登记前辅导与考察",
        GuidanceRecord.objects.all,
        (
            ("类别", "kind", TEXT, 16),
            ("日期", "on", DAY, 16),
            ("单位", "unit.name", TEXT, 20),
            ("对象", "about", TEXT, 34),
            ("结果", "outcome", TEXT, 30),
        ),
        "training:guidance-list",
        Action.VIEW_GUIDANCE,
        related=("unit",),
    ),
)
