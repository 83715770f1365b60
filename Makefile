# 一切从这里开始：make demo 看一个例子，make test 跑全部测试。两者都会自己建好 .venv。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo spark test soak bench check cover clean

help: ## 列出可用的目标
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

$(VENV)/.ready: pyproject.toml
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.ready ## 判定一家示例企业并完整说明理由
	@$(BIN)/fayan eval policies/yubei_2024.pol --facts examples/小巨人.yaml --on 2025-12-31

spark: $(VENV)/.ready ## 装上 PySpark，测试时一并在 Spark 上执行（另需 Java 17 以上）
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,spark]'

test: $(VENV)/.ready ## 全部测试（含类型、格式、示例、文档中的命令）
	$(BIN)/python -m pytest -n auto --dist loadgroup

cover: $(VENV)/.ready ## 全部测试，并要求行与分支覆盖率
	$(BIN)/python -m pytest --cov --cov-report=term

soak: $(VENV)/.ready ## 长时间随机比对参考解释器与快速求值
	$(BIN)/python -m pytest -m soak

bench: $(VENV)/.ready ## 测速（docs/benchmarks.md）
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.population

check: $(VENV)/.ready ## 只跑检查：格式、类型、政策文件
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/fayan fmt --check $$(find policies -name "*.pol")
	$(BIN)/fayan check $$(find policies -name "*.pol")

clean: ## 删去 .venv 和缓存
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
