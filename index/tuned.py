"""placeholder"""
def apply_tuned(raw, tensors):
    return tensors
