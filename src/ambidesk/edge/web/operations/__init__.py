"""Operations: health and metrics, for those who keep the desk running."""
