"""Turning clauses into something searchable: encoder, FAISS, BM25, fusion, saved index."""
