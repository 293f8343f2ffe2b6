"""The verb that turns what the user asked for into graphs: a plan of the network, then steps from it."""

from whygrad.build.initialise import initial_values
from whygrad.build.plan import NetworkPlan, Parameter
from whygrad.build.planning import plan_network
from whygrad.build.step import build_forward, build_step

__all__ = ["NetworkPlan", "Parameter", "build_forward", "build_step", "initial_values", "plan_network"]
