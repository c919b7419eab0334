"""The description of the programming interface as a page of the portal: nothing from outside."""

from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action

KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
    "array": "列表",
    "object": "对象",
}
FORMATS = {"date": "日期", "date-time": "时间", "decimal": "金额（写成文字）", "uri": "地址"}


@require_safe
@requires(Action.VIEW_API)
def api_docs(request: SignedInRequest) -> HttpResponse:
    """Show every operation with its conditions and what it answers."""
    host = request.build_absolute_uri("/").rstrip("/")
    return render(request, "api/docs.html", {"operations": _operations(), "host": host})


@lru_cache(maxsize=1)
def _operations() -> list[dict[str, Any]]:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    described = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    parts = described.get("components", {}).get("schemas", {})
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "parameters": [_parameter(each) for each in operation.get("parameters", ())],
            "fields": _fields(_answered(operation), parts),
        }
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "words": parameter.get("description", ""),
        "kind": _kind(parameter.get("schema", {})),
        "in_path": parameter["in"] == "path",
    }


def _answered(operation: dict[str, Any]) -> dict[str, Any]:
    found = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
    schema: dict[str, Any] = found.get("schema", {})
    return schema


def _fields(schema: dict[str, Any], parts: dict[str, Any]) -> list[dict[str, str]]:
    """Return the fields of a row, looked for below the wrapping of a list."""
    while True:
        if "$ref" in schema:
            schema = parts[schema["$ref"].rsplit("/", 1)[-1]]
        elif "results" in schema.get("properties", {}):
            schema = schema["properties"]["results"]
        elif schema.get("type") == "array":
            schema = schema["items"]
        else:
            break
    return [
        {"name": name, "words": traits.get("title", ""), "kind": _kind(traits)}
        for name, traits in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    return FORMATS.get(schema.get("format", ""), "") or KINDS.get(schema.get("type", ""), "代码")
