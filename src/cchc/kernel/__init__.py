"""What every module may lean on: periods, vocabulary, text, codes, people who act, events. Tiny, and no tables."""
