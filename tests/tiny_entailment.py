"""A cross-encoder so small that a test makes it: a random one for what needs no sense, or one that has learned a few pairs by heart."""

import re
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast
from transformers.utils import logging

LABELS = ("CONTRADICTION", "ENTAILMENT", "NEUTRAL")
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".")


def make(folder: Path, learned: Sequence[tuple[str, str, str]] = (), labels: Sequence[str] = LABELS) -> Path:
    """Save a model with these labels that has learned pairs of premise and hypothesis, each with its label."""
    logging.disable_progress_bar()
    folder.mkdir(parents=True)
    words = sorted({word for premise, hypothesis, _ in learned for word in re.findall(r"\w+", f"{premise} {hypothesis}".lower())})
    (folder / "vocab.txt").write_text("\n".join([*_SPECIAL, *words]), encoding="utf-8")
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"))
    torch.manual_seed(7)
    names = dict(enumerate(labels))
    config = BertConfig(
        vocab_size=len(_SPECIAL) + len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        id2label=names,
        label2id={label: number for number, label in names.items()},
    )
    model = BertForSequenceClassification(config)
    if learned:
        read = tokenizer([each[0] for each in learned], [each[1] for each in learned], padding=True, return_tensors="pt")
        right = torch.tensor([labels.index(label) for *_, label in learned])
        optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
        for _ in range(300):
            optimiser.zero_grad()
            loss = model(**read, labels=right).loss
            loss.backward()
            optimiser.step()
            if loss < 0.05:
                break
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
