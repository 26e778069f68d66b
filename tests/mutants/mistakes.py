"""What somebody could have written instead of one node of the syntax: a slip of the hand or of the mind.

Sentences for people (strings with a space in them) are left alone.
"""

import ast
from collections.abc import Iterator

SWAPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
TWINS = {"min": "max", "max": "min", "any": "all", "all": "any"}


def mistakes(node: ast.AST, in_function: bool) -> Iterator[ast.AST]:
    """Every node that could stand there instead."""
    yield from _of_statement(node, in_function)
    yield from _of_expression(node)
    if isinstance(node, ast.Call):
        yield from _of_call(node)


def _of_statement(node: ast.AST, in_function: bool) -> Iterator[ast.AST]:
    none = ast.Constant(None)
    match node:
        case ast.Expr(ast.Call()) | ast.Raise() | ast.Delete():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()
        case ast.AugAssign(target, _, value):
            yield ast.Assign([target], value, lineno=node.lineno)
            yield ast.Pass()
        case ast.Assign(targets) if in_function:
            yield ast.Assign(targets, none, lineno=node.lineno)
        case ast.AnnAssign(ast.Name() as target, kind, ast.expr(), simple) if in_function:
            yield ast.AnnAssign(target, kind, none, simple)
        case ast.Return(ast.expr()):
            yield ast.Return(none)
        case ast.If(_, body, other):
            yield from (ast.If(ast.Constant(always), body, other) for always in (True, False))
        case ast.While(_, body, other):
            yield ast.While(ast.Constant(False), body, other)
        case ast.For(target, _, body, other):
            yield ast.For(target, ast.Tuple([]), body, other, lineno=node.lineno)
        case ast.Match(subject, cases) if len(cases) > 1:
            yield from (ast.Match(subject, [*cases[:at], *cases[at + 1 :]]) for at in range(len(cases)))


def _of_expression(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.cmpop() | ast.boolop() | ast.operator():
            yield from (other() for other in SWAPS.get(type(node), ()))
        case ast.BoolOp(op, values):
            for at in range(len(values)):
                rest = [*values[:at], *values[at + 1 :]]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(_, operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield from (ast.Constant(value + by) for by in (1, -1))
        case ast.Constant(str(value)) if " " not in value.strip(" "):
            yield ast.Constant(value + "!")
        case ast.IfExp(_, body, other):
            yield from (body, other)
        case ast.Yield(ast.expr()):
            yield ast.Yield(ast.Constant(None))
        case ast.Lambda(arguments):
            yield ast.Lambda(arguments, ast.Constant(None))
        case ast.comprehension(target, source, ifs, is_async):
            for at in range(len(ifs)):
                yield ast.comprehension(target, source, [*ifs[:at], *ifs[at + 1 :]], is_async)
        case ast.match_case(pattern, ast.expr(), body):
            yield ast.match_case(pattern, None, body)
        case ast.Slice(lower, upper, step):
            yield from (ast.Slice(None, upper, step), ast.Slice(lower, None, step))


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    """Another function, the argument as it came, or an argument left out."""
    match node:
        case ast.Call(ast.Name(name), arguments, keywords) if name in TWINS:
            yield ast.Call(ast.Name(TWINS[name]), arguments, keywords)
        case ast.Call(ast.Name("sorted"), [argument, *_]) | ast.Call(ast.Name(), [argument], []):
            if not isinstance(argument, ast.GeneratorExp | ast.Starred):
                yield argument
        case ast.Call(ast.Attribute(value), [], []):
            yield value
    for at in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, [*node.keywords[:at], *node.keywords[at + 1 :]])
