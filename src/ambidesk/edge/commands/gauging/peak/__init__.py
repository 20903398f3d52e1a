"""The peak: who sends, works, looks and receives; each writes down what happened."""
