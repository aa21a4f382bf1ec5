"""How probabilities are written."""


def percent_text(probability: float) -> str:
    """Return a probability in whole percent, with a decimal near 0 and 1 where it would mislead."""
    if probability < 0.0005:
        return "< 0.1 %"
    if probability >= 0.9995:
        return "> 99.9 %"
    decimals = 0 if 0.01 <= probability <= 0.99 else 1
    return f"{100 * probability:.{decimals}f} %"
