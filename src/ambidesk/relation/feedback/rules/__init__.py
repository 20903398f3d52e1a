"""Pure rules of feedback: scales, and which clicks are a person's."""
