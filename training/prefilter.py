"""Train the prefilter, which decides from the words of a sentence alone whether the transformer is worth asking.

usage: python prefilter.py TRAINING_DIR READER_DIR OUT_FILE

A small convolution over hashed words, taught by the transformer in READER_DIR: it learns what that would say of every
sentence of the training data, and of those cut and joined anew. OUT_FILE gets its weights in eight bits.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from examples import SEED, Unit, read, units  # type: ignore[import-not-found] # beside this file
from torch import nn

from pmlint.language import meaning
from pmlint.language.prefilter import BUCKETS, SECTIONS, WIDTH, words_of

SIZE, FILTERS = 32, 64
EPOCHS = 14


class Prefilter(nn.Module):
    """Words to vectors, windows of words to signs, the strongest of each sign to one answer."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(BUCKETS, SIZE, padding_idx=0)
        self.windows = nn.Linear(WIDTH * SIZE, FILTERS)
        self.sections = nn.Embedding(len(SECTIONS), FILTERS)
        self.answer = nn.Linear(FILTERS, 1)
        nn.init.normal_(self.words.weight, std=0.3)
        nn.init.zeros_(self.sections.weight)

    def forward(self, ids: torch.Tensor, lengths: torch.Tensor, section: torch.Tensor) -> torch.Tensor:
        found = self.words(ids)
        windows = found.unfold(1, WIDTH, 1).transpose(2, 3).flatten(2)
        signs = torch.relu(self.windows(nn.functional.dropout(windows, 0.2, self.training)))
        signs = signs * (torch.arange(signs.shape[1]) < lengths[:, None]).unsqueeze(-1)
        strongest = signs.max(1).values + self.sections(section)
        return self.answer(nn.functional.dropout(strongest, 0.2, self.training)).squeeze(-1)


def padded(group: list[list[int]]) -> torch.Tensor:
    longest = max(1, *(len(each) for each in group))
    return torch.tensor([[0] * 2 + each + [0] * (longest - len(each) + 2) for each in group])


def cut_anew(found: list[Unit], chance: random.Random) -> list[tuple[str, str]]:
    """Sentences with other endings and in other sections, so that the teacher is asked about more than what was written."""
    made = []
    for unit in found:
        text = unit.text.split()
        if len(text) > 10:
            at = chance.randrange(4, len(text) - 3)
            made.append((unit.section, " ".join(text[:at] if chance.random() < 0.5 else text[at:])))
        other = chance.choice(found)
        if chance.random() < 0.5:
            made.append((unit.section, f"{unit.text} {other.text}"))
        else:
            made.append((other.section, unit.text))
    return made


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("training", type=Path)
    ask.add_argument("reader", type=Path)
    ask.add_argument("out", type=Path)
    said = ask.parse_args()
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    found = list(units(read(said.training, [])))
    asked = [(unit.section, unit.text) for unit in found] + cut_anew(found, chance)
    taught = [each.blame for each in meaning.read_all(asked, said.reader)]
    labels = [max(value, float(unit.kind > 0)) for value, unit in zip(taught, found, strict=False)] + taught[
        len(found) :
    ]
    rows = [words_of(text) for _, text in asked]
    places = [SECTIONS.index(section) if section in SECTIONS else 0 for section, _ in asked]
    model = Prefilter()
    rate = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1e-2)
    plan = torch.optim.lr_scheduler.OneCycleLR(rate, 3e-3, total_steps=EPOCHS * (len(rows) // 128 + 1))
    for epoch in range(EPOCHS):
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]) + chance.uniform(0, 8))
        groups = [order[at : at + 128] for at in range(0, len(order), 128)]
        chance.shuffle(groups)
        total = 0.0
        for group in groups:
            lengths = torch.tensor([max(len(rows[at]), 1) for at in group])
            answer = model(padded([rows[at] for at in group]), lengths, torch.tensor([places[at] for at in group]))
            wanted = torch.tensor([labels[at] for at in group])
            loss = nn.functional.binary_cross_entropy_with_logits(answer, wanted, pos_weight=torch.tensor(3.0))
            rate.zero_grad()
            loss.backward()
            rate.step()
            plan.step()
            total += float(loss.detach())
        print(f"epoch {epoch} loss {total / len(groups):.3f}", flush=True)
    save(model.eval(), said.out)


def save(model: Prefilter, out: Path) -> None:
    words = model.words.weight.detach().numpy()
    unit = np.abs(words).max() / 127
    found = {
        "words": np.round(words / unit).astype(np.int8),
        "unit": np.float32(unit),
        "windows": model.windows.weight.detach().numpy().astype(np.float16),
        "lean": model.windows.bias.detach().numpy(),
        "sections": model.sections.weight.detach().numpy().astype(np.float16),
        "answer": model.answer.weight.detach().numpy()[0],
        "bias": model.answer.bias.detach().numpy(),
    }
    store(found, out)


def store(found: dict[str, np.ndarray], out: Path) -> None:
    """Write all as one record, which is read several times as fast as an archive of them."""
    kind = [(name, value.dtype, value.shape) for name, value in found.items()]
    np.save(out, np.array(tuple(found.values()), dtype=kind), allow_pickle=False)


if __name__ == "__main__":
    main()
