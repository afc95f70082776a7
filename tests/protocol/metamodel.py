"""Whether a message is one of the Language Server Protocol's, by the types of the `lsprotocol` package.

They are made from the official metaModel. The package's own reading is lenient: it passes over what it
does not know. Here each property must be known, each that is required must be there, and null may only
stand where the protocol says so.
"""

import collections.abc
import enum
import functools
import re
import types
import typing

import attrs
from lsprotocol import converters
from lsprotocol import types as lsp

# Also resolves the names of types inside types.
CONVERTER = converters.get_converter()


def problems(message, methods):
    """What is wrong with a whole message; `methods` gives the method of each request by its id."""
    if not isinstance(message, dict):
        return ["no object"]
    if "error" in message:
        expected = lsp.ResponseErrorMessage
    elif "method" in message:
        if message["method"] not in lsp.METHOD_TO_TYPES:
            return [f"the protocol has no {message['method']}"]
        expected = lsp.METHOD_TO_TYPES[message["method"]][0]
    elif message.get("id") in methods:
        expected = lsp.METHOD_TO_TYPES[methods[message["id"]]][1]
    else:
        return [f"an answer to no request: {message.get('id')!r}"]
    found = check(message, expected, expected.__name__)
    if not found:
        try:
            CONVERTER.structure(message, expected)
        except Exception as error:  # Whatever the package refuses is a problem.
            found = [f"{expected.__name__}: lsprotocol: {error}"]
    return found


def check(value, expected, path):
    """What keeps `value` from being of the type `expected`: a list of remarks, each with its path."""
    if expected in (typing.Any, object):
        return []
    origin = typing.get_origin(expected)
    if origin in (typing.Union, types.UnionType):
        return of_one(value, typing.get_args(expected), path)
    if origin is typing.Literal:
        return [] if value in typing.get_args(expected) else [f"{path}: {value!r} is not {expected}"]
    if origin is tuple:
        kinds = typing.get_args(expected)
        if not isinstance(value, list) or len(value) != len(kinds):
            return [f"{path}: no list of {len(kinds)}"]
        return [p for n, kind in enumerate(kinds) for p in check(value[n], kind, f"{path}[{n}]")]
    if origin in (list, collections.abc.Sequence):
        if not isinstance(value, list):
            return [f"{path}: {shown(value)} is no list"]
        (kind,) = typing.get_args(expected)
        return [p for n, item in enumerate(value) for p in check(item, kind, f"{path}[{n}]")]
    if origin in (dict, collections.abc.Mapping):
        if not isinstance(value, dict):
            return [f"{path}: {shown(value)} is no object"]
        _, kind = typing.get_args(expected)
        return [p for key, item in value.items() for p in check(item, kind, f"{path}.{key}")]
    if expected is type(None):
        return [] if value is None else [f"{path}: {shown(value)} is not null"]
    if attrs.has(expected):
        return of_class(value, expected, path)
    if issubclass(expected, enum.Enum):
        same = [member for member in expected if member.value == value and type(value) in (int, str)]
        return [] if same else [f"{path}: {shown(value)} is no {expected.__name__}"]
    allowed = {int: (int,), float: (int, float), str: (str,), bool: (bool,)}[expected]
    return [] if type(value) in allowed else [f"{path}: {shown(value)} is no {expected.__name__}"]


def of_one(value, kinds, path):
    """`value` must be of one of `kinds`; else the remarks of the kind that comes nearest."""
    nearest = None
    for kind in kinds:
        found = check(value, kind, path)
        if not found:
            return []
        # One that is wrong deeper down is nearer.
        depth = max(len(re.findall(r"[.[]", remark.split(":", 1)[0])) for remark in found)
        if nearest is None or (-depth, len(found)) < nearest[0]:
            nearest = ((-depth, len(found)), found)
    return nearest[1]


def of_class(value, cls, path):
    if not isinstance(value, dict):
        return [f"{path}: {shown(value)} is no {cls.__name__}"]
    known = properties(cls)
    found = [f"{path}: {cls.__name__} has no {name!r}" for name in value if name not in known]
    for name, (field, is_special) in known.items():
        here = f"{path}.{name}"
        if name not in value:
            if is_special or field.default is attrs.NOTHING:
                found.append(f"{path}: {cls.__name__} lacks {name!r}")
            continue
        item = value[name]
        kinds = typing.get_args(field.type) if typing.get_origin(field.type) is typing.Union else (field.type,)
        # That a property may be left out is written in the same way as that it may be null.
        # JSON-RPC: the error of a message whose id could not be read has none.
        may_be_null = is_special or (cls, name) == (lsp.ResponseErrorMessage, "id")
        if item is None and not may_be_null and field.default is None and typing.Any not in kinds:
            found.append(f"{here}: null, and not left out")
            continue
        wrong = check(item, field.type, here)
        if not wrong and field.validator is not None:
            try:
                field.validator(None, field, item)
            except (TypeError, ValueError) as error:
                wrong = [f"{here}: {error.args[0]}"]
        found += wrong
    return found


@functools.cache
def properties(cls):
    """The properties of a class by their names in JSON: the field, and whether it is always there."""
    return {json_name(field.name): (field, lsp.is_special_property(cls, field.name)) for field in attrs.fields(cls)}


def json_name(name):
    return re.sub("_([a-z])", lambda m: m.group(1).upper(), name.rstrip("_"))


def shown(value):
    text = repr(value)
    return text if len(text) < 80 else f"{text[:80]}…"
