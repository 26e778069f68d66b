"""The difference of two views as a JSON merge patch (RFC 7396): maps merge, null removes, everything else replaces."""

from collections.abc import Mapping
from typing import Any

View = dict[str, Any]


def merge_patch(old: Mapping[str, Any], new: Mapping[str, Any]) -> View:
    """The smallest patch that turns `old` into `new`; {} if they are equal. Neither may contain nulls."""
    patch: View = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            patch[key] = value
        elif isinstance(value, Mapping) and isinstance(old[key], Mapping):
            if inner := merge_patch(old[key], value):
                patch[key] = inner
        elif old[key] != value:
            patch[key] = value
    return patch


def apply_patch(old: Mapping[str, Any], patch: Mapping[str, Any]) -> View:
    """What a page does with a patch; the page's own code is held against this one."""
    result = dict(old)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            inner = result.get(key)
            result[key] = apply_patch(inner if isinstance(inner, Mapping) else {}, value)
        else:
            result[key] = value
    return result
