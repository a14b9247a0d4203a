"""Make a transformer quick to load: what it is rewritten to at each start is written down, and its weights lie apart.

usage: python lighten.py MODEL.onnx OUT_DIR

A process maps the file of weights into its memory and takes of it what it needs. The answers are the same to the last
bit.
"""

import sys
from pathlib import Path

import onnxruntime

NAME = "meaning"


def lighten(model: Path, out: Path) -> None:
    """Write `meaning.onnx` and `meaning.bin` into `out`."""
    options = onnxruntime.SessionOptions()
    # Up to what is the same on any processor; the few steps beyond are left to the start.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(out / f"{NAME}.onnx")
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", f"{NAME}.bin")
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    lighten(Path(sys.argv[1]), Path(sys.argv[2]))
