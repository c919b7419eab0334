"""What the description of the interface says of every operation: how it may be refused."""

from typing import Any

REFUSALS = {
    "400": "请求写错了，fields_wrong 逐项说明",
    "401": "没有令牌也没有登录，或令牌已失效",
    "403": "没有这项权限，或令牌的范围不包括",
    "404": "不存在，或不在所能看到的范围内",
    "405": "这个地址不支持这种方法",
    "406": "只能回答 JSON",
    "409": "不符合办理条件，或已被办理",
    "412": "所依据的版本已被他人修改",
    "415": "请求的格式不能读取",
    "422": "内容不能接受，fields_wrong 逐项说明",
    "428": "没有在 If-Match 中写明所依据的版本",
    "429": "请求太频繁，Retry-After 写明要等的秒数",
}
# The web server answers by itself what it will not read; the portal does not hear of it.
_TOO_LONG = {
    "description": "地址太长（超过 4,094 个字节），请减少条件；由网页服务器直接回答，不是 JSON",
    "content": {"text/html": {"schema": {"type": "string"}}},
}
_READING = ("400", "401", "403", "405", "406", "429")
_CHANGING = (*_READING, "409", "415", "422")
_VERSIONED = ("412", "428")
_FAULT = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}


def describe_refusals(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Add the refusals that every operation may answer with, and the answer 304 to readers."""
    del generator, request, public
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            answers = operation["responses"]
            for status in _refusals(path, method, operation):
                answers.setdefault(status, {"description": REFUSALS[status], "content": _FAULT})
            answers.setdefault("414", _TOO_LONG)
            if method == "get" and "{" in path:
                answers.setdefault("304", {"description": "没有变化"})
    return result


def _refusals(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    found = [*(_READING if method == "get" else _CHANGING)]
    if "{" in path or method == "post":
        found.append("404")
    if any(each["name"] == "If-Match" for each in operation.get("parameters", ())):
        found += _VERSIONED
    return found
