"""The words of the audit trail: what each recorded deed and each noted detail is called."""

from typing import Any

from accounts.policy import Action

DEEDS: dict[str, str] = {
    "signed-in": "登录",
    "signed-out": "退出登录",
    "sign-in-refused": "登录失败",
    "sign-in-locked": "登录失败过多，暂停登录",
    "password-changed": "更改本人密码",
    "phone-changed": "更改本人手机号",
    "sessions-ended": "退出其他设备",
    "person-created": "开设用户",
    "person-changed": "修改用户",
    "person-activated": "启用用户",
    "person-deactivated": "停用用户",
    "password-reset": "重置密码",
    "unit-created": "新增机构",
    "unit-changed": "修改机构",
    "alias-created": "新增旧地名",
    "alias-changed": "修改旧地名",
    "village-decided": "判定村（社区）归属",
    "agent-appointed": "登记合作社使用人",
    "agent-dismissed": "结束合作社使用人",
    "audit-verified": "校验操作记录",
    "audit-exported": "导出操作记录",
    "backup-made": "备份全部数据",
    "target-changed": "修改试点目标",
    "edition-frozen": "指标定版",
    "second-factor-set-up": "设置动态口令",
    "second-factor-passed": "动态口令通过",
    "second-factor-refused": "动态口令不正确",
    "second-factor-removed": "停用动态口令",
    "second-factor-reset": "清除动态口令",
    "spare-codes-replaced": "重新生成备用口令",
    "export-asked": "导出列表",
    "export-fetched": "下载导出文件",
    "token-issued": "发放接口令牌",
    "token-withdrawn": "收回接口令牌",
    "delivery-received": "收到数据报送",
    "delivery-checked": "报送检查完毕",
    "delivery-refused": "退回报送",
    "delivery-duplicate": "收到重复文件",
    "delivery-committed": "报送入库",
    "delivery-undone": "撤销入库",
    "original-downloaded": "下载报送原文件",
    "problems-downloaded": "下载问题清单",
    "row-decided": "决定存疑行",
    "meaning-decided": "说明词语的意思",
    "meaning-revoked": "撤销词语的说明",
    "flags-resumed": "暂缓到期，恢复核实",
    # attachments
    "file-attached": "上传附件",
    "file-removed": "移除附件",
    # clean-up
    "willingness-recorded": "登记自愿意愿书",
    "case-changed": "修改清理案件",
    "task-added": "添加规范改造任务",
    "relation-recorded": "登记主体关系",
    "relation-ended": "结束主体关系",
    "help-given": "登记社转场帮助",
    "batch-planned": "安排现场批量注销",
    "batch-invited": "安排批量注销名单",
    "batch-result": "登记现场结果",
    "batch-carried": "转入没办完的案件",
    "tip-off-received": "收到群众举报",
    "tip-off-matched": "举报对应到合作社",
    "tip-off-to-case": "举报立案",
    # survey
    "survey-opened": "发起摸底",
    "survey-topped-up": "补入新登记的合作社",
    "survey-corrected": "更正摸底记录",
    # annual reports
    "report-started": "开始填写年度报告",
    "report-handed-over": "代填完毕，交理事长确认",
    "report-season-set": "设定年报期限",
    "report-reminded": "催报年度报告",
    "report-confirmed": "理事长确认年度报告",
    "agent-invited": "邀请合作社使用人",
    "invitation-revoked": "作废邀请",
    "certificate-requested": "申请社员名录证明",
    "governance-verified": "核实治理情况",
    # rosters
    "member-added": "新增成员",
    "member-changed": "修改成员",
    "roster-uploaded": "上传成员名册",
    "roster-applied": "写入成员名册",
    "roster-exported": "导出成员名册",
    "accounts-saved": "登记成员账户",
    # training
    "counsellor-changed": "修改辅导员聘任",
    "interest-ended": "解除利害关系",
    "societies-dealt-out": "平均安排合作社",
    "pairing-required": "列为须结对",
    "handed-over": "移交辅导工作",
    "pairing-needs-kept": "更新须结对的合作社",
    # notices
    "notice-sent": "发出正式通知",
    "notice-confirmed": "确认收到通知",
    "messages-resent": "重发失败的消息",
    "notice-setting-changed": "更改通知方式",
    # saved views
    "view-saved": "保存常用查询",
    "view-deleted": "删除常用查询",
    # issued papers
    "paper-issued": "签发文书",
    "paper-ended": "文书失效",
    "proof-sheet-printed": "打印核查表",
    # completeness
    "nil-return-signed": "签报零报告",
    "sender-reminded": "催报",
    # sharing
    "share-proposed": "提出名单共享",
    "share-fetched": "取用共享名单",
    "share-received": "签收共享名单",
    # meetings of the departments
    "body-established": "建立协调机构",
    "body-changed": "修改协调机构",
    "seat-saved": "登记机构成员",
    "seat-ended": "机构成员离任",
    "meeting-planned": "安排例会",
    "meeting-arranged": "填写会议安排",
    "unit-invited": "增加参会单位",
    "notice-replied": "回复会议通知",
    "attendance-recorded": "登记到会情况",
    "agenda-proposed": "生成建议议题",
    "agenda-saved": "填写议题",
    "agenda-removed": "移除议题",
    "minutes-written": "起草会议纪要",
    "topic-saved": "填写纪要段落",
    "topic-removed": "移除纪要段落",
    "decision-written": "填写议定事项",
    "decision-removed": "移除议定事项",
    "wording-handled": "处理文字建议",
    "silence-agreed": "逾期未答复视为同意",
    "minutes-copied": "登记纪要抄送",
    "progress-reported": "填写议定事项进展",
    "decision-extended": "调整议定事项期限",
    # matching
    "pair-proposed": "提出两家可能是同一家",
    "cooperative-merged": "合并合作社",
    "merge-undone": "取消合并",
    "visit-received": "上报走访",
    "visit-changed": "修改走访",
    "visit-conflict": "走访版本冲突",
    "visit-settled": "处理走访冲突",
    "visit-addendum": "补充走访说明",
    "hint-replied": "说明走访提示",
    "promise-made": "登记整改事项",
    "field-key-made": "开通离线走访",
    "visits-refused": "拒收手机上的走访",
    # demonstration societies
    "criteria-drafted": "起草评定标准",
    "criteria-changed": "修改评定标准草稿",
    "criteria-released": "发布评定标准",
    "title-entered": "登记称号",
    "title-ended": "终止称号",
    "title-reinstated": "恢复称号",
    "round-created": "设立评定批次",
    "round-changed": "修改评定批次",
    "departments-chosen": "选定征求意见的部门",
    "reviewer-appointed": "聘请评审人",
    "reviewer-dismissed": "撤换评审人",
    "application-started": "开始申报",
    "application-written": "填写申报",
    "application-checked": "填写审核意见",
    "opinion-given": "答复征求意见",
    "objection-recorded": "登记公示异议",
    "objection-answered": "答复公示异议",
    "application-forwarded": "向上级推荐",
    "forwarding-answered": "登记上级答复",
    "interest-declared": "声明利害关系",
    "sheet-saved": "保存评分表",
    "sheet-submitted": "提交评分表",
    "score-changed": "更正得分",
    "spread-noted": "填写合议说明",
    "monitoring-opened": "开展监测",
    "case-opened": "监测立案",
    "rectification-checked": "核实整改",
    "plan-opened": "编制培育方案",
    "plan-changed": "修改培育方案",
    "plan-closed": "结束培育方案",
    "measure-saved": "填写培育措施",
    "measure-done": "完成培育措施",
    "list-entered": "列入名单",
    "list-left": "退出名单",
    "strength-saved": "填报服务与设施",
    "strength-verified": "核实服务与设施",
    "strength-withdrawn": "停止服务或设施",
    "standings-computed": "计算达标差距",
    "round-exported": "导出评定批次",
    "monitoring-exported": "导出监测汇总",
    "event-planned": "安排培训",
    "event-changed": "修改培训",
    "event-invited": "邀请参加培训",
    "event-signed": "登记到会",
    "event-closed": "培训办结或取消",
    "summary-drafted": "起草年度总结",
    "starting-plan-loaded": "载入起始工作表",
    "task-planned": "新增试点任务",
    "task-changed": "修改试点任务",
    "task-removed": "删除试点任务",
    "plan-moved": "任务改期并顺延",
    "dependency-added": "登记先后关系",
    "dependency-removed": "去掉先后关系",
    "task-progress": "填报任务进展",
    "evidence-linked": "添加佐证页面",
    "evidence-unlinked": "移除佐证页面",
}

