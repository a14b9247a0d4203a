"""Fine-tune the small transformer that reads whether a sentence blames, and write it as ONNX with eight-bit weights.

usage: python meaning.py TRAINING_DIR ENCODER_DIR OUT_DIR [--epochs N] [--runs N] [--begin FILE] [--only PART …]

ENCODER_DIR holds all-MiniLM-L6-v2 (`model.safetensors`, `config.json`, `vocab.txt`). Of its words those are kept that an
English text has use for; whatever else is written is cut into smaller pieces. The transformer is asked two things at
once: which sort of blame a sentence is, if any, and which of its words are the clause at fault.
"""

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from examples import SEED, Unit, read, units  # type: ignore[import-not-found] # beside this file
from lighten import lighten  # type: ignore[import-not-found]
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece
from torch import nn
from transformers import BertConfig, BertModel

from pmlint.language.meaning import KINDS, LENGTH, opening

KEPT = 16_000
"""Of the encoder's words, which stand in order of frequency, the first so many; single letters and pieces beside."""


def vocabulary(file: Path) -> tuple[dict[str, int], list[int]]:
    """The words that are kept with their new numbers, and the old number of each."""
    words = file.read_text(encoding="utf-8").splitlines()
    special = {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
    chosen = [
        number
        for number, word in enumerate(words)
        if word in special
        or (
            not word.startswith("[")
            and re.fullmatch(r"(?:##)?[\x21-\x7eà-ÿ–—‘’“”…€£·°×→]+", word)
            and (number < KEPT or word.startswith("##") or len(word) == 1)
        )
    ]
    return {words[old]: new for new, old in enumerate(chosen)}, chosen


def tokenizer(known: dict[str, int]) -> Tokenizer:
    made = Tokenizer(WordPiece(known, unk_token="[UNK]", max_input_chars_per_word=40))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", known["[CLS]"]), ("[SEP]", known["[SEP]"])],
    )
    made.enable_truncation(LENGTH, strategy="only_second")
    made.enable_padding(pad_id=known["[PAD]"], pad_token="[PAD]")
    return made


_RATE, _GOING_ON = 1.2e-4, 8e-5
"""How fast it learns at most: from the encoder, and from where earlier runs have ended."""


class Reader(nn.Module):
    """The encoder with two questions on top of it."""

    def __init__(self, encoder: BertModel, width: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.sort = nn.Linear(2 * width, len(KINDS))
        self.part = nn.Linear(width, 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, side: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=side).last_hidden_state
        own = (mask * side).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1)
        both = torch.cat([hidden[:, 0], mean], dim=-1)
        return self.sort(self.drop(both)), self.part(hidden).squeeze(-1)


def build(folder: Path, layers: int) -> tuple[Reader, Tokenizer]:
    """The encoder with the words that are kept and its first layers."""
    config = BertConfig.from_json_file(str(folder / "config.json"))
    known, chosen = vocabulary(folder / "vocab.txt")
    whole = BertModel.from_pretrained(str(folder), add_pooling_layer=False)
    config.vocab_size = len(known)
    encoder = BertModel(config, add_pooling_layer=False)
    state = whole.state_dict()
    state["embeddings.word_embeddings.weight"] = state["embeddings.word_embeddings.weight"][chosen]
    encoder.load_state_dict(state)
    if layers < config.num_hidden_layers:
        encoder.encoder.layer = encoder.encoder.layer[:layers]
        encoder.config.num_hidden_layers = layers
    return Reader(encoder, config.hidden_size), tokenizer(known)


def batches(found: list[Unit], size: int, chance: random.Random) -> Iterator[list[Unit]]:
    """Sentences of like length together, in an order of chance."""
    order = sorted(range(len(found)), key=lambda at: len(found[at].text) + chance.uniform(0, 30))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(groups)
    for group in groups:
        yield [found[at] for at in group]


def encode(cut: Tokenizer, group: list[Unit], chance: random.Random | None) -> tuple[torch.Tensor, ...]:
    """A batch as numbers; in training some sections and final stops are left out, so that nothing rests on them."""
    pairs = []
    for unit in group:
        section = unit.section
        if chance and chance.random() < 0.12:
            section = ""
        text = unit.text
        if chance and chance.random() < 0.15 and text.endswith("."):
            text = text[:-1]
        pairs.append((opening(section), text))
    done = cut.encode_batch(pairs)
    ids = torch.tensor([each.ids for each in done])
    mask = torch.tensor([each.attention_mask for each in done])
    side = torch.tensor([each.type_ids for each in done])
    inside = torch.full(ids.shape, -1.0)
    for at, (unit, each) in enumerate(zip(group, done, strict=True)):
        if unit.kind and unit.target is None:
            continue
        for place, (offset, type_id) in enumerate(zip(each.offsets, each.type_ids, strict=True)):
            if type_id == 1 and offset[1] > offset[0]:
                held = unit.target is not None and offset[0] < unit.target[1] and offset[1] > unit.target[0]
                inside[at, place] = float(held)
    return ids, mask, side, torch.tensor([unit.kind for unit in group]), inside


