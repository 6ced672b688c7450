"""What a legal document is: model, parser, citations, library, the shipped decree."""