DETAILS: dict[str, str] = {
    # sides
    "due_on": "期限",
    "address": "网络地址",
    "person": "人员",
    "known": "是否为已有用户",
    "changes": "改动",
    "flow": "流程",
    "before": "改动前",
    "after": "改动后",
    "village": "村（社区）",
    "unit": "机构",
    "broken": "第一处不符的序号",
    "bytes": "字节数",
    "last": "止",
    "first": "起",
    "fingerprint": "摘要",
    "rows": "行数",
    "files": "文件数",
    "file": "文件名",
    "checked": "已恢复核对",
    "seconds": "用时（秒）",
    "filename": "文件名",
    "word": "词语",
    "meaning": "意思",
    "state": "状态",
    "counts": "行数",
    "why": "原因",
    "twin": "相同的报送或合作社",
    "what": "事项",
    "decision": "决定",
    "delivery": "所属报送",
    "conditions": "条件",
    "form": "格式",
    "number": "数量",
    "columns": "列",
    "as_of": "计算基准日",
    "sha256": "文件摘要",
    "size": "字节数",
    "left_alone": "保留人工更正的合作社",
    "hits": "各规则疑似数量",
    "opened": "新增疑似",
    "refreshed": "更新疑似",
    "cleared": "解除疑似",
    # suspicions
    "assignee": "核实人",
    "due": "期限",
    "until": "暂缓至",
    "rule": "规则",
    "society": "合作社",
    "quarter": "季度",
    "thresholds": "阈值",
    "effective": "启用日期",
    "rule_version": "规则版本",
    "items": "序号",
    "route": "途径",
    "signer": "签署人",
    "outcome": "结果",
    # exports
    "whole": "含完整个人信息",
    # programs
    "token": "接口令牌",
    "holder": "使用人",
    "reach": "范围",
    "last_day": "有效期至",
    # attachments
    "purpose": "用途",
    # annual reports
    "confirmation": "确认方式",
    # rosters
    "year": "年度",
    # issued papers
    "kind": "种类",
    # demonstration societies
    "former": "前一版",
    "day": "日期",
    "document": "文号",
    "names": "名单",
    "level": "级别",
    "cause": "起因",
    # the work plan of the pilot
    "progress": "完成程度（%）",
    "units": "单位",
    "tasks": "任务",
    "label": "名称",
    "note": "说明",
    "title": "名称",
}

_values: dict[str, str] = {"True": "是", "False": "否", "None": "无"}


def learn(words: Any) -> None:
    """Take over the words of a set of choices, so that a stored state can be read."""
    _values.update({str(value): str(label) for value, label in words.choices if value})


def deed(action: str) -> str:
    """Return what a deed is called."""
    return DEEDS.get(action) or (Action(action).label if action in Action.values else action)


def detail_word(key: str) -> str:
    """Return what a noted detail is called."""
    return DETAILS.get(key, key)


def value_word(value: Any) -> str:
    """Return a stored value in words: a code's label, yes or no, or the text itself."""
    if isinstance(value, list):
        return "、".join(value_word(part) for part in value) or "无"
    if isinstance(value, dict):
        return "；".join(f"{value_word(key)} {value_word(part)}" for key, part in value.items())
    return _values.get(str(value), str(value))


def choices() -> list[tuple[str, str]]:
    """Return every deed that can stand in the trail, for a filter."""
    return sorted({**{a.value: a.label for a in Action}, **DEEDS}.items(), key=lambda pair: pair[1])
