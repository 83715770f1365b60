"""The examples (示例) of a policy: run, measured, proposed."""