def train(model: Reader, cut: Tokenizer, found: list[Unit], epochs: int, seed: int, top: float) -> None:
    chance = random.Random(seed)
    torch.manual_seed(seed)
    size = 64
    steps = epochs * ((len(found) + size - 1) // size)
    decayed = [p for name, p in model.named_parameters() if p.dim() > 1]
    plain = [p for name, p in model.named_parameters() if p.dim() <= 1]
    rate = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}], lr=top
    )
    plan = torch.optim.lr_scheduler.LambdaLR(
        rate, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    )
    sort = nn.CrossEntropyLoss(label_smoothing=0.05)
    part = nn.BCEWithLogitsLoss(reduction="none")
    model.train()
    step = 0
    for epoch in range(epochs):
        total = 0.0
        for group in batches(found, size, chance):
            ids, mask, side, kind, inside = encode(cut, group, chance)
            with torch.autocast("cpu", dtype=torch.bfloat16):  # several times as fast where the processor has it
                logits, tags = model(ids, mask, side)
            logits, tags = logits.float(), tags.float()
            marked = (inside >= 0).float()
            loss = sort(logits, kind)
            loss = loss + 0.5 * (part(tags, inside.clamp(min=0)) * marked).sum() / marked.sum().clamp(min=1)
            rate.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            rate.step()
            plan.step()
            step += 1
            total += float(loss.detach())
            if step % 50 == 0:
                print(f"epoch {epoch} step {step}/{steps} loss {total / 50:.3f}", flush=True)
                total = 0.0


def averaged(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """The mean of the weights of several runs that began at one place: steadier than any of them."""
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0).to(first.dtype)
        for name, first in states[0].items()
    }


class Asked(nn.Module):
    """What is written to the file: probabilities, so that whoever asks needs no arithmetic."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, side: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        logits, tags = self.model(ids, mask, side)
        return torch.softmax(logits, -1), torch.sigmoid(tags)


def export(model: Reader, cut: Tokenizer, out: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    cut.save(str(out / "words.json"), pretty=False)
    ids = torch.ones((2, 16), dtype=torch.long)
    whole = out / "whole.onnx"
    torch.onnx.export(
        Asked(model),
        (ids, ids, ids),
        str(whole),
        input_names=["ids", "mask", "side"],
        output_names=["sorts", "parts"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in ("ids", "mask", "side", "parts")}
        | {"sorts": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    ready = out / "ready.onnx"
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    quantized = out / "quantized.onnx"
    quantize_dynamic(str(ready), str(quantized), weight_type=QuantType.QInt8, per_channel=True)
    lighten(quantized, out)
    for step in (whole, ready, quantized):
        step.unlink()


def main() -> None:
    ask = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    ask.add_argument("training", type=Path)
    ask.add_argument("encoder", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--epochs", type=int, default=4)
    ask.add_argument("--layers", type=int, default=6)
    ask.add_argument("--runs", type=int, default=5, help="trained so often, each in an order of its own, and averaged")
    ask.add_argument("--begin", type=Path, help="weights of earlier runs to go on from; they count in the mean")
    ask.add_argument("--only", nargs="*", default=[], help="files of sentences by name, where not all are wanted")
    said = ask.parse_args()
    random.seed(SEED)
    np.random.seed(SEED)
    found = list(units(read(said.training, said.only)))
    print(f"{len(found)} sentences, {sum(unit.kind > 0 for unit in found)} guilty", flush=True)
    begin = torch.load(said.begin) if said.begin else None
    states = [begin] if begin else []
    for run in range(said.runs):
        torch.manual_seed(SEED)  # each run begins with the same answers
        model, cut = build(said.encoder, said.layers)
        if begin:
            model.load_state_dict(begin)
        train(model, cut, found, said.epochs, SEED + run, _GOING_ON if begin else _RATE)
        states.append(model.state_dict())
        torch.save(states[-1], said.out.with_suffix(f".{run}.pt"))
    mean = averaged(states)
    torch.save(mean, said.out.with_suffix(".pt"))
    model.load_state_dict(mean)
    export(model, cut, said.out)


if __name__ == "__main__":
    main()
