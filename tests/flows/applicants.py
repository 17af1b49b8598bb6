"""Short ways through a dialog, for tests of what comes before, between and after."""

from __future__ import annotations

from tests.flows.conftest import People

FEE = ("/apply 费用减缴", "[专利费用减缴备案]", "事业单位", "[同意并开始]", "苏州知微研究所", "跳过", "2026", "13812345678")
"""Up to the question for the certificate, the last one."""


class Somebody:
    """Says lines in a private chat of their own."""

    def __init__(self, people: People, name: str) -> None:
        self._people, self.name = people, name

    async def say(self, *lines: str) -> str:
        """What the last line is answered."""
        heard: list[str] = []
        for line in lines:
            heard = await self._people.talk.say_in_group(self.name, await self._people.filled_in(line), reply=False)
        return "\n".join(heard)

    async def hand_in(self) -> None:
        assert "受理编号" in await self.say(*FEE, "[交纸质材料]", "[提交]")
