"""A T5 that also knows where a word stands: T5 tells its decoder nothing of the order of the question's words, and "more in october
than in september" and "what about the dryer?" after a question about the washer hang on order alone."""

from __future__ import annotations

import torch
from torch import nn
from transformers import T5Config, T5ForConditionalGeneration

from training.assistant.model_config import MAX_SOURCE, T5, Words

LONGEST_QUESTION = 2 * MAX_SOURCE


class PlannerModel(nn.Module):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self.t5 = T5ForConditionalGeneration(T5Config(vocab_size=len(words.vocabulary), **T5))
        self.positions = nn.Embedding(LONGEST_QUESTION, self.t5.config.d_model)
        # Words of the plan before, up to "ask", and words of the question.
        self.segments = nn.Embedding(2, self.t5.config.d_model)
        for table in (self.positions, self.segments):
            nn.init.normal_(table.weight, std=0.1)
        self.ask = words.index["ask"]

    def embed(self, input_ids: torch.Tensor) -> torch.Tensor:
        asks = (input_ids == self.ask).to(torch.int64)
        behind = asks.cumsum(dim=1).clamp(max=1)
        # A question without a plan before has no "ask": all of it is question.
        question = torch.maximum(behind, 1 - asks.amax(dim=1, keepdim=True))
        places = torch.ones_like(input_ids).cumsum(dim=1) - 1
        return self.t5.shared(input_ids) + self.positions(places) + self.segments(question)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return self.t5(inputs_embeds=self.embed(input_ids), attention_mask=attention_mask, labels=labels).loss

    def encode(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.t5.encoder(inputs_embeds=self.embed(input_ids), attention_mask=attention_mask).last_hidden_state
