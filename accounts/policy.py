"""Who may do what, and how far: the only file that names roles.

`GRANTS` is the written matrix that officials sign; the printed one is made from it. Absence
means no. Each model's `permitted()` says only which of its columns is own, assigned, township.
"""

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.db import models

from accounts.choices import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reach(IntEnum):
    """How far a right goes."""

    NONE = 0
    OWN = 1
    ASSIGNED = 2
    TOWNSHIP = 3
    DISTRICT = 4


REACH_WORDS = {
    Reach.NONE: "无",
    Reach.OWN: "本人本单位",
    Reach.ASSIGNED: "所联系的合作社",
    Reach.TOWNSHIP: "本乡镇街道",
    Reach.DISTRICT: "全区",
}


class Action(models.TextChoices):
    """Everything that a page or a button can ask a right for."""

    # everyone
    VIEW_HOME = "view-home", "查看首页"
    EDIT_PROFILE = "edit-profile", "修改本人资料"
    USE_SECOND_FACTOR = "use-second-factor", "登录使用动态口令"
    VIEW_API = "view-api", "查看数据接口"
    ISSUE_TOKEN = "issue-token", "发放接口令牌"
    EXPORT_LIST = "export-list", "导出所见列表"

    # supervisors
    VIEW_LOAD = "view-load", "查看团队待办"

    # the register
    VIEW_COOPERATIVE = "view-cooperative", "查看合作社"
    VIEW_INTERNAL = "view-internal", "查看内部信息"
    EDIT_COOPERATIVE = "edit-cooperative", "更正合作社信息"
    EXPORT_COOPERATIVE = "export-cooperative", "导出合作社名录"
    SAVE_VIEW = "save-view", "保存常用查询"
    SHARE_VIEW = "share-view", "把常用查询共享给其他角色和单位"
    UNMASK_CONTACT = "unmask-contact", "查看完整联系方式"
    RESOLVE_ADDRESS = "resolve-address", "判定住所所属乡镇街道"

    # matching
    MERGE_COOPERATIVE = "merge-cooperative", "判定并合并重复的合作社"

    # sides
    VIEW_CONTRADICTION = "view-contradiction", "查看来源矛盾"
    ASSIGN_CONTRADICTION = "assign-contradiction", "交办来源矛盾"
    SETTLE_CONTRADICTION = "settle-contradiction", "对来源矛盾作结论"

    # suspicions
    VIEW_FLAG = "view-flag", "查看疑似问题"
    RECOMPUTE_FLAGS = "recompute-flags", "重新计算疑似问题"
    ASSIGN_FLAG = "assign-flag", "交办疑似问题的核实"
    VERIFY_FLAG = "verify-flag", "核实疑似问题"
    VIEW_MATTER = "view-matter", "查看需核实事项"
    ANSWER_MATTER = "answer-matter", "答复需核实事项"
    REHEARSE_RULE = "rehearse-rule", "试算规则"
    RELEASE_RULE = "release-rule", "发布规则"

    # clean-up
    VIEW_CLEANUP = "view-cleanup", "查看清理案件"
    OPEN_CLEANUP = "open-cleanup", "立案清理"
    WORK_CLEANUP = "work-cleanup", "办理清理案件"
    TAKE_STEP = "take-cleanup-step", "办结清理步骤"
    DECIDE_CLEANUP = "decide-cleanup", "变更和终结清理案件"
    EXPORT_CLEANUP = "export-cleanup", "导出清理台账"
    MANAGE_BATCH = "manage-batch", "组织现场批量注销"
    VIEW_TIP_OFF = "view-tip-off", "查看群众举报"
    HANDLE_TIP_OFF = "handle-tip-off", "登记和核查群众举报"
    UNMASK_REPORTER = "unmask-reporter", "查看举报人"
    VIEW_RELATION = "view-relation", "查看主体关系"
    EDIT_RELATION = "edit-relation", "登记主体关系"

    # survey
    VIEW_SURVEY = "view-survey", "查看摸底排查"
    RECORD_SURVEY = "record-survey", "填写摸底记录"
    MANAGE_SURVEY = "manage-survey", "发起和结束摸底"
    EXPORT_SURVEY = "export-survey", "导出摸底记录"

    # deliveries
    VIEW_DELIVERY = "view-delivery", "查看数据报送"
    SUBMIT_DELIVERY = "submit-delivery", "报送数据文件"
    DECIDE_DELIVERY = "decide-delivery", "核对并入库"
    UNDO_DELIVERY = "undo-delivery", "撤销入库"
    DECIDE_MEANING = "decide-meaning", "说明文件里的词语"

    REMIND_SENDER = "remind-sender", "催报数据"

    # attachments: how far they reach is that of the row they belong to
    VIEW_ATTACHMENT = "view-attachment", "查看附件"
    REMOVE_ATTACHMENT = "remove-attachment", "移除附件"

    # notices
    VIEW_NOTICE = "view-notice", "查看本人通知"
    SEND_NOTICE = "send-notice", "发出正式通知"
    VIEW_NOTICE_RECORD = "view-notice-record", "查看通知送达记录"
    # annual reports
    VIEW_REPORT = "view-report", "查看年度报告"
    FILL_REPORT = "fill-report", "填写年度报告"
    SUBMIT_REPORT = "submit-report", "提交年度报告（代填须经理事长确认）"
    CHECK_REPORT = "check-report", "初核年度报告"
    REVIEW_REPORT = "review-report", "审核和公开年度报告"
    SET_REPORT_SEASON = "set-report-season", "设定年报期限"
    REMIND_REPORT = "remind-report", "催报年度报告"
    VERIFY_GOVERNANCE = "verify-governance", "核实治理情况"
    INVITE_AGENT = "invite-agent", "邀请合作社使用人"
    VIEW_CERTIFICATE = "view-certificate", "查看社员名录证明"
    REQUEST_CERTIFICATE = "request-certificate", "申请社员名录证明"
    ISSUE_CERTIFICATE = "issue-certificate", "核发社员名录证明"

    # rosters
    VIEW_ROSTER = "view-roster", "查看成员名册"
    EDIT_ROSTER = "edit-roster", "维护成员名册"
    CONFIRM_ROSTER = "confirm-roster", "核对确认成员名册"
    UNMASK_MEMBER = "unmask-member", "查看成员完整证件号码"

    # training
    VIEW_COUNSELLOR = "view-counsellor", "查看辅导员"
    APPOINT_COUNSELLOR = "appoint-counsellor", "聘任辅导员"
    ASSIGN_COUNSELLOR = "assign-counsellor", "安排辅导与交接"
    DECLARE_INTEREST = "declare-interest", "登记利害关系"
    VIEW_VISIT = "view-visit", "查看走访记录"
    WRITE_VISIT = "write-visit", "填写走访记录"
    CONFIRM_VISIT = "confirm-visit", "合作社确认走访记录"
    REVIEW_VISIT = "review-visit", "审阅走访记录"
    VOID_VISIT = "void-visit", "作废走访记录"
    DECIDE_PROPOSAL = "decide-proposal", "处理走访提出的更正"
    VIEW_PROMISE = "view-promise", "查看整改事项"
    WORK_PROMISE = "work-promise", "办理整改事项"
    CONFIRM_PROMISE = "confirm-promise", "复核整改事项"
    VIEW_EVENT = "view-event", "查看培训"
    MANAGE_EVENT = "manage-event", "组织培训"
    VIEW_GUIDANCE = "view-guidance", "查看辅导台账"
    WRITE_GUIDANCE = "write-guidance", "登记辅导台账"
    VIEW_COVERAGE = "view-coverage", "查看走访覆盖"

    # sharing
    VIEW_SHARE = "view-share", "查看名单共享"
    PROPOSE_SHARE = "propose-share", "提出名单共享"
    APPROVE_SHARE = "approve-share", "批准和终止名单共享"
    FETCH_SHARE = "fetch-share", "取用共享名单"

    # meetings of the departments
    VIEW_BODY = "view-body", "查看协调机构和通讯录"
    MANAGE_BODY = "manage-body", "维护协调机构和成员"
    VIEW_MEETING = "view-meeting", "查看会议和纪要"
    MANAGE_MEETING = "manage-meeting", "组织会议和起草纪要"
    REPLY_MEETING = "reply-meeting", "回复会议通知"
    AGREE_MINUTES = "agree-minutes", "会签会议纪要"
    RECORD_CONSENT = "record-consent", "代为登记书面会签答复"
    OVERRIDE_CONSENT = "override-consent", "未全部同意而定稿"
    SIGN_MINUTES = "sign-minutes", "签发会议纪要"
    VIEW_DECISION = "view-decision", "查看议定事项"
    WORK_DECISION = "work-decision", "办理议定事项"
    CONFIRM_DECISION = "confirm-decision", "确认议定事项办结"

    # the register of contacts
    VIEW_CONTACT = "view-contact", "查看联络员名册"
    MANAGE_CONTACT = "manage-contact", "登记联络员"
    UNMASK_MOBILE = "unmask-mobile", "查看联络员完整手机号"

    # help that townships ask for
    VIEW_HELP = "view-help", "查看乡镇求助"
    FILE_HELP = "file-help", "填报和撤回求助"
    HANDLE_HELP = "handle-help", "交办求助或不予办理"
    WORK_HELP = "work-help", "填写求助进展和材料"
    ANSWER_HELP = "answer-help", "答复求助"
    CLOSE_HELP = "close-help", "确认求助是否解决"

    # the library of documents
    VIEW_DOCUMENT = "view-document", "查看文件资料"
    MANAGE_DOCUMENT = "manage-document", "登记文件和准许查看"
    PUBLISH_DOCUMENT = "publish-document", "向社会公开文件"

    # the library of typical cases
    VIEW_EXEMPLAR = "view-exemplar", "查看典型案例"
    WRITE_EXEMPLAR = "write-exemplar", "撰写和报送典型案例"
    REVIEW_EXEMPLAR = "review-exemplar", "审核和发布典型案例"

    # contacts with province and city
    VIEW_UPWARD = "view-upward", "查看上级沟通"
    MANAGE_UPWARD = "manage-upward", "登记上级沟通"

    # departments that sponsor societies
    VIEW_SPONSORSHIP = "view-sponsorship", "查看部门挂包"
    MANAGE_SPONSORSHIP = "manage-sponsorship", "安排部门挂包"
    FOLLOW_SPONSORSHIP = "follow-sponsorship", "填写挂包跟踪记录"

    # funds and projects
    VIEW_SUPPORT = "view-support", "查看扶持资金和项目"
    MANAGE_SUPPORT = "manage-support", "登记和检查扶持资金和项目"

    # the watch against illegal fund-raising
    VIEW_FUND_WATCH = "view-fund-watch", "查看集资风险线索"
    HANDLE_FUND_WATCH = "handle-fund-watch", "登记、核查和移送集资风险线索"

    # issued papers
    VIEW_PAPER = "view-paper", "查看签发文书登记"

    # demonstration societies
    VIEW_TITLE = "view-title", "查看示范社称号"
    EDIT_TITLE = "edit-title", "登记与终止称号"
    VIEW_CRITERIA = "view-criteria", "查看评定标准"
    EDIT_CRITERIA = "edit-criteria", "起草与发布评定标准"
    VIEW_SELF_CHECK = "view-self-check", "查看达标自查"
    VIEW_STANDING = "view-standing", "查看接近达标名单"
    VIEW_ROUND = "view-round", "查看评定批次"
    RUN_ROUND = "run-round", "组织评定批次"
    VIEW_APPLICATION = "view-application", "查看示范社申报"
    APPLY_TITLE = "apply-title", "申报示范社"
    RECOMMEND_APPLICATION = "recommend-application", "推荐示范社申报"
    REVIEW_APPLICATION = "review-application", "审核示范社申报"
    CONSULT_APPLICATION = "consult-application", "答复征求意见"
    SCORE_APPLICATION = "score-application", "评分"
    VIEW_MONITORING = "view-monitoring", "查看示范社监测"
    RUN_MONITORING = "run-monitoring", "办理示范社监测"
    REPLY_MONITORING = "reply-monitoring", "答复示范社监测"
    ATTACH_MONITORING = "attach-monitoring", "上传监测凭证"
    VIEW_PLAN = "view-plan", "查看一社一案"
    EDIT_PLAN = "edit-plan", "编制一社一案"
    EDIT_NAMED_LIST = "edit-named-list", "登记入选名单"
    VIEW_STRENGTH = "view-strength", "查看服务与设施"
    EDIT_STRENGTH = "edit-strength", "填报服务与设施"
    VIEW_INNOVATION = "view-innovation", "查看创新登记"
    EDIT_INNOVATION = "edit-innovation", "填报创新登记"

    # the pilot, its work plan, its checks and its archive
    VIEW_PROGRAMME = "view-programme", "查看试点"
    EDIT_PROGRAMME = "edit-programme", "设立和修改试点"
    VIEW_WORK_PLAN = "view-work-plan", "查看倒排工作表"
    EDIT_WORK_PLAN = "edit-work-plan", "编制倒排工作表"
    REPORT_TASK = "report-task", "填报任务进展"
    CONFIRM_TASK = "confirm-task", "确认任务完成"
    VIEW_ACCEPTANCE = "view-acceptance", "查看预验收和总结核查"
    RUN_ACCEPTANCE = "run-acceptance", "组织预验收和总结核查"
    VIEW_FINDING = "view-finding", "查看验收问题"
    RECTIFY_FINDING = "rectify-finding", "整改验收问题"
    VIEW_ARCHIVE = "view-archive", "查看和下载试点归档"
    BUILD_ARCHIVE = "build-archive", "生成和核验试点归档"

    # the pilot's figures
    VIEW_INDICATOR = "view-indicator", "查看试点指标"
    EDIT_TARGET = "edit-target", "设定试点目标"
    VIEW_EDITION = "view-edition", "查看指标定版和通报"
    ISSUE_EDITION = "issue-edition", "定版和起草通报"

    # people and the trail
    VIEW_PEOPLE = "view-people", "查看用户与机构"
    MANAGE_PEOPLE = "manage-people", "管理用户与机构"
    VIEW_AUDIT = "view-audit", "查看操作记录"
    EXPORT_AUDIT = "export-audit", "导出操作记录"
    VIEW_SYSTEM = "view-system", "查看运行状态"
    BROWSE_TABLES = "browse-tables", "查阅系统数据表"


