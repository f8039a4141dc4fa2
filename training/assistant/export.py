"""Writes a trained planner as transformers.js loads a T5: int8 ONNX graphs, tokenizer, configuration and a manifest.

    python -m training.assistant.export RUN/last.pt models/assistant
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import T5ForConditionalGeneration

from training.assistant.model_config import END, PAD, SPECIAL, T5, Words
from training.assistant.planner_model import PlannerModel
from training.assistant.synonyms import SYNONYMS

# Plans less likely than this are not carried out; see CARD.md.
MINIMUM_PROBABILITY = 0.2


class Encoder(nn.Module):
    def __init__(self, model: PlannerModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.model.encode(input_ids, attention_mask)


class Decoder(nn.Module):
    """T5's decoder with a cache of its self-attention, as transformers.js feeds it: an empty cache at the first word, one word a
    step. Keys and values of the (short) question are computed anew at every step instead of cached."""

    LONGEST_PLAN = 96

    def __init__(self, model: T5ForConditionalGeneration) -> None:
        super().__init__()
        config = model.config
        self.heads, self.width, self.scale = config.num_heads, config.d_kv, config.d_model**-0.5
        self.embedding, self.blocks, self.norm, self.head = model.shared, model.decoder.block, model.decoder.final_layer_norm, model.lm_head
        with torch.no_grad():
            bias = model.decoder.block[0].layer[0].SelfAttention.compute_bias(self.LONGEST_PLAN, self.LONGEST_PLAN, device=torch.device("cpu"))[0]
        future = torch.triu(torch.full((self.LONGEST_PLAN, self.LONGEST_PLAN), -1e9), diagonal=1)
        self.register_buffer("bias", bias + future)

    def split(self, states: torch.Tensor) -> torch.Tensor:
        return states.view(states.shape[0], -1, self.heads, self.width).transpose(1, 2)

    def merge(self, states: torch.Tensor) -> torch.Tensor:
        return states.transpose(1, 2).reshape(states.shape[0], -1, self.heads * self.width)

    def forward(self, input_ids: torch.Tensor, encoder_hidden_states: torch.Tensor, encoder_attention_mask: torch.Tensor, *past: torch.Tensor) -> tuple[torch.Tensor, ...]:
        before, steps = past[0].shape[2], input_ids.shape[1]
        bias = self.bias[:, before : before + steps, : before + steps].unsqueeze(0)
        cross_bias = (1 - encoder_attention_mask[:, None, None, :].to(torch.float32)) * -1e9
        hidden = self.embedding(input_ids)
        present = []
        for number, block in enumerate(self.blocks):
            layer = block.layer[0]
            normed = layer.layer_norm(hidden)
            attention = layer.SelfAttention
            keys = torch.cat([past[2 * number], self.split(attention.k(normed))], dim=2)
            values = torch.cat([past[2 * number + 1], self.split(attention.v(normed))], dim=2)
            present += [keys, values]
            weights = torch.softmax(self.split(attention.q(normed)) @ keys.transpose(2, 3) + bias, dim=-1)
            hidden = hidden + attention.o(self.merge(weights @ values))
            layer = block.layer[1]
            attention = layer.EncDecAttention
            weights = torch.softmax(self.split(attention.q(layer.layer_norm(hidden))) @ self.split(attention.k(encoder_hidden_states)).transpose(2, 3) + cross_bias, dim=-1)
            hidden = hidden + attention.o(self.merge(weights @ self.split(attention.v(encoder_hidden_states))))
            hidden = block.layer[2](hidden)
        return self.head(self.norm(hidden) * self.scale), *present


def load(path: Path) -> tuple[PlannerModel, Words]:
    saved = torch.load(path, weights_only=True)
    words = Words(saved["vocabulary"])
    model = PlannerModel(words)
    model.load_state_dict(saved["model"])
    return model.eval(), words


def write_graphs(model: PlannerModel, folder: Path) -> None:
    layers, heads, width = model.t5.config.num_decoder_layers, model.t5.config.num_heads, model.t5.config.d_kv
    source = torch.tensor([[5, 6, 7, END]])
    mask = torch.ones_like(source)
    encoder, decoder = Encoder(model), Decoder(model.t5)
    hidden = encoder(source, mask)
    names = [f"{number}.decoder.{kind}" for number in range(layers) for kind in ("key", "value")]
    past = tuple(torch.zeros(1, heads, 2, width) for _ in names)
    with torch.no_grad():
        whole = model.t5(inputs_embeds=model.embed(source), attention_mask=mask, decoder_input_ids=torch.tensor([[PAD, 9, 8]])).logits
        empty = tuple(torch.zeros(1, heads, 0, width) for _ in names)
        _, *cache = decoder(torch.tensor([[PAD, 9]]), hidden, mask, *empty)
        step, *_ = decoder(torch.tensor([[8]]), hidden, mask, *cache)
    if not torch.allclose(whole[:, -1], step[:, -1], atol=1e-3):
        raise SystemExit("the exported decoder does not compute what the trained one does")
    batch_words = {0: "batch_size", 1: "encoder_sequence_length"}
    with tempfile.TemporaryDirectory() as scratch:
        torch.onnx.export(encoder, (source, mask), f"{scratch}/encoder_model.onnx", input_names=["input_ids", "attention_mask"], output_names=["last_hidden_state"],
                          dynamic_axes={"input_ids": batch_words, "attention_mask": batch_words, "last_hidden_state": batch_words}, opset_version=17, dynamo=False)
        cache_axes = {f"past_key_values.{name}": {0: "batch_size", 2: "past_decoder_sequence_length"} for name in names}
        present_axes = {f"present.{name}": {0: "batch_size", 2: "past_decoder_sequence_length + 1"} for name in names}
        torch.onnx.export(decoder, (torch.tensor([[8]]), hidden, mask, *past), f"{scratch}/decoder_model_merged.onnx",
                          input_names=["input_ids", "encoder_hidden_states", "encoder_attention_mask", *cache_axes], output_names=["logits", *present_axes],
                          dynamic_axes={"input_ids": {0: "batch_size", 1: "decoder_sequence_length"}, "encoder_hidden_states": batch_words, "encoder_attention_mask": batch_words,
                                        "logits": {0: "batch_size", 1: "decoder_sequence_length"}, **cache_axes, **present_axes}, opset_version=17, dynamo=False)
        (folder / "onnx").mkdir(parents=True, exist_ok=True)
        for name in ("encoder_model", "decoder_model_merged"):
            quantize_dynamic(f"{scratch}/{name}.onnx", folder / "onnx" / f"{name}_quantized.onnx", weight_type=QuantType.QInt8, per_channel=True)
            onnx.checker.check_model(onnx.load(folder / "onnx" / f"{name}_quantized.onnx"))


def write_texts(model: PlannerModel, words: Words, folder: Path) -> None:
    def write(name: str, value: object) -> None:
        (folder / name).write_text(json.dumps(value, indent=1) + "\n")

    config = model.t5.config.to_diff_dict() | {"architectures": ["T5ForConditionalGeneration"], "model_type": "t5", "is_encoder_decoder": True, **T5, "vocab_size": len(words.vocabulary)}
    config.pop("transformers_version", None)
    config.pop("dtype", None)
    write("config.json", config)
    write("synonyms.json", SYNONYMS)
    write("generation_config.json", {"decoder_start_token_id": PAD, "eos_token_id": END, "pad_token_id": PAD})
    added = [{"id": number, "content": word, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for number, word in enumerate(SPECIAL)]
    write("tokenizer.json", {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added, "normalizer": None, "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                           "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}], "special_tokens": {"</s>": {"id": "</s>", "ids": [END], "tokens": ["</s>"]}}},
        "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": {word: number for number, word in enumerate(words.vocabulary)}},
    })
    write("tokenizer_config.json", {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "[UNK]", "model_max_length": 64, "clean_up_tokenization_spaces": False})


def main() -> None:
    checkpoint, folder = Path(sys.argv[1]), Path(sys.argv[2])
    model, words = load(checkpoint)
    write_graphs(model, folder)
    write_texts(model, words, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in ("manifest.json", "CARD.md"))
    manifest = {
        "name": "undercurrent-planner", "architecture": "t5", "parameters": sum(parameter.numel() for parameter in model.parameters()), "vocabulary": len(words.vocabulary),
        "quantisation": "int8 dynamic", "minimumProbability": MINIMUM_PROBABILITY, "trainedWith": "training/assistant",
        "files": {str(path.relative_to(folder)): {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in files},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


if __name__ == "__main__":
    main()
