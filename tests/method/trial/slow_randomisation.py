"""The randomisation once more, written from ``docs/methods/trial-randomisation.md`` alone and in no hurry.

Nothing of Fotfeste is imported here: the plan is read by ``tomllib``, the numbers are made of bytes one by one.
"""

import csv
import hashlib
import hmac
import io
import tomllib
from math import gcd, lcm

VERSION = b"fotfeste-randomisation-1"


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


class Stream:
    def __init__(self, seed: bytes, plan: bytes, label: str) -> None:
        self.seed, self.start = seed, VERSION + b"\x00" + hashlib.sha256(plan).digest() + label.encode() + b"\x00"
        self.taken = 0

    def word(self) -> int:
        block, place = divmod(self.taken, 4)
        self.taken += 1
        digest = hmac_sha256(self.seed, self.start + bytes((block >> shift) & 255 for shift in range(56, -1, -8)))
        value = 0
        for byte in digest[8 * place : 8 * place + 8]:
            value = 256 * value + byte
        return value

    def below(self, n: int) -> int:
        while True:
            word = self.word()
            if word < 2**64 - (2**64 % n):
                return word % n

    def pick(self, tickets: list[int]) -> int:
        drawn = self.below(sum(tickets))
        held = [place for place, count in enumerate(tickets) for _ in range(count)]
        return held[drawn]


class Trial:
    def __init__(self, plan: bytes, seed: bytes) -> None:
        self.plan, self.seed = plan, seed
        told = tomllib.loads(plan.decode())
        self.scheme = told["randomisation"]
        self.arms = [arm["id"] for arm in told["arm"]]
        divisor = gcd(*(arm["share"] for arm in told["arm"]))
        self.shares = [arm["share"] // divisor for arm in told["arm"]]
        self.by = self.scheme.get("by", [])
        self.streams: dict[str, Stream] = {}
        self.blocks: dict[str, list[int]] = {}
        self.before: list[tuple[dict[str, str], int]] = []

    def stream(self, label: str) -> Stream:
        if label not in self.streams:
            self.streams[label] = Stream(self.seed, self.plan, label)
        return self.streams[label]

    def commitment(self) -> str:
        line = self.scheme["scheme"] + " " + ",".join(f"{a}:{s}" for a, s in zip(self.arms, self.shares, strict=True))
        if "block_sizes" in self.scheme:
            line += " sizes=" + ",".join(str(size) for size in self.scheme["block_sizes"])
        if self.by:
            line += " by=" + ",".join(self.by)
        if "p" in self.scheme:
            line += f" p={self.scheme['p']:.3f}"
        lines = [VERSION.decode(), hashlib.sha256(self.plan).hexdigest(), line, self.seed.hex()]
        return hashlib.sha256("".join(one + "\n" for one in lines).encode()).hexdigest()

    def next(self, person: dict[str, str]) -> str:
        return self.arms[getattr(self, self.scheme["scheme"])(person)]

    def simple(self, person: dict[str, str]) -> int:
        return self.stream("simple").pick(self.shares)

    def permuted_blocks(self, person: dict[str, str]) -> int:
        label = "block"
        for column in self.by:
            label += ";" + column + "=" + person[column]
        if not self.blocks.get(label):
            stream, sizes = self.stream(label), self.scheme["block_sizes"]
            size = sizes[stream.below(len(sizes))]
            block: list[int] = []
            for arm, share in enumerate(self.shares):
                block += [arm] * (share * size // sum(self.shares))
            for i in range(size - 1, 0, -1):
                j = stream.below(i + 1)
                block[i], block[j] = block[j], block[i]
            self.blocks[label] = block
        return self.blocks[label].pop(0)

    def minimisation(self, person: dict[str, str]) -> int:
        sums = []
        for supposed in range(len(self.arms)):
            total = 0
            for column in self.by:
                counts = [0] * len(self.arms)
                for other, arm in [*self.before, (person, supposed)]:
                    counts[arm] += other[column] == person[column]
                weighted = [c * lcm(*self.shares) // s for c, s in zip(counts, self.shares, strict=True)]
                total += max(weighted) - min(weighted)
            sums.append(total)
        stream = self.stream("minimisation")
        best = stream.pick([share * (one == min(sums)) for share, one in zip(self.shares, sums, strict=True)])
        tickets = [share * (1000 - round(1000 * self.scheme["p"])) for share in self.shares]
        tickets[best] = 1000 * (sum(self.shares) - min(self.shares)) - (sum(tickets) - tickets[best])
        arm = stream.pick(tickets)
        self.before.append((person, arm))
        return arm


def first_departure(plan: bytes, seed: bytes, log: str) -> int | None:
    """The number of the first row of a log that does not follow, from 1."""
    trial = Trial(plan, seed)
    chain = trial.commitment()
    for number, row in enumerate(csv.DictReader(io.StringIO(log)), start=1):
        said = row.pop("chain")
        cells = [f"{VERSION.decode()}-chain", chain, *row.values()]
        chain = hmac_sha256(seed, "\x00".join(cells).encode()).hex()
        if row["arm"] != trial.next(row) or said != chain or row["number"] != str(number):
            return number
    return None
