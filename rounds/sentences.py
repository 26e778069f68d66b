"""Says in plain English what pydantic found wrong with a value."""

from collections.abc import Sequence
from difflib import get_close_matches

from pydantic_core import ErrorDetails

_MUST_BE = {
    "string_type": "must be words",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be a map, such as {ru: ..., en: ...}",
    "model_type": "must have fields of its own, each as `name: value`",
}


def sentence(error: ErrorDetails, known: Sequence[str]) -> str:
    """What to mend, going on from the field's name; `known` are the fields that may stand in its place."""
    told, given = error.get("ctx", {}), error["input"]
    match error["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return _unknown(str(error["loc"][-1]), known)
        case "no_tolerance":
            return error["msg"]  # what is given is nothing here too, but by leaving it out
        case _ if given is None:
            return "is empty" + ("; # starts a comment, so put colours in quotes" if "theme" in error["loc"] else "")
        case "too_long" | "string_too_long":
            return f"has a length of {len(given)}; at most {told['max_length']} fit"
        case "too_short" | "string_too_short":
            return "is empty"
        case "greater_than_equal":
            return f"is {given}; at least {told['ge']} is needed"
        case "less_than_equal":
            return f"is {given}; at most {told['le']} is allowed"
        case "string_pattern_mismatch":
            return f"is {given!r}, which does not look like {told['pattern']}"
        case "literal_error" | "enum":
            return f"is {given!r}; it must be {told['expected']}"
    return _MUST_BE.get(error["type"], error["msg"])


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, 1, 0.5)
    return f"is no field here; did you mean {near[0]!r}?" if near else f"is no field here; there are {', '.join(known)}"
