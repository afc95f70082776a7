"""`jianggao mcp` in the hands of the official client: `tools.py PROGRAM`."""

import asyncio
import os
import sys
import time

import jsonschema
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

DRAFT = "同志们：\n我们要抓好落实。一要学，一要做，三要干。\n"


def given(result, name: str):
    """A field, whichever way this version of the client spells it."""
    return result.model_dump(by_alias=True).get(name)


async def main() -> None:
    program = StdioServerParameters(command=sys.argv[1], args=["mcp"], env=dict(os.environ))
    async with stdio_client(program) as streams, ClientSession(*streams) as session:
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert sorted(tools) == ["check", "explain", "fix", "outline"], tools
        for tool in tools.values():
            assert given(tool, "annotations")["readOnlyHint"] is True, tool
            assert given(tool, "outputSchema")["type"] == "object", tool

        async def ask(name: str, **arguments):
            result = await session.call_tool(name, arguments)
            assert not given(result, "isError"), result
            answer = given(result, "structuredContent")
            jsonschema.validate(answer, given(tools[name], "outputSchema"))
            return answer

        async def refused(name: str, **arguments) -> str:
            try:
                result = await session.call_tool(name, arguments)
            except Exception as error:  # The protocol's own error: an argument of another kind.
                return str(error)
            assert given(result, "isError"), result
            return result.content[0].text

        (found,) = (await ask("check", text=DRAFT))["diagnostics"]
        (edit,) = found["fix"]["edits"]
        assert edit["range"]["start"]["line"] == 1 and edit["newText"], found
        fixed = await ask("fix", text=DRAFT)
        line, at = DRAFT.splitlines()[1], fixed["edits"][0]["range"]
        repaired = line[: at["start"]["character"]] + fixed["edits"][0]["newText"] + line[at["end"]["character"] :]
        assert fixed["text"] == f"同志们：\n{repaired}\n"
        assert (await ask("check", text=fixed["text"]))["diagnostics"] == []
        sections = await ask("outline", text="同志们：\n一、学\n要学。\n二、做\n要做。\n")
        assert [symbol["ordinal"] for symbol in sections["symbols"]] == [1, 2], sections
        assert (await ask("explain", rule=found["code"]))["code"] == found["code"]

        assert "numbering-gap" in await refused("explain", rule="numbring-gap")
        for wrong in ({}, {"text": DRAFT, "path": "讲话.txt"}, {"path": "没有.txt"}, {"text": "All is well."}, {"text": 1}):
            assert await refused("check", **wrong), wrong
        began, asked = time.monotonic(), 100
        for _ in range(asked):
            await ask("check", text=DRAFT)
        took = (time.monotonic() - began) / asked * 1000
    print(f"mcp: {len(tools)} tools, each answer valid by its schema; {took:.1f} ms an answer")


if __name__ == "__main__":
    asyncio.run(main())
