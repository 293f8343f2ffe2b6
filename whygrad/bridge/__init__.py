"""The verb that asks somebody else: expressions of ours, computed and differentiated by other libraries."""

from whygrad.bridge.torch import gradient_by_torch, torch_is_loaded

__all__ = ["gradient_by_torch", "torch_is_loaded"]
