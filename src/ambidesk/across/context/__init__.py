"""
Context: who this is and what the desk should know before a word is said, as one card.

The card is assembled of reads cut by the reader's reach, in a number of questions that does not
grow. Hints on it are rules that an administrator writes, in the one language of conditions.
"""