_EVERYONE = dict.fromkeys(Role, Reach.OWN)
_OFFICE = {Role.BUREAU: Reach.DISTRICT, Role.CLERK: Reach.TOWNSHIP}
# The society itself, and those who fill in for it at the chair's table.
_FILERS = {
    Role.CLERK: Reach.TOWNSHIP,
    Role.COUNSELLOR: Reach.ASSIGNED,
    Role.COOPERATIVE: Reach.OWN,
}
# Units that meet see their own meetings; the bureau runs them, leaders and auditors look on.
_AT_THE_TABLE = {
    **_OFFICE,
    Role.LIAISON: Reach.OWN,
    Role.LEADER: Reach.DISTRICT,
    Role.AUDITOR: Reach.DISTRICT,
}

GRANTS: "Mapping[Action, Mapping[Role, Reach]]" = {
    # everyone
    Action.VIEW_HOME: _EVERYONE,
    Action.EDIT_PROFILE: _EVERYONE,
    # Staff; counsellors and societies, often with one phone and no signal, sign in by password.
    Action.USE_SECOND_FACTOR: {
        Role.BUREAU: Reach.OWN,
        Role.CLERK: Reach.OWN,
        Role.LEADER: Reach.OWN,
        Role.AUDITOR: Reach.OWN,
        Role.ADMINISTRATOR: Reach.OWN,
    },
    Action.VIEW_API: _EVERYONE,
    # supervisors
    Action.VIEW_LOAD: _OFFICE,
    Action.EXPORT_LIST: _EVERYONE,
    Action.ISSUE_TOKEN: {**_EVERYONE, Role.ADMINISTRATOR: Reach.DISTRICT},
    # the register
    Action.VIEW_COOPERATIVE: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.VIEW_INTERNAL: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_COOPERATIVE: _OFFICE,
    Action.EXPORT_COOPERATIVE: _OFFICE,
    Action.SAVE_VIEW: dict.fromkeys(
        (each for each in Role if each not in {Role.COOPERATIVE, Role.AUDITOR}), Reach.OWN
    ),
    Action.SHARE_VIEW: {Role.BUREAU: Reach.DISTRICT},
    Action.UNMASK_CONTACT: _OFFICE,
    Action.RESOLVE_ADDRESS: {Role.BUREAU: Reach.DISTRICT},
    # matching
    Action.MERGE_COOPERATIVE: {Role.BUREAU: Reach.DISTRICT},
    # sides
    Action.VIEW_CONTRADICTION: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.ASSIGN_CONTRADICTION: _OFFICE,
    Action.SETTLE_CONTRADICTION: {Role.BUREAU: Reach.DISTRICT},
    # suspicions
    Action.VIEW_FLAG: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.RECOMPUTE_FLAGS: {Role.BUREAU: Reach.DISTRICT},
    Action.ASSIGN_FLAG: _OFFICE,
    Action.VERIFY_FLAG: {**_OFFICE, Role.COUNSELLOR: Reach.ASSIGNED},
    Action.VIEW_MATTER: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.ANSWER_MATTER: {Role.COOPERATIVE: Reach.OWN},
    Action.REHEARSE_RULE: {Role.BUREAU: Reach.DISTRICT},
    Action.RELEASE_RULE: {Role.BUREAU: Reach.DISTRICT},
    # clean-up
    Action.VIEW_CLEANUP: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LIAISON: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.OPEN_CLEANUP: _OFFICE,
    Action.WORK_CLEANUP: {**_OFFICE, Role.COUNSELLOR: Reach.TOWNSHIP},
    Action.TAKE_STEP: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LIAISON: Reach.OWN,
    },
    Action.DECIDE_CLEANUP: {Role.BUREAU: Reach.DISTRICT},
    Action.EXPORT_CLEANUP: _OFFICE,
    Action.MANAGE_BATCH: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_TIP_OFF: {Role.BUREAU: Reach.DISTRICT, Role.AUDITOR: Reach.DISTRICT},
    Action.HANDLE_TIP_OFF: {Role.BUREAU: Reach.DISTRICT},
    Action.UNMASK_REPORTER: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_RELATION: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_RELATION: _OFFICE,
    # survey
    Action.VIEW_SURVEY: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.RECORD_SURVEY: {**_OFFICE, Role.COUNSELLOR: Reach.TOWNSHIP},
    Action.MANAGE_SURVEY: {Role.BUREAU: Reach.DISTRICT},
    Action.EXPORT_SURVEY: _OFFICE,
    # deliveries
    Action.VIEW_DELIVERY: {
        Role.BUREAU: Reach.DISTRICT,
        Role.LIAISON: Reach.OWN,
        Role.AUDITOR: Reach.DISTRICT,
        Role.ADMINISTRATOR: Reach.DISTRICT,
    },
    Action.SUBMIT_DELIVERY: {Role.BUREAU: Reach.DISTRICT, Role.LIAISON: Reach.OWN},
    Action.DECIDE_DELIVERY: {Role.BUREAU: Reach.DISTRICT},
    Action.UNDO_DELIVERY: {Role.BUREAU: Reach.DISTRICT},
    Action.DECIDE_MEANING: {Role.BUREAU: Reach.DISTRICT},
    Action.REMIND_SENDER: {Role.BUREAU: Reach.DISTRICT},
    # attachments: how far they reach is that of the row they belong to
    Action.VIEW_ATTACHMENT: _EVERYONE,
    Action.REMOVE_ATTACHMENT: {
        role: Reach.OWN for role in Role if role not in (Role.LEADER, Role.AUDITOR)
    },
    # notices
    Action.VIEW_NOTICE: _EVERYONE,
    Action.SEND_NOTICE: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_NOTICE_RECORD: {Role.BUREAU: Reach.DISTRICT, Role.AUDITOR: Reach.DISTRICT},
    # annual reports
    Action.VIEW_REPORT: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.FILL_REPORT: _FILERS,
    Action.SUBMIT_REPORT: _FILERS,
    Action.CHECK_REPORT: _OFFICE,
    Action.REVIEW_REPORT: {Role.BUREAU: Reach.DISTRICT},
    Action.SET_REPORT_SEASON: {Role.BUREAU: Reach.DISTRICT},
    Action.REMIND_REPORT: {**_OFFICE, Role.COUNSELLOR: Reach.ASSIGNED},
    Action.VERIFY_GOVERNANCE: {**_OFFICE, Role.COUNSELLOR: Reach.ASSIGNED},
    Action.INVITE_AGENT: _OFFICE,
    Action.VIEW_CERTIFICATE: {
        **_OFFICE,
        Role.COOPERATIVE: Reach.OWN,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.REQUEST_CERTIFICATE: {Role.CLERK: Reach.TOWNSHIP, Role.COOPERATIVE: Reach.OWN},
    Action.ISSUE_CERTIFICATE: {Role.BUREAU: Reach.DISTRICT},
    # rosters
    Action.VIEW_ROSTER: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.ASSIGNED,
        Role.COOPERATIVE: Reach.OWN,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_ROSTER: {**_OFFICE, Role.COOPERATIVE: Reach.OWN},
    Action.CONFIRM_ROSTER: {**_OFFICE, Role.COUNSELLOR: Reach.ASSIGNED},
    Action.UNMASK_MEMBER: {**_OFFICE, Role.COOPERATIVE: Reach.OWN},
    # training
    Action.VIEW_COUNSELLOR: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.APPOINT_COUNSELLOR: {Role.BUREAU: Reach.DISTRICT},
    Action.ASSIGN_COUNSELLOR: _OFFICE,
    Action.DECLARE_INTEREST: {**_OFFICE, Role.COUNSELLOR: Reach.OWN},
    Action.VIEW_VISIT: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.WRITE_VISIT: {Role.COUNSELLOR: Reach.ASSIGNED},
    Action.CONFIRM_VISIT: {Role.COOPERATIVE: Reach.OWN},
    Action.REVIEW_VISIT: _OFFICE,
    Action.VOID_VISIT: {Role.BUREAU: Reach.DISTRICT},
    Action.DECIDE_PROPOSAL: _OFFICE,
    Action.VIEW_PROMISE: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.WORK_PROMISE: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.ASSIGNED,
        Role.COOPERATIVE: Reach.OWN,
    },
    Action.CONFIRM_PROMISE: _OFFICE,
    Action.VIEW_EVENT: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    # sharing
    Action.VIEW_SHARE: {
        Role.BUREAU: Reach.DISTRICT,
        Role.LIAISON: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.PROPOSE_SHARE: {Role.BUREAU: Reach.DISTRICT},
    Action.APPROVE_SHARE: {Role.BUREAU: Reach.DISTRICT, Role.LEADER: Reach.DISTRICT},
    Action.FETCH_SHARE: {Role.LIAISON: Reach.OWN},
    # meetings of the departments
    Action.VIEW_BODY: _AT_THE_TABLE,
    Action.MANAGE_BODY: _OFFICE,
    Action.VIEW_MEETING: _AT_THE_TABLE,
    Action.MANAGE_MEETING: {Role.BUREAU: Reach.DISTRICT},
    Action.REPLY_MEETING: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.AGREE_MINUTES: {Role.CLERK: Reach.TOWNSHIP, Role.LIAISON: Reach.OWN},
    Action.RECORD_CONSENT: {Role.BUREAU: Reach.DISTRICT},
    Action.OVERRIDE_CONSENT: {Role.BUREAU: Reach.DISTRICT, Role.LEADER: Reach.DISTRICT},
    Action.SIGN_MINUTES: {Role.BUREAU: Reach.DISTRICT, Role.LEADER: Reach.DISTRICT},
    Action.VIEW_DECISION: _AT_THE_TABLE,
    Action.WORK_DECISION: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.CONFIRM_DECISION: {Role.BUREAU: Reach.DISTRICT},
    # the register of contacts: all units at the table find each other, each keeps its own
    Action.VIEW_CONTACT: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.DISTRICT,
        Role.LIAISON: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.MANAGE_CONTACT: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.UNMASK_MOBILE: {**_OFFICE, Role.LIAISON: Reach.OWN},
    # help that townships ask for
    Action.VIEW_HELP: _AT_THE_TABLE,
    Action.FILE_HELP: {Role.CLERK: Reach.TOWNSHIP},
    Action.HANDLE_HELP: {Role.BUREAU: Reach.DISTRICT},
    Action.WORK_HELP: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.ANSWER_HELP: {Role.BUREAU: Reach.DISTRICT, Role.LIAISON: Reach.OWN},
    Action.CLOSE_HELP: _OFFICE,
    # the library of documents: how open each one is decides what OWN and TOWNSHIP mean
    Action.VIEW_DOCUMENT: {
        **_AT_THE_TABLE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
    },
    Action.MANAGE_DOCUMENT: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.PUBLISH_DOCUMENT: {Role.BUREAU: Reach.DISTRICT},
    # the library of typical cases: what is published is read by all whom the reach lets in
    Action.VIEW_EXEMPLAR: {
        **_AT_THE_TABLE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
    },
    Action.WRITE_EXEMPLAR: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.REVIEW_EXEMPLAR: {Role.BUREAU: Reach.DISTRICT},
    # contacts with province and city
    Action.VIEW_UPWARD: {
        Role.BUREAU: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.MANAGE_UPWARD: {Role.BUREAU: Reach.DISTRICT},
    # departments that sponsor societies
    Action.VIEW_SPONSORSHIP: {**_AT_THE_TABLE, Role.COOPERATIVE: Reach.OWN},
    Action.MANAGE_SPONSORSHIP: {Role.BUREAU: Reach.DISTRICT},
    Action.FOLLOW_SPONSORSHIP: {Role.BUREAU: Reach.DISTRICT, Role.LIAISON: Reach.OWN},
    # funds and projects
    Action.VIEW_SUPPORT: {
        **_OFFICE,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.MANAGE_SUPPORT: {Role.BUREAU: Reach.DISTRICT},
    # the watch against illegal fund-raising
    Action.VIEW_FUND_WATCH: {Role.BUREAU: Reach.DISTRICT, Role.AUDITOR: Reach.DISTRICT},
    Action.HANDLE_FUND_WATCH: {Role.BUREAU: Reach.DISTRICT},
    # issued papers
    # demonstration societies
    Action.VIEW_TITLE: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LIAISON: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_TITLE: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_CRITERIA: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.DISTRICT,
        Role.COUNSELLOR: Reach.DISTRICT,
        Role.COOPERATIVE: Reach.OWN,
        Role.LIAISON: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_CRITERIA: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_SELF_CHECK: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.VIEW_STANDING: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.VIEW_ROUND: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.DISTRICT,
        Role.COUNSELLOR: Reach.DISTRICT,
        Role.LIAISON: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.RUN_ROUND: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_APPLICATION: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LIAISON: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.APPLY_TITLE: {Role.COOPERATIVE: Reach.OWN},
    Action.RECOMMEND_APPLICATION: {Role.CLERK: Reach.TOWNSHIP},
    Action.REVIEW_APPLICATION: {Role.BUREAU: Reach.DISTRICT},
    Action.CONSULT_APPLICATION: {Role.LIAISON: Reach.OWN},
    Action.SCORE_APPLICATION: {
        Role.CLERK: Reach.ASSIGNED,
        Role.COUNSELLOR: Reach.ASSIGNED,
        Role.LIAISON: Reach.ASSIGNED,
    },
    Action.VIEW_MONITORING: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.MANAGE_EVENT: _OFFICE,
    Action.VIEW_GUIDANCE: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.WRITE_GUIDANCE: {**_OFFICE, Role.COUNSELLOR: Reach.TOWNSHIP},
    Action.VIEW_COVERAGE: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    # issued papers
    Action.VIEW_PAPER: {Role.BUREAU: Reach.DISTRICT, Role.AUDITOR: Reach.DISTRICT},
    Action.RUN_MONITORING: {Role.BUREAU: Reach.DISTRICT},
    Action.REPLY_MONITORING: {Role.COOPERATIVE: Reach.OWN},
    Action.ATTACH_MONITORING: {Role.BUREAU: Reach.DISTRICT, Role.COOPERATIVE: Reach.OWN},
    Action.VIEW_PLAN: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LIAISON: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_PLAN: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
    },
    Action.EDIT_NAMED_LIST: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_STRENGTH: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_STRENGTH: {
        Role.BUREAU: Reach.DISTRICT,
        Role.CLERK: Reach.TOWNSHIP,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
    },
    Action.VIEW_INNOVATION: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_INNOVATION: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.COOPERATIVE: Reach.OWN,
    },
    # the pilot, its work plan, its checks and its archive
    Action.VIEW_PROGRAMME: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LIAISON: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_PROGRAMME: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_WORK_PLAN: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LIAISON: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_WORK_PLAN: {Role.BUREAU: Reach.DISTRICT},
    Action.REPORT_TASK: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.CONFIRM_TASK: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_ACCEPTANCE: {
        Role.BUREAU: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.RUN_ACCEPTANCE: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_FINDING: {
        **_OFFICE,
        Role.LIAISON: Reach.OWN,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.RECTIFY_FINDING: {**_OFFICE, Role.LIAISON: Reach.OWN},
    Action.VIEW_ARCHIVE: {Role.BUREAU: Reach.DISTRICT, Role.AUDITOR: Reach.DISTRICT},
    Action.BUILD_ARCHIVE: {Role.BUREAU: Reach.DISTRICT},
    # the pilot's figures
    Action.VIEW_INDICATOR: {
        **_OFFICE,
        Role.COUNSELLOR: Reach.TOWNSHIP,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.EDIT_TARGET: {Role.BUREAU: Reach.DISTRICT},
    Action.VIEW_EDITION: {
        Role.BUREAU: Reach.DISTRICT,
        Role.LEADER: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.ISSUE_EDITION: {Role.BUREAU: Reach.DISTRICT},
    # people and the trail
    Action.VIEW_PEOPLE: {
        Role.ADMINISTRATOR: Reach.DISTRICT,
        Role.BUREAU: Reach.DISTRICT,
        Role.AUDITOR: Reach.DISTRICT,
    },
    Action.MANAGE_PEOPLE: {Role.ADMINISTRATOR: Reach.DISTRICT},
    Action.VIEW_AUDIT: {Role.AUDITOR: Reach.DISTRICT, Role.ADMINISTRATOR: Reach.DISTRICT},
    Action.EXPORT_AUDIT: {Role.AUDITOR: Reach.DISTRICT},
    Action.VIEW_SYSTEM: {Role.ADMINISTRATOR: Reach.DISTRICT, Role.AUDITOR: Reach.DISTRICT},
    Action.BROWSE_TABLES: {Role.ADMINISTRATOR: Reach.DISTRICT},
}


# Those who do things for others or open their accounts; leaders and auditors only look.
_HELPFUL = (Role.BUREAU, Role.ADMINISTRATOR)


def reach_of(user: Any, action: str) -> Reach:
    """Return how far this user's right for an action goes; nobody signed in reaches nothing."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Reach.NONE
    return GRANTS[Action(action)].get(Role(user.role), Reach.NONE)


def may(user: Any, action: str) -> bool:
    """Tell whether this user has the right at all."""
    return reach_of(user, action) > Reach.NONE


def roles_holding(*actions: str) -> list[Role]:
    """Return the roles that have every one of some rights."""
    return [role for role in Role if all(GRANTS[Action(each)].get(role) for each in actions)]


def matrix() -> list[tuple[str, list[str]]]:
    """Return the written matrix: each action with the words of every role's reach, "" for none."""
    return [
        (
            action.label,
            [REACH_WORDS[reach] if (reach := GRANTS[action].get(role)) else "" for role in Role],
        )
        for action in Action
    ]


def roles_with(action: str, reach: Reach = Reach.DISTRICT) -> list[Role]:
    """Return the roles whose right for an action goes exactly that far."""
    return [role for role in Role if GRANTS[Action(action)].get(role, Reach.NONE) == reach]


def able_roles(action: str) -> list[Role]:
    """Return the roles that have a right at all, however far it goes."""
    return [role for role in Role if GRANTS[Action(action)].get(role, Reach.NONE) > Reach.NONE]


def whom_to_ask(action: str) -> str:
    """Return whom to turn to for a right that one lacks: who does it, or else who grants it."""
    able = [role.label for role in roles_with(action) if role in _HELPFUL]
    return "、".join(able) or Role.ADMINISTRATOR.label


# The file of docs/manual/ that speaks to each role.
_GUIDES = {
    Role.BUREAU: "bureau",
    Role.CLERK: "clerk",
    Role.COUNSELLOR: "counsellor",
    Role.COOPERATIVE: "cooperative",
    Role.LIAISON: "department",
    Role.LEADER: "leader",
    Role.AUDITOR: "administrator",
    Role.ADMINISTRATOR: "administrator",
}


def guide_of(user: Any) -> str:
    """Return the name of the manual's file for this person."""
    return _GUIDES[Role(user.role)]
